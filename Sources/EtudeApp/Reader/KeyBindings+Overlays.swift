import Terminal

/// The keys of overlays, and of the list of lessons.
extension KeyBindings {
  private static let moveUpAndDown: [(Key, Command)] = [
    (.up, .moveSelection(-1)), (.down, .moveSelection(1)),
    (.character("k"), .moveSelection(-1)), (.character("j"), .moveSelection(1)),
    (.pageUp, .moveSelection(-10)), (.pageDown, .moveSelection(10)),
    (.home, .moveSelection(-1_000)), (.end, .moveSelection(1_000)),
    (.character("g"), .moveSelection(-1_000)), (.character("G"), .moveSelection(1_000)),
  ]

  private static let choose = KeyBinding(
    "↑↓", ascii: "up down", footer: "choose", "the previous or next line", moveUpAndDown)

  /// - Parameter keys: more keys that close it, such as the one that opened it.
  private static func closing(_ keys: Key...) -> KeyBinding {
    KeyBinding(
      "esc", footer: "close", "close; also q and the key that opened it",
      ([.escape, .character("q"), .control("c")] + keys).map { ($0, .close) })
  }

  private static let refusal = KeyBinding(
    "n", footer: "no", "change nothing",
    [.character("n"), .escape, .character("q"), .control("c")].map { ($0, .close) })

  static let lessons =
    [
      choose,
      KeyBinding("⏎", ascii: "enter", footer: "open", "open it", [(.enter, .accept)]),
      KeyBinding(
        "q", footer: "quit", "quit",
        [(.character("q"), .quit), (.escape, .quit), (.control("c"), .quit)]),
    ] + screen

  static let contents =
    [
      choose,
      KeyBinding("⏎", ascii: "enter", footer: "go there", "go there", [(.enter, .accept)]),
      closing(.character("t")),
    ] + screen

  static let list = [choose, closing(.character("i"), .enter)] + screen

  static let devices =
    [
      choose,
      KeyBinding(
        "⏎", ascii: "enter", footer: "compute there", "compute on this device", [(.enter, .accept)]),
      closing(.character("d")),
    ] + screen

  static let text =
    [
      KeyBinding(
        "↑↓", ascii: "up down", footer: "scroll", "scroll; space and backspace scroll by ten lines",
        moveUpAndDown + [
          (.character(" "), .moveSelection(10)), (.backspace, .moveSelection(-10)),
        ]),
      closing(.character("?"), .enter),
    ] + screen

  static let options =
    [
      choose,
      KeyBinding(
        "←→", ascii: "left right", footer: "change", "another setting",
        [(.left, .changeOption(-1)), (.right, .changeOption(1)), (.enter, .changeOption(1))]),
      closing(.character("o")),
    ] + screen

  static let confirm =
    [
      KeyBinding("y", footer: "yes", "do it", [(.character("y"), .accept), (.enter, .accept)]),
      refusal,
    ] + screen

  static let reset =
    [
      KeyBinding(
        "y", footer: "this page", "this page", [(.character("y"), .accept), (.enter, .accept)]),
      KeyBinding("L", footer: "the lesson", "the whole lesson", [(.character("L"), .startOver)]),
      refusal,
    ] + screen

  static let prompt =
    [
      KeyBinding("⏎", ascii: "enter", footer: "accept", "accept the text", [(.enter, .accept)]),
      KeyBinding(
        "backspace", "delete a character",
        [(.backspace, .deleteBackward), (.delete, .deleteBackward)]),
      KeyBinding(
        "esc", footer: "cancel", "cancel", [(.escape, .close), (.control("c"), .close)]),
    ] + screen
}
