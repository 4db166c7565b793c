import Terminal

/// The keys of the cell editor.
extension KeyBindings {
  static let editor =
    [
      KeyBinding(
        "esc", footer: "keep and run", "keep the text and run the cell; also ^C",
        [(.escape, .edit(.keep)), (.control("c"), .edit(.keep))]),
      KeyBinding(
        "^G", footer: "discard", "discard the changes", [(.control("g"), .edit(.discard))]),
      KeyBinding(
        "⇥", ascii: "tab", footer: "complete",
        "complete a name, then the next candidate (Shift-Tab: the one before); indent at a line's start",
        [(.tab, .edit(.complete(1))), (.backTab, .edit(.complete(-1)))]),
      KeyBinding(
        "^U ^R", footer: "undo redo", "undo, redo; also ^_ for undo",
        [
          (.control("u"), .edit(.undo)), (.control("_"), .edit(.undo)),
          (.control("r"), .edit(.redo)),
        ]),
      KeyBinding(
        "^O", footer: "lesson's text", "back to the lesson's text; ^U undoes it",
        [(.control("o"), .edit(.restore))]),
      KeyBinding(
        "^X", footer: "$EDITOR", "go on in your own editor: $VISUAL, else $EDITOR",
        [(.control("x"), .edit(.openExternally))]),
      KeyBinding(
        "⏎", ascii: "enter", "break the line; within brackets, indent",
        [(.enter, .edit(.breakLine))]),
      KeyBinding(
        "←→↑↓", ascii: "arrows", "move; Home, End or ^A, ^E to the ends of the line",
        [
          (.left, .edit(.move(.left))), (.right, .edit(.move(.right))),
          (.up, .edit(.move(.up))), (.down, .edit(.move(.down))),
          (.home, .edit(.move(.lineStart))), (.end, .edit(.move(.lineEnd))),
          (.control("a"), .edit(.move(.lineStart))), (.control("e"), .edit(.move(.lineEnd))),
        ]),
      KeyBinding(
        "backspace", "delete the character before the cursor; Del the one after it",
        [(.backspace, .edit(.deleteBackward)), (.delete, .edit(.deleteForward))]),
      KeyBinding("^K", "delete to the end of the line", [(.control("k"), .edit(.deleteToLineEnd))]),
      KeyBinding(
        "PgUp PgDn", "scroll the page beside the editor",
        [(.pageUp, .scrollScreen(-1)), (.pageDown, .scrollScreen(1))]),
    ] + screen

  /// The question when a text that cannot be read is to be kept.
  static let unreadable =
    [
      KeyBinding(
        "⏎", ascii: "enter", footer: "go on editing", "go on editing; also esc",
        [(.enter, .edit(.goOn)), (.escape, .edit(.goOn))]),
      KeyBinding(
        "k", footer: "keep it as it is", "keep the text; the cell shows its error",
        [(.character("k"), .edit(.keepAnyway))]),
      KeyBinding(
        "d", footer: "discard it", "discard the changes",
        [(.character("d"), .edit(.discard)), (.control("g"), .edit(.discard))]),
    ] + screen
}
