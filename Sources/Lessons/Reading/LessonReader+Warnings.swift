import CellLanguage

/// What is not wrong, but would not look as its author meant.
extension LessonReader {
  mutating func warnOfUnknownCommands(in tex: String) {
    for command in Formula.unknownCommands(tex) {
      let position = position(of: command)
      report(
        line: position.line, column: position.column,
        "'\(command)' is not known in formulas: its name is shown",
        "docs/writing-lessons.md lists what is", isWarning: true)
    }
  }

  mutating func warnOfHTML(_ text: String) {
    let first = text.prefix { $0 != "\n" }
    let position = position(of: String(first))
    report(
      line: position.line, column: position.column,
      "HTML is shown as it is written: \(first.count > 40 ? first.prefix(40) + "…" : first)",
      "use Markdown; <br> and <kbd> are understood, and comments are not shown", isWarning: true)
  }

  /// `[^x]` without a definition stays text.
  mutating func warnOfMissingFootnotes(in text: String) {
    var rest = text[...]
    // A label is short, and a hostile text has many brackets.
    while problems.count < 1000, let start = rest.firstRange(of: "[^") {
      rest = rest[start.upperBound...]
      guard let end = rest.prefix(100).firstIndex(of: "]") else { continue }
      let label = rest[..<end]
      guard !label.isEmpty, label.allSatisfy({ !$0.isWhitespace && $0 != "[" }) else { continue }
      let position = position(of: "[^\(label)]")
      report(
        line: position.line, column: position.column, "the footnote '\(label)' is not written",
        "add a line '[^\(label)]: …'", isWarning: true)
    }
  }

  /// Footnotes that nothing refers to, which the parser leaves out.
  ///
  /// - Parameter text: the lesson's, without code and formulas.
  mutating func warnOfUnusedFootnotes(_ outline: BlockOutline, used lines: Set<Int>) {
    for line in 1...max(1, source.lineCount) where !outline.isVerbatim[line] {
      let text = String(decoding: source[line], as: UTF8.self).trimmingSpace()
      guard text.hasPrefix("[^"), let end = text.firstRange(of: "]:"), !lines.contains(line) else {
        continue
      }
      let label = text[..<end.lowerBound].dropFirst(2)
      report(
        line: line, column: source.indentation(ofLine: line),
        "nothing refers to the footnote '\(label)', so it is not shown",
        "write '[^\(label)]' where it belongs", isWarning: true)
    }
  }

  /// The marks of other tools' call-outs at the start of a paragraph.
  mutating func warnOfForeignMarks(in node: MarkdownNode) {
    guard let first = node.children.first(where: { _ in true }), first.kind == .text else { return }
    let text = first.literal
    guard let mark = [":::", "!!!", "{{<", "{%"].first(where: text.hasPrefix) else { return }
    report(
      line: node.line, column: source.indentation(ofLine: node.line),
      "'\(mark)' is shown as it is written",
      mark == ":::" || mark == "!!!" ? "write '> [!NOTE]' for a call-out" : nil, isWarning: true)
  }
}

/// A tag such as `<br/>`, `<kbd>` or `</kbd>`.
struct HTMLTag {
  /// In lower case.
  var name: String
  var isClosing: Bool

  init?(_ text: String) {
    guard text.hasPrefix("<"), text.hasSuffix(">") else { return nil }
    isClosing = text.hasPrefix("</")
    let inner = text.dropFirst().drop { $0 == "/" }
    name = inner.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }.lowercased()
    guard !name.isEmpty else { return nil }
  }
}
