import Pages
import Sounds
import Terminal
import Testing

@Suite struct BlindTestViewTests {
  /// The same toss in every round.
  private struct Coin: RandomNumberGenerator {
    var isHeads: Bool

    func next() -> UInt64 { isHeads ? .max : 0 }
  }

  private func state(_ isHeads: Bool = true, answered: Int = 0) -> BlindTestState {
    var coin = Coin(isHeads: isHeads)
    let test = BlindTest(a: "original", b: "filtered", using: &coin)
    var state = BlindTestState(
      target: .player(cell: "listen", index: 0), test: test, duration: 7.5)
    for round in 0..<answered {
      // One wrong answer.
      let x = state.test.choice(playedFor: .x)
      state.choice = round == 2 ? (x == .a ? .b : .a) : x
      state.answer()
    }
    return state
  }

  private func view(_ state: BlindTestState) -> BlindTestView {
    var view = BlindTestView(state)
    view.position = 1.25
    view.isPlaying = true
    return view
  }

  private func canvas(
    _ state: BlindTestState, width: Int = 78, height: Int = 22, charset: Charset = .unicode
  ) -> Canvas {
    var canvas = Canvas(width: width, height: height, charset: charset)
    view(state).draw(into: &canvas, in: canvas.bounds, theme: .monochrome)
    return canvas
  }

  @Test(arguments: Charset.allCases, [(78, 14), (38, 10)])
  func pictures(charset: Charset, size: (width: Int, height: Int)) {
    var state = state(answered: 2)
    state.listen(to: .b)
    state.choice = .b
    expectPicture(
      canvas(state, width: size.width, height: size.height, charset: charset),
      "blind-test-\(charset)-\(size.width)")
    expectStaysInside(charset) { view(state).draw(into: &$0, in: $1, theme: .monochrome) }
  }

  @Test(arguments: Charset.allCases, [(78, 14), (38, 10)])
  func picturesOfTheResult(charset: Charset, size: (width: Int, height: Int)) {
    let state = state(answered: 10)
    expectPicture(
      canvas(state, width: size.width, height: size.height, charset: charset),
      "blind-test-result-\(charset)-\(size.width)")
    expectStaysInside(charset) { view(state).draw(into: &$0, in: $1, theme: .monochrome) }
  }

  @Test("Nothing on the screen depends on what X is", arguments: [0, 1, 9])
  func secret(answered: Int) {
    var (one, other) = (state(true, answered: answered), state(false, answered: answered))
    #expect(one.test.choice(playedFor: .x) != other.test.choice(playedFor: .x))
    for sound in [BlindTest.Sound.x, .a, .b] {
      one.listen(to: sound)
      other.listen(to: sound)
      #expect(canvas(one).text == canvas(other).text)
    }
  }

  @Test("A new round begins without a choice, and without anything heard")
  func rounds() {
    var state = state()
    state.listen(to: .x)
    state.answer()
    #expect(state.test.round == 1, "no choice, no answer")
    state.choice = .a
    state.answer()
    #expect(state.test.round == 2)
    #expect(state.choice == nil)
    #expect(state.heard == nil)
    #expect(!state.hasHeardX)
  }

  // MARK: In words

  @Test(
    arguments: [
      (
        10, "10 of 10 right. By guessing alone, that happens 1 time in 1,024.",
        "You hear a difference."
      ),
      (
        9, "9 of 10 right. By guessing alone, that or better happens 1 time in 93.",
        "You hear a difference."
      ),
      (
        8, "8 of 10 right. By guessing alone, that or better happens 1 time in 18.",
        "Perhaps you hear a difference: another test would tell."
      ),
      (
        7, "7 of 10 right. By guessing alone, that or better happens 1 time in 6.",
        "Guessing gives that often enough: it does not show that you hear a difference."
      ),
      (
        6, "6 of 10 right. By guessing alone, that or better happens 38 times in 100.",
        "That is what guessing gives."
      ),
      (
        5, "5 of 10 right. By guessing alone, that or better happens 62 times in 100.",
        "That is what guessing gives."
      ),
      (
        2, "2 of 10 right. By guessing alone, that or better happens 99 times in 100.",
        "That is what guessing gives."
      ),
      (
        1, "1 of 10 right. By guessing alone, that or better happens nearly always.",
        "Guessing is seldom wrong so often: did you take A for B?"
      ),
      (
        0, "0 of 10 right. By guessing alone, nobody does worse.",
        "Guessing is seldom wrong so often: did you take A for B?"
      ),
    ])
  func results(hits: Int, chance: String, meaning: String) {
    let result = BlindTest.Result(rounds: 10, wrongRounds: Array((hits + 1)..<11))
    #expect(Array(result.sentences.prefix(2)) == [chance, meaning])
  }

  @Test func wrongAnswersAreListed() {
    func sentences(_ wrong: [Int]) -> ArraySlice<String> {
      BlindTest.Result(rounds: 10, wrongRounds: wrong).sentences.dropFirst(2)
    }
    #expect(sentences([]) == [])
    #expect(sentences([4]) == ["Your wrong answer was in round 4."])
    #expect(sentences([2, 4, 9]) == ["Your wrong answers were in rounds 2, 4 and 9."])
  }
}
