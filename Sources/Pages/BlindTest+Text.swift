import Messages
import Sounds

/// A blind test in words, on the screen and read aloud. None of them names a key.
extension BlindTest {
  package static let introduction =
    "X is A or B; in each round a coin is tossed for it. Listen to A, B and X as often as you like, then say "
    + "which of the two X is. A and B are equally loud. After the last round you learn how many you got right."

  package var roundText: String { "round \(round) of \(Self.rounds)" }

  /// Of an end that came early: how far it was, and why there is no result.
  package func endingText(because reason: String? = nil) -> String {
    let done = "the blind test is over after \(answeredRounds) of \(Self.rounds) rounds"
    if let reason { return "\(done), because \(reason); it has no result" }
    return "\(done). It has no result: whoever may stop at any time can stop when luck is good"
  }
}

extension BlindTest.Result {
  /// How many were right, what guessing gives, what that means, and which were wrong.
  package var sentences: [String] {
    ["\(hits) of \(rounds) right. \(chanceSentence)", meaning] + wrongSentence
  }

  private var chanceSentence: String {
    let event = hits == rounds ? "that" : "that or better"
    // Of the sequences of answers, so that rounding is exact.
    if sequencesAsGood == sequences { return "By guessing alone, nobody does worse." }
    if sequencesAsGood * 4 < sequences {
      let times = (sequences + sequencesAsGood / 2) / sequencesAsGood
      return "By guessing alone, \(event) happens 1 time in \(grouped(times))."
    }
    let percent = (sequencesAsGood * 100 + sequences / 2) / sequences
    return percent < 100
      ? "By guessing alone, \(event) happens \(percent) times in 100."
      : "By guessing alone, \(event) happens nearly always."
  }

  /// One in twenty is the customary limit; of ten rounds, nine right.
  private var meaning: String {
    func isRare(_ count: Int, oneIn limit: Int) -> Bool { count * limit < sequences }
    if isRare(sequencesAsGood, oneIn: 20) { return "You hear a difference." }
    if isRare(sequencesAsGood, oneIn: 10) {
      return "Perhaps you hear a difference: another test would tell."
    }
    if isRare(sequencesAsBad, oneIn: 20) {
      return "Guessing is seldom wrong so often: did you take A for B?"
    }
    return hits * 2 > rounds + 2
      ? "Guessing gives that often enough: it does not show that you hear a difference."
      : "That is what guessing gives."
  }

  private var wrongSentence: [String] {
    guard let last = wrongRounds.last, wrongRounds.count < rounds else { return [] }
    let others = wrongRounds.dropLast().map(String.init).joined(separator: ", ")
    return [
      others.isEmpty
        ? "Your wrong answer was in round \(last)."
        : "Your wrong answers were in rounds \(others) and \(last)."
    ]
  }
}
