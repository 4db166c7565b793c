import CellLanguage
import Messages

extension LessonReader {
  /// The kinds of call-outs: `> [!NOTE]`.
  static let calloutKinds = [
    "NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION", "PREDICT", "TASK",
  ]

  /// - Parameter depth: the nesting level of this block, 1 at the top level of the page.
  mutating func blocks(of node: MarkdownNode, depth: Int) -> [Block] {
    blockLine = node.line
    guard depth <= SourceLimits.nesting else {
      report(
        line: node.line, column: 1,
        "quotes and lists are nested more than \(SourceLimits.nesting) deep here",
        "remove some levels")
      let text = formulas.restored(node.textOfLeaves)
      return takeUnplacedProblems() + (text.isEmpty ? [] : [.paragraph([.text(text)])])
    }
    // Placed before this block, since inside it they might be too deep to be shown.
    let earlierProblems = takeUnplacedProblems()
    let converted: [Block] =
      switch node.kind {
      case .paragraph: paragraphs(of: node)
      case .heading:
        [.heading(level: node.headingLevel, inlines(of: node))]
      case .quote: quote(node, depth: depth)
      case .list:
        [.list(start: node.listStart, items: node.children.map { item($0, depth: depth) })]
      case .code: code(node)
      case .html: html(node)
      case .table: [table(node)]
      default: []
      }
    return earlierProblems + takeUnplacedProblems() + converted
  }

  private mutating func blocks(in node: MarkdownNode, depth: Int) -> [Block] {
    var result: [Block] = []
    for child in node.children { result += blocks(of: child, depth: depth + 1) }
    return result
  }

  private mutating func item(_ node: MarkdownNode, depth: Int) -> ListItem {
    var blocks = blocks(in: node, depth: depth)
    let isChecked = Self.takeCheckbox(from: &blocks)
    return ListItem(isChecked: isChecked, blocks: blocks)
  }

  /// Removes a task's checkbox, `[x]` or `[ ]`, from the text of a list item. Done here because
  /// cmark's extension does not recognise tasks inside quotes.
  private static func takeCheckbox(from blocks: inout [Block]) -> Bool? {
    guard case .paragraph(var inlines)? = blocks.first, case .text(let text)? = inlines.first,
      let isChecked = ["[ ] ": false, "[x] ": true, "[X] ": true][String(text.prefix(4))]
    else { return nil }
    inlines[0] = .text(String(text.dropFirst(4)))
    blocks[0] = .paragraph(inlines)
    return isChecked
  }

  // MARK: Paragraphs

  /// A paragraph, split at displayed formulas.
  private mutating func paragraphs(of node: MarkdownNode) -> [Block] {
    warnOfForeignMarks(in: node)
    return Self.paragraphs(from: pieces(of: node))
  }

  // Static, because its argument may be computed by a mutating method of the reader.
  static func paragraphs(from pieces: [InlinePiece]) -> [Block] {
    var result: [Block] = []
    var inlines: [Inline] = []
    func endParagraph() {
      let trimmed = inlines.trimmingBreaks()
      if !trimmed.isEmpty { result.append(.paragraph(trimmed)) }
      inlines = []
    }
    for piece in pieces {
      switch piece {
      case .inline(let inline): inlines.append(inline)
      case .displayedFormula(let tex):
        endParagraph()
        result.append(.mathematics(tex))
      }
    }
    endParagraph()
    return result
  }

  // MARK: Quotes

