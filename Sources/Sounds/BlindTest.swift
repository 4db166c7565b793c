/// An A/B/X listening test: in each round X is one of two sounds, by the toss of a coin, and the listener says
/// which. Whoever hears no difference is right half of the time.
///
/// It follows the rules of listening tests, so that its result means what it says:
/// - The number of rounds is fixed before, and only a complete test has a result. Whoever may stop at will can
///   stop when luck is good.
/// - The listener has to choose: with "I don't know", nobody could tell how many right answers are luck.
/// - There is no verdict between the rounds. It would train the listener during the test, so that the first
///   rounds would measure something else than the last ones, and tempt to end it early.
package struct BlindTest: Sendable {
  package enum Choice: Hashable, Sendable { case a, b }

  /// What can be listened to.
  package enum Sound: Hashable, Sendable { case a, b, x }

  /// Enough to find a clear difference, and few enough for ears that tire.
  package static let rounds = 10

  /// The labels of the two sounds.
  package let a: String
  package let b: String
  /// What X is in each round.
  private let drawn: [Choice]
  private var answers: [Choice] = []

  package init(a: String, b: String, using generator: inout some RandomNumberGenerator) {
    self.a = a
    self.b = b
    // Each round by itself: a sequence with as many A as B could be guessed towards its end.
    drawn = (0..<Self.rounds).map { _ in Bool.random(using: &generator) ? .a : .b }
  }

  /// From 1; of a complete test, the last one.
  package var round: Int { min(answers.count + 1, Self.rounds) }
  package var answeredRounds: Int { answers.count }
  package var isComplete: Bool { answers.count == Self.rounds }

  /// What is played for a sound in this round. Not to be shown.
  package func choice(playedFor sound: Sound) -> Choice {
    switch sound {
    case .a: .a
    case .b: .b
    case .x: drawn[round - 1]
    }
  }

  /// Ends the round.
  package mutating func answer(_ choice: Choice) {
    guard !isComplete else { return }
    answers.append(choice)
  }

  /// Nil until the test is complete.
  package var result: Result? {
    guard isComplete else { return nil }
    let wrong = drawn.indices.filter { drawn[$0] != answers[$0] }
    return Result(rounds: Self.rounds, wrongRounds: wrong.map { $0 + 1 })
  }

  package func label(of choice: Choice) -> String { choice == .a ? a : b }
}

extension BlindTest {
  package struct Result: Hashable, Sendable {
    package let rounds: Int
    /// From 1, in order.
    package let wrongRounds: [Int]

    /// - Parameter rounds: at most 60, whose sequences an `Int` can count.
    package init(rounds: Int, wrongRounds: [Int]) {
      precondition((1...60).contains(rounds), "a test has 1 to 60 rounds")
      self.rounds = rounds
      self.wrongRounds = wrongRounds
    }

    package var hits: Int { rounds - wrongRounds.count }

    /// All sequences of answers, each of which guessing gives equally often.
    package var sequences: Int { 1 << rounds }
    /// Those of them with at least as many hits: the upper tail of the binomial distribution, exactly.
    package var sequencesAsGood: Int { Self.sequences(withHits: hits...rounds, of: rounds) }
    /// Those with at most as many hits.
    package var sequencesAsBad: Int { Self.sequences(withHits: 0...hits, of: rounds) }

    /// The probability of at least as many hits by guessing alone.
    package var chance: Double { Double(sequencesAsGood) / Double(sequences) }

    private static func sequences(withHits hits: ClosedRange<Int>, of rounds: Int) -> Int {
      var (sum, binomial) = (0, 1)
      for count in 0...rounds {
        if hits.contains(count) { sum += binomial }
        // Exact: the product is divisible before each division.
        binomial = binomial * (rounds - count) / (count + 1)
      }
      return sum
    }
  }
}
