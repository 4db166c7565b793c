import CellLanguage
import Messages

/// A part of a paragraph before it is split at displayed formulas.
enum InlinePiece {
  case inline(Inline)
  case displayedFormula(String)

  fileprivate var inline: Inline {
    switch self {
    case .inline(let inline): inline
    case .displayedFormula(let tex): .mathematics(tex)
    }
  }

  fileprivate var byteCount: Int {
    switch self {
    case .inline(let inline): inline.plainText.utf8.count
    case .displayedFormula(let tex): tex.utf8.count
    }
  }
}

extension LessonReader {
  /// The maximum nesting of emphasis and links; deeper mark-up is ignored and its text kept.
  private static let maximumDepth = 20

  mutating func inlines(of node: MarkdownNode) -> [Inline] {
    pieces(of: node).map(\.inline)
  }

  mutating func plainText(of node: MarkdownNode) -> String {
    let text = inlines(of: node).map(\.plainText).joined().trimmingSpace()
    guard text.utf8.count > SourceLimits.titleBytes else { return text }
    report(
      line: node.line, column: 1, "this title is longer than a line", "move some of it to the text")
    return text.cut(to: SourceLimits.titleBytes)
  }

  mutating func pieces(of node: MarkdownNode, depth: Int = 0) -> [InlinePiece] {
    var result: [InlinePiece] = []
    var nodes = node.children
    while let child = nodes.next() {
      if child.kind == .inlineHTML, let key = key(from: child, &nodes) {
        result.append(.inline(.code(key)))
      } else {
        append(child, to: &result, depth: depth)
      }
    }
    return depth == 0 ? limited(result) : result
  }

  /// The text of a block up to its maximum length; reports where there is more.
  private mutating func limited(_ pieces: [InlinePiece]) -> [InlinePiece] {
    var room = SourceLimits.paragraphBytes
    for (index, piece) in pieces.enumerated() {
      let length = piece.byteCount
      guard length > room else {
        room -= length
        continue
      }
      report(
        line: blockLine, column: 1,
        "this text is longer than \(SourceLimits.paragraphBytes / 1000) kB; the rest of it is left "
          + "out", "split it into several paragraphs")
      var start = ""
      if case .inline(.text(let text)) = piece { start = text.prefix(ofBytes: room) }
      return pieces[..<index] + [.inline(.text(start + "…"))]
    }
    return pieces
  }

  private mutating func append(
    _ node: MarkdownNode, to pieces: inout [InlinePiece], depth: Int
  ) {
    switch node.kind {
    case .text: append(text: node.literal, to: &pieces)
    case .softBreak: pieces.append(.inline(.softBreak))
    case .lineBreak: pieces.append(.inline(.lineBreak))
    case .inlineCode: pieces.append(.inline(code(formulas.restored(node.literal))))
    case .inlineHTML: append(html: formulas.restored(node.literal), to: &pieces)
    case .footnoteReference: pieces.append(.inline(.text(footnoteMark(of: node))))
    case .emphasis, .strong, .strikethrough, .link, .image:
      guard depth < Self.maximumDepth else {
        pieces.append(.inline(.text(formulas.restored(node.textOfLeaves))))
        return
      }
      let inner = self.pieces(of: node, depth: depth + 1).map(\.inline)
      switch node.kind {
      case .emphasis: pieces.append(.inline(.emphasis(inner)))
      case .strong: pieces.append(.inline(.strong(inner)))
      case .strikethrough: pieces.append(.inline(.strikethrough(inner)))
      default: pieces.append(.inline(link(inner, to: formulas.restored(node.destination))))
      }
    default: return
    }
  }

  private mutating func append(html text: String, to pieces: inout [InlinePiece]) {
    if text.hasPrefix("<!--") { return }
    if HTMLTag(text)?.name == "br" {
      pieces.append(.inline(.lineBreak))
    } else {
      pieces.append(.inline(.text(text)))
      warnOfHTML(text)
    }
  }

  /// The text of `<kbd>…</kbd>`, which ends within a few nodes; nil for other tags. Takes its nodes.
  private func key(from tag: MarkdownNode, _ following: inout MarkdownChildren) -> String? {
    guard let tag = HTMLTag(tag.literal), tag.name == "kbd", !tag.isClosing else { return nil }
    var nodes = following
    var text = ""
    for _ in 0..<10 {
      guard let node = nodes.next() else { return nil }
      if node.kind == .inlineHTML, let end = HTMLTag(node.literal), end.name == "kbd" {
        guard end.isClosing else { return nil }
        following = nodes
        return text
      }
      text += formulas.restored(node.textOfLeaves)
    }
    return nil
  }

  private mutating func append(text: String, to pieces: inout [InlinePiece]) {
    warnOfMissingFootnotes(in: text)
    for segment in formulas.segments(of: text) {
      switch segment {
      case .text(let text): pieces.append(.inline(.text(text)))
      case .formula(let formula):
        let tex = formula.tex.trimmingSpace()
        warnOfUnknownCommands(in: tex)
        pieces.append(formula.isDisplayed ? .displayedFormula(tex) : .inline(.mathematics(tex)))
      case .continuation:
        // The preceding line break is part of the formula.
        if case .inline(.softBreak)? = pieces.last { pieces.removeLast() }
      }
    }
  }

  private mutating func link(_ inlines: [Inline], to destination: String) -> Inline {
    let position = position(of: destination)
    links.append(
      LinkReference(destination: destination, line: position.line, column: position.column))
    return .link(inlines, destination: destination)
  }

  // MARK: Inline values

  private mutating func code(_ text: String) -> Inline {
    let mark = "{python}"
    guard text.hasPrefix(mark), text.dropFirst(mark.count).first?.isWhitespace == true else {
      return .code(text)
    }
    valueCount += 1
    let source = text.dropFirst(mark.count).trimmingSpace()
    var position = position(of: mark)
    position.column += mark.count + text.dropFirst(mark.count).prefix(while: \.isWhitespace).count
    let expression = Result { () throws(Diagnostic) in try Expression(parsing: source) }
    if case .failure(let diagnostic) = expression {
      record(diagnostic, line: position.line, column: position.column)
    }
    return .value(
      InlineValue(
        id: "\(pageNumber)-value-\(valueCount)", source: source, expression: expression,
        line: position.line, column: position.column))
  }

  mutating func position(of text: String) -> SourcePosition {
    finder.next(text, fromLine: blockLine, in: source)
  }
}

extension MarkdownNode {
  /// The text of all descendants, collected without recursion.
  var textOfLeaves: String {
    var text = ""
    forEachDescendant { text += $0.literal }
    return text
  }
}