  private mutating func quote(_ node: MarkdownNode, depth: Int) -> [Block] {
    guard let first = node.children.first(where: { _ in true }), first.kind == .paragraph else {
      return [.quote(blocks(in: node, depth: depth))]
    }
    guard let (kind, attributes) = calloutMark(of: first) else {
      reportNearCallout(node)
      return [.quote(blocks(in: node, depth: depth))]
    }
    if !Self.calloutKinds.contains(kind) {
      let near = nearMatch(of: kind, among: Self.calloutKinds)
      report(
        line: node.line, column: source.indentation(ofLine: node.line),
        "unknown call-out '[!\(kind)]'",
        near.map { "did you mean '[!\($0)]'?" }
          ?? "the kinds are " + Self.calloutKinds.joined(separator: ", "))
    }
    if depth > 1, ["PREDICT", "TASK"].contains(kind) {
      report(
        line: node.line, column: source.indentation(ofLine: node.line),
        "[!\(kind)] does not work inside a list or a quote", "move it to the top level of the page")
    }
    let name = attributes.isEmpty ? nil : name(in: attributes, of: kind, line: node.line)
    if kind == "PREDICT" {
      return prediction(node, beginning: first, named: name, depth: depth)
    }
    if kind == "TASK" { taskName = name }
    defer { taskName = nil }
    // The paragraph begins with the mark and, if text follows, a line break.
    var result = Self.paragraphs(from: Array(pieces(of: first).dropFirst()))
    for child in node.children.dropFirst() { result += blocks(of: child, depth: depth + 1) }
    if kind == "TASK", !result.flatMap(\.cells).contains(where: \.mayCheck) {
      report(
        line: node.line, column: source.indentation(ofLine: node.line),
        "this task checks nothing", "add a cell with check(condition, \"a hint\")")
    }
    return [.callout(kind: kind, result)]
  }

  /// "TASK" and "{#id}" for a paragraph that begins with a line `[!TASK] {#id}`.
  private func calloutMark(
    of paragraph: MarkdownNode
  ) -> (kind: String, attributes: String)? {
    var nodes = paragraph.children
    guard let mark = nodes.next(), mark.kind == .text,
      nodes.next().map({ $0.kind == .softBreak || $0.kind == .lineBreak }) ?? true
    else { return nil }
    let text = mark.literal
    guard text.hasPrefix("[!"), let end = text.firstIndex(of: "]") else { return nil }
    let kind = text[..<end].dropFirst(2)
    let attributes = text[end...].dropFirst().trimmingSpace()
    guard !kind.isEmpty, kind.utf8.allSatisfy(\.isLetter),
      attributes.isEmpty || attributes.hasPrefix("{") && attributes.hasSuffix("}")
    else { return nil }
    return (kind.uppercased(), attributes)
  }

