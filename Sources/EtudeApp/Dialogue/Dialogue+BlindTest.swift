import Pages
import Sounds

/// A blind test line by line: what is played is asked for by a letter, and answered by a number.
extension Dialogue {
  private static let orders =
    "Type a, b or x to listen to A, B or X, and an empty line to pause. Type 1 if X is A, 2 if X is B. "
    + "left and right seek, + and - change the volume. end ends the test, without a result."

  /// - Parameter number: of the player, which has the focus.
  mutating func startBlindTest(_ number: Int, _ reader: inout Reader) -> [Action] {
    testedPlayer = number
    isTestToBegin = true
    return reader.perform(.blindTest(.start))
  }

  /// Begins a test as soon as it is known that it can be heard.
  mutating func beginBlindTest(_ reader: Reader) {
    guard isTestToBegin, !reader.isOpeningSound else { return }
    isTestToBegin = false
    guard let test = reader.state.blindTest?.test else { return }
    say("Blind test. A is \(test.a), B is \(test.b). \(BlindTest.introduction)")
    say(Self.orders)
    sayRound(of: test)
  }

  private mutating func sayRound(of test: BlindTest) {
    say("\(test.roundText). 1: X is A, \(test.a). 2: X is B, \(test.b).".asSentence)
  }

  /// A line that is typed during a test.
  mutating func takeTest(_ line: String, _ reader: inout Reader) -> [Action] {
    guard let state = reader.state.blindTest else { return [] }
    switch line.lowercased() {
    case "a": return listen(to: .a, &reader)
    case "b": return listen(to: .b, &reader)
    case "x": return listen(to: .x, &reader)
    case "":
      say(reader.state.player?.state?.isPlaying == true ? "Paused." : "Playing.")
      return reader.perform(.blindTest(.playOrPause))
    case "1", "2":
      guard state.hasHeardX else {
        say("First listen to X: type x.")
        return []
      }
      return answer(line == "1" ? .a : .b, &reader)
    case "left", "right": return reader.perform(.blindTest(.seek(line == "left" ? -1 : 1)))
    case "+", "-", "−": return reader.perform(.changeVolume(line == "+" ? 1 : -1))
    case "end", "q", "esc": return reader.perform(.blindTest(.end))
    case "?", "help": say(Self.orders)
    default: say("\(line): I do not know this in a blind test. \(Self.orders)")
    }
    return []
  }

  private mutating func listen(to sound: BlindTest.Sound, _ reader: inout Reader) -> [Action] {
    switch sound {
    case .a: say("Playing A.")
    case .b: say("Playing B.")
    case .x: say("Playing X.")
    }
    return reader.perform(.blindTest(.listen(sound)))
  }

  private mutating func answer(_ choice: BlindTest.Choice, _ reader: inout Reader) -> [Action] {
    var actions = reader.perform(.blindTest(.choose(choice)))
    actions += reader.perform(.blindTest(.answer))
    guard let test = reader.state.blindTest?.test else { return actions }
    guard let result = test.result else {
      sayRound(of: test)
      return actions
    }
    say("The blind test is complete.")
    for sentence in result.sentences { say(sentence) }
    if let testedPlayer { say("\(testedPlayer) x is another one.") }
    return actions + reader.perform(.blindTest(.end))
  }
}
