import Sounds
import Testing

/// SplitMix64: the same numbers from the same seed.
private struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite struct BlindTestTests {
  private func test(seed: UInt64) -> BlindTest {
    var generator = SeededGenerator(state: seed)
    return BlindTest(a: "original", b: "filtered", using: &generator)
  }

  /// What X is in each round.
  private func drawn(seed: UInt64) -> [BlindTest.Choice] {
    var test = test(seed: seed)
    return (0..<BlindTest.rounds).map { _ in
      defer { test.answer(.a) }
      return test.choice(playedFor: .x)
    }
  }

  // MARK: Rounds

  @Test func onlyACompleteTestHasAResult() {
    var test = test(seed: 1)
    for round in 1...10 {
      #expect(test.round == round)
      #expect(test.answeredRounds == round - 1)
      #expect(!test.isComplete)
      #expect(test.result == nil)
      test.answer(test.choice(playedFor: .x))
    }
    #expect(test.isComplete)
    #expect(test.round == 10)
    #expect(test.result == BlindTest.Result(rounds: 10, wrongRounds: []))
    test.answer(.a)
    #expect(test.answeredRounds == 10)
  }

  @Test func theResultKnowsWhichAnswersWereWrong() {
    var test = test(seed: 2)
    for round in 1...10 {
      let x = test.choice(playedFor: .x)
      test.answer([3, 7].contains(round) ? (x == .a ? .b : .a) : x)
    }
    #expect(test.result?.hits == 8)
    #expect(test.result?.wrongRounds == [3, 7])
  }

  @Test func aAndBStayWhatTheyAre() {
    let test = test(seed: 3)
    #expect(test.choice(playedFor: .a) == .a)
    #expect(test.choice(playedFor: .b) == .b)
    #expect(test.label(of: .a) == "original")
    #expect(test.label(of: .b) == "filtered")
  }

  @Test func xIsDrawnAnewInEachRound() {
    #expect(drawn(seed: 4) == drawn(seed: 4))
    let all = (0..<2000).map { drawn(seed: $0) }
    // Five standard deviations of a fair coin that is tossed 2000 times are 112.
    for round in 0..<10 {
      #expect(abs(all.count { $0[round] == .a } - 1000) < 112)
      guard round > 0 else { continue }
      #expect(abs(all.count { $0[round] == $0[round - 1] } - 1000) < 112)
    }
    // Not as many A as B in each test: 252 of 1024 sequences have five.
    #expect(abs(all.count { $0.count { $0 == .a } == 5 } - 492) < 100)
  }

  // MARK: What guessing gives

  @Test func theChanceIsCountedFromAllSequences() {
    for hits in 0...10 {
      let result = BlindTest.Result(rounds: 10, wrongRounds: Array(0..<(10 - hits)))
      let counts = (0..<1024).map(\.nonzeroBitCount)
      #expect(result.hits == hits)
      #expect(result.sequencesAsGood == counts.count { $0 >= hits })
      #expect(result.sequencesAsBad == counts.count { $0 <= hits })
      #expect(result.chance == Double(counts.count { $0 >= hits }) / 1024)
    }
  }

  @Test func theLongestTestIsCountedWithoutOverflow() {
    let none = BlindTest.Result(rounds: 60, wrongRounds: Array(1...60))
    #expect(none.sequencesAsGood == 1 << 60)
    let half = BlindTest.Result(rounds: 60, wrongRounds: Array(1...30))
    // By symmetry, with C(60, 30) in the middle.
    #expect(half.sequencesAsGood == (1 << 59) + 118_264_581_564_861_424 / 2)
  }

  // MARK: Its sounds

  private func track(_ samples: [Float], rate: Double = 1000, label: String = "a") -> Track {
    Track(samples: samples, sampleRate: rate, label: label)
  }

  @Test func theLouderSoundIsReducedToTheLevelOfTheOther() {
    let quiet = track((0..<1000).map { $0 % 2 == 0 ? 0.1 : -0.1 })
    let loud = track((0..<1000).map { $0 % 4 < 2 ? 0.8 : -0.8 }, label: "b")
    for (a, b) in [(quiet, loud), (loud, quiet)] {
      let pair = BlindTest.tracks(a, b)
      #expect(pair.map(\.label) == [a.label, b.label])
      #expect(abs(pair[0].rms / pair[1].rms - 1) < 1e-6)
      #expect(abs(pair[0].rms / quiet.rms - 1) < 0.01)
    }
    #expect(BlindTest.tracks(quiet, loud)[0].samples[..<980] == quiet.samples[..<980])
  }

  @Test func bothAreAsLongAsTheShorterOneAndEndInSilence() {
    let short = track([Float](repeating: 0.5, count: 800))
    let long = track([Float](repeating: 0.5, count: 2000), rate: 2000)
    let pair = BlindTest.tracks(short, long)
    #expect(pair.map(\.duration) == [0.8, 0.8])
    #expect(pair.map { $0.samples.last } == [0, 0])
    // 10 ms of a fade.
    #expect(abs(pair[0].samples[789] - 0.5) < 0.001)
    #expect(pair[0].samples[790...].allSatisfy { $0 < 0.48 })
    #expect(abs(pair[1].samples[1579] - 0.5) < 0.001)
    #expect(pair[1].samples[1580...].allSatisfy { $0 < 0.48 })
  }

  @Test func silenceAndFaultySamplesAreTaken() {
    let tone = track([0.5, -0.5, 0.5, -0.5])
    #expect(BlindTest.tracks(tone, track([0, 0, 0, 0]))[0].samples == tone.samples)
    #expect(BlindTest.tracks(tone, track([])).map(\.samples) == [[], []])
    let faulty = BlindTest.tracks(tone, track([.nan, 0.1, .infinity, 0.1]))
    #expect(abs(faulty[0].rms - faulty[1].rms) < 1e-6)
  }
}
