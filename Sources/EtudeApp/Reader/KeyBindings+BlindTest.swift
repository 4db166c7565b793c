import Sounds
import Terminal

/// The keys of a blind test. Listening takes one key, and an answer two different ones: so none is given by
/// accident, and none by whoever wants to pause.
extension KeyBindings {
  static let blindTest =
    [
      KeyBinding(
        "a b x", footer: "listen", "listen to A, B or X, at the same position; also 1 2 3",
        listening("a", "A", "1", to: .a) + listening("b", "B", "2", to: .b)
          + listening("x", "X", "3", to: .x)),
      KeyBinding(
        "↑", ascii: "up", footer: "X is A", "X is A; Enter makes it your answer",
        [(.up, .blindTest(.choose(.a)))]),
      KeyBinding(
        "↓", ascii: "down", footer: "X is B", "X is B; Enter makes it your answer",
        [(.down, .blindTest(.choose(.b)))]),
      KeyBinding(
        "⏎", ascii: "enter", footer: "answer", "your choice is your answer: the next round",
        [(.enter, .blindTest(.answer))]),
      KeyBinding(
        "esc", footer: "end", "end the test, without a result; also ^C",
        [(.escape, .blindTest(.end)), (.control("c"), .blindTest(.end))]),
      KeyBinding(
        "space", footer: "pause", "pause or go on", [(.character(" "), .blindTest(.playOrPause))]),
      KeyBinding(
        "←→", ascii: "left right", footer: "seek", "back or forward in the sound",
        [(.left, .blindTest(.seek(-1))), (.right, .blindTest(.seek(1)))]),
      KeyBinding(
        "+ −", ascii: "+ -", footer: "volume", "louder or softer by 3 dB",
        [
          (.character("+"), .changeVolume(1)), (.character("="), .changeVolume(1)),
          (.character("-"), .changeVolume(-1)), (.character("−"), .changeVolume(-1)),
        ]),
    ] + help

  static let blindResult =
    [
      KeyBinding(
        "x", footer: "another test", "another test of these two sounds",
        [(.character("x"), .blindTest(.start))]),
      KeyBinding(
        "esc", footer: "back", "back to the page; also q",
        [.escape, .character("q"), .control("c")].map { ($0, .blindTest(.end)) }),
    ] + help

  private static let help =
    [KeyBinding("?", footer: "keys", "this help", [(.character("?"), .open(.help))])] + screen

  private static func listening(
    _ keys: Character..., to sound: BlindTest.Sound
  ) -> [(Key, Command)] {
    keys.map { (.character($0), .blindTest(.listen(sound))) }
  }
}