  /// A quote that begins almost like a call-out, as in `> [!TASK] Make it louder.` or `> [TASK]`, would show its
  /// mark, and a question its answers.
  private mutating func reportNearCallout(_ quote: MarkdownNode) {
    let line = String(decoding: source[quote.line], as: UTF8.self).drop { $0 == " " || $0 == ">" }
    guard let mark = line.firstMatch(of: /^\[(!?) *([A-Za-z]+)\](?!\()/),
      Self.calloutKinds.contains(mark.1 == "!" ? mark.2.uppercased() : String(mark.2))
    else { return }
    let kind = mark.2.uppercased()
    report(
      line: quote.line, column: source.indentation(ofLine: quote.line),
      "'\(mark.0)' does not begin a call-out here",
      "write '> [!\(kind)]' on a line of its own, and the text on the next",
      isWarning: mark.1.isEmpty)
  }

  /// The id of a question or a task, `{#id}`; nil when it cannot be used, which is reported.
  private mutating func name(in attributes: String, of kind: String, line: Int) -> String? {
    func refuse(_ message: String, _ hint: String) {
      report(line: line, column: column(of: attributes, onLine: line), message, hint)
    }
    guard ["PREDICT", "TASK"].contains(kind) else {
      refuse("[!\(kind)] takes no attributes", "only [!PREDICT] and [!TASK] have an id")
      return nil
    }
    let name = attributes.dropFirst().dropLast().trimmingSpace()
    guard name.hasPrefix("#"), !name.contains(where: \.isWhitespace) else {
      refuse("'\(attributes)' after [!\(kind)] is not understood", "write '{#name}' for an id")
      return nil
    }
    guard CellAttributes.isIdentifier(String(name.dropFirst())) else {
      refuse(
        "'\(name.dropFirst())' cannot be an id", "use a letter, then letters, digits, '-' or '_'")
      return nil
    }
    return claim(String(name.dropFirst()), for: kind == "TASK" ? "task" : "question", line: line)
      ? String(name.dropFirst()) : nil
  }

  // MARK: Tables

  private mutating func table(_ node: MarkdownNode) -> Block {
    var rows: [[[Inline]]] = []
    for row in node.children where row.kind == .tableRow {
      blockLine = row.line
      guard rows.count <= SourceLimits.tableRows else {
        report(
          line: row.line, column: 1,
          "this table has more than \(Quantity(SourceLimits.tableRows)) rows; the rest of it is left "
            + "out", "show a part of it")
        break
      }
      rows.append(row.children.map { inlines(of: $0) })
      let (count, columns) = (Self.cellCount(ofRow: parsedSource[row.line]), node.alignments.count)
      if count > columns {
        report(
          line: row.line, column: source.indentation(ofLine: row.line),
          "this row has \(count) cells, but the table has \(columns) columns: the rest is not shown",
          "give the header more columns, or write \\| for a bar within a cell")
      }
    }
    return .table(
      header: rows.first ?? [], alignments: node.alignments, rows: Array(rows.dropFirst()))
  }

  /// Bars separate cells, but for escaped ones and those at the ends; marks of quotes come before.
  private static func cellCount(ofRow line: ArraySlice<UInt8>) -> Int {
    var text = line.drop { " \t>".utf8.contains($0) }
    while let last = text.last, " \t\r\n".utf8.contains(last) { text.removeLast() }
    if text.first == UInt8(ascii: "|") { text.removeFirst() }
    var (count, isEscaped) = (1, false)
    for (index, byte) in zip(text.indices, text) {
      if byte == UInt8(ascii: "|"), !isEscaped, index != text.indices.last { count += 1 }
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
    }
    return count
  }

  // MARK: Code

  private mutating func code(_ node: MarkdownNode) -> [Block] {
    var text = formulas.restored(node.literal)
    if text.hasSuffix("\n") { text.removeLast() }
    let label = CellAttributes.plainLabel(formulas.restored(node.fenceLabel ?? ""))
    if node.fenceLabel != nil, !isClosed(node) {
      report(
        line: node.line, column: source.indentation(ofLine: node.line),
        "the fence that opens here is not closed", "close it with a line ```")
    }
    let language = String(label.prefix { !$0.isWhitespace && $0 != "{" })
    guard language == "python" else {
      if ["py", "python3"].contains(language.lowercased()) || language.lowercased() == "python" {
        report(
          line: node.line, column: source.indentation(ofLine: node.line),
          "a fence labelled '\(language)' is shown, not run", "write 'python' for a cell",
          isWarning: true)
      }
      if text.utf8.count > SourceLimits.codeBytes {
        report(
          line: node.line, column: source.indentation(ofLine: node.line),
          "this code is longer than \(SourceLimits.codeBytes / 1000) kB; the rest of it is left out",
          "show a part of it")
        text = text.cut(to: SourceLimits.codeBytes)
      }
      return [.code(language: language, text: text)]
    }
    return [.cell(cell(node, label: label, text: text))]
  }

  /// Whether a closing fence follows the code. Without one the code extends to the end of the quote,
  /// the list item or the lesson.
  private func isClosed(_ fence: MarkdownNode) -> Bool {
    let lines = fence.literal.utf8.count { $0 == .lineFeed }
    let marks = source[fence.line + 1 + lines].drop { $0.isSpace || $0 == .greater }
    return marks.starts(with: "```".utf8) || marks.starts(with: "~~~".utf8)
  }

  /// HTML is shown verbatim; comments are not shown.
  private mutating func html(_ node: MarkdownNode) -> [Block] {
    let text = formulas.restored(node.literal).trimmingSpace()
    let isComment =
      text.hasPrefix("<!--") && text.firstRange(of: "-->")?.upperBound == text.endIndex
    guard !text.isEmpty, !isComment else { return [] }
    warnOfHTML(text)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let inlines = lines.flatMap { [Inline.text(String($0)), .lineBreak] }
    return [.paragraph(inlines.trimmingBreaks())]
  }
}

extension LessonCell {
  /// Whether it checks a task; assumed for a cell with syntax errors.
  fileprivate var mayCheck: Bool {
    guard case .success(let program) = program else { return true }
    return !isStatic && NameAnalysis(of: program).freeNames.contains { $0.name == "check" }
  }
}

extension [Inline] {
  /// With leading and trailing line breaks and white space removed.
  fileprivate func trimmingBreaks() -> [Inline] {
    func isBreak(_ inline: Inline) -> Bool {
      switch inline {
      case .lineBreak, .softBreak: true
      case .text(let text): text.allSatisfy(\.isWhitespace)
      default: false
      }
    }
    var rest = self[...]
    while let first = rest.first, isBreak(first) { rest.removeFirst() }
    while let last = rest.last, isBreak(last) { rest.removeLast() }
    return Array(rest)
  }
}
