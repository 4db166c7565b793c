import Lessons
import Messages
import Notebook
import Terminal

/// Prose as lines of styled text.
package struct ProseText {
  let theme: Theme
  let charset: Charset
  let inlineValues: [String: InlineResult]
  /// Whether inline values are hidden, since they would give an answer away.
  var isCovered = false

  package init(
    theme: Theme, charset: Charset, inlineValues: [String: InlineResult]
  ) {
    self.theme = theme
    self.charset = charset
    self.inlineValues = inlineValues
  }

  var glyphs: Glyphs { Glyphs(charset) }

  /// Blocks, separated by blank lines.
  func lines(of blocks: [Block], width: Int) -> [[Span]] {
    var result: [[Span]] = []
    for block in blocks {
      let lines = lines(of: block, width: width)
      if !result.isEmpty, !lines.isEmpty { result.append([]) }
      result += lines
    }
    return result
  }

  package func lines(of block: Block, width: Int) -> [[Span]] {
    switch block {
    case .heading(_, let inlines):
      return wrapped(spans(inlines, theme.heading), width: width)
    case .paragraph(let inlines):
      return wrapped(spans(inlines, theme.prose), width: width)
    case .list(let start, let items):
      return list(start: start, items: items, width: width)
    case .quote(let blocks):
      return barred(lines(of: blocks, width: width - 2), theme.dim)
    case .callout(let kind, let blocks):
      let style = Self.calloutStyle(kind, theme)
      let title = [Span(kind.prefix(1).uppercased() + kind.dropFirst().lowercased(), style)]
      return barred([title] + lines(of: blocks, width: width - 2), style)
    case .prediction(let prediction): return lines(of: prediction, .solved, width: width)
    case .table(let header, let alignments, let rows):
      return table(header: header, alignments: alignments, rows: rows)
        .fitted(toWidth: width, charset: charset).lines(theme: theme)
    case .code(let language, let text):
      return codeLines(text, language: language, width: width - 2).map { [Span("  ")] + $0 }
    case .cell(let cell):
      if cell.display == .hidden { return [] }
      return codeLines(cell.source, language: "python", width: width - 2).map { [Span("  ")] + $0 }
    case .mathematics(let tex):
      return Formula.lines(tex, charset: charset == .unicode ? .unicode : .ascii)
        .flatMap { wrap($0, style: theme.math, width: width, indent: 3, hangingIndent: 5) }
    case .problem(let problem):
      let hint = problem.hint.map { "; \($0)" } ?? ""
      let text = "\(glyphs.crossMark) line \(problem.line): \(problem.message)\(hint)"
      return wrap(text, style: theme.error, width: width, hangingIndent: 2, charset: charset)
    }
  }

  /// What a block says, on one line: what a search looks through, without the work of laying it out.
  package func text(of block: Block) -> String {
    switch block {
    case .heading(_, let inlines), .paragraph(let inlines): text(of: spans(inlines, theme.prose))
    case .list(_, let items): items.map { text(of: $0.blocks) }.joined(separator: " ")
    case .quote(let blocks): text(of: blocks)
    case .callout(let kind, let blocks): "\(kind) \(text(of: blocks))"
    case .code(_, let text): Self.shownLines(of: text).joined(separator: " ")
    case .cell(let cell):
      cell.display == .hidden ? "" : Self.shownLines(of: cell.source).joined(separator: " ")
    case .prediction, .table, .mathematics, .problem:
      lines(of: block, width: 10_000).map(text(of:)).joined(separator: " ")
    }
  }

  /// With plain spaces in place of non-breaking ones, which nobody types in a search.
  private func text(of spans: [Span]) -> String {
    spans.map(\.text).joined().replacing("\u{A0}", with: " ")
  }

  private func text(of blocks: [Block]) -> String {
    blocks.map(text(of:)).joined(separator: " ")
  }

  /// Code, highlighted if it is Python; long lines are wrapped, with a mark where they go on.
  func codeLines(_ text: String, language: String, width: Int) -> [[Span]] {
    Self.shownLines(of: text).flatMap { line in
      let spans =
        language == "python" ? pythonSpans(line, theme: theme) : [Span(String(line), theme.code)]
      var wrapped = wrap(
        spans, width: width, hangingIndent: Self.codeIndent, charset: charset)
      for index in wrapped.indices.dropFirst() where wrapped[index].first?.text.first == " " {
        // In place of the indent's blanks.
        let blanks = wrapped[index][0].text.prefix { $0 == " " }.count
        guard blanks >= Self.codeIndent, wrapped[index][0].text.count >= Self.codeIndent else {
          continue
        }
        let mark = String(repeating: " ", count: Self.codeIndent - 2) + glyphs.continuation + " "
        wrapped[index][0].text.removeFirst(Self.codeIndent)
        wrapped[index].insert(Span(mark, theme.dim), at: 0)
      }
      return wrapped
    }
  }

  /// The number of lines that ``codeLines(_:language:width:)`` makes.
  func codeLineCount(_ text: String, width: Int) -> Int {
    Self.shownLines(of: text).reduce(0) {
      $0
        + wrappedLineCount(of: $1, width: width, hangingIndent: Self.codeIndent, charset: charset)
    }
  }

  /// Of the lines that are wrapped.
  private static let codeIndent = 6

  /// Without blank lines at the end. A cell that is too long to run is not shown in full either: its
  /// error says so.
  private static func shownLines(of text: String) -> [Substring] {
    var lines = text.cut(to: 50_000).lines
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  // MARK: Inlines

  private func spans(_ inlines: [Inline], _ style: Style) -> [Span] {
    inlines.flatMap { inline -> [Span] in
      switch inline {
      case .text(let text):
        // A percent sign stays beside its number, which may be an inline value.
        return [Span(text.contains("%") ? text.replacing(" %", with: "\u{A0}%") : text, style)]
      case .code(let text): return [Span(text, style.with(theme.code))]
      case .emphasis(let inner): return spans(inner, style.with(theme.emphasis))
      case .strong(let inner): return spans(inner, style.with(theme.strong))
      case .strikethrough(let inner): return spans(inner, style.with(theme.dim))
      case .mathematics(let tex):
        let text = Formula.text(tex, charset: charset == .unicode ? .unicode : .ascii)
        // A short formula is kept on one line.
        let unbroken = text.count <= 24 ? text.replacing(" ", with: "\u{A0}") : text
        return [Span(unbroken, style.with(theme.math))]
      case .link(let inner, let destination):
        let text = inner.isEmpty ? [.text(destination)] : inner
        return spans(text, style.with(theme.link))
      case .value(let value): return [valueSpan(value, style)]
      case .lineBreak: return [Span("\n", style)]
      case .softBreak: return [Span(" ", style)]
      }
    }
  }

  private func valueSpan(_ value: InlineValue, _ style: Style) -> Span {
    if isCovered { return Span("?", style.with(theme.dim)) }
    return switch inlineValues[value.id] {
    case .text(let text): Span(text, style.with(theme.strong))
    case .failed(let error): Span("[\(error.message)]", theme.error)
    case .waiting(let wait): Span("[\(wait.text)]", theme.error)
    case nil: Span(glyphs.ellipsis, theme.dim)
    }
  }

  private func wrapped(_ spans: [Span], width: Int) -> [[Span]] {
    wrap(spans, width: width, charset: charset)
  }

  // MARK: Blocks made of blocks

  private func list(start: Int?, items: [ListItem], width: Int) -> [[Span]] {
    // Items of several blocks are separated by blank lines.
    let isLoose = items.contains { $0.blocks.count > 1 }
    var result: [[Span]] = []
    for (index, item) in items.enumerated() {
      let mark: String
      switch (item.isChecked, start) {
      case (let isChecked?, _): mark = isChecked ? "[x] " : "[ ] "
      case (nil, let start?): mark = "\(start + index). "
      case (nil, nil): mark = glyphs.bullet + " "
      }
      let indent = String(repeating: " ", count: mark.count)
      let body = lines(of: item.blocks, width: width - mark.count)
      if isLoose, index > 0 { result.append([]) }
      for (row, line) in (body.isEmpty ? [[]] : body).enumerated() {
        result.append([Span(row == 0 ? mark : indent, theme.accent)] + line)
      }
    }
    return result
  }

  func barred(_ lines: [[Span]], _ style: Style) -> [[Span]] {
    lines.map { [Span(glyphs.quoteBar + " ", style)] + $0 }
  }

  private static func calloutStyle(_ kind: String, _ theme: Theme) -> Style {
    switch kind.lowercased() {
    case "warning", "caution": theme.warning
    case "tip": theme.success
    default: theme.accent
    }
  }

  func table(
    header: [[Inline]], alignments: [Alignment], rows: [[[Inline]]]
  ) -> TableView {
    TableView(
      headers: header.map { spans($0, theme.prose) },
      rows: rows.map { $0.map { spans($0, theme.prose) } },
      alignments: alignments.map {
        switch $0 {
        case .left: .left
        case .center: .center
        case .right: .right
        }
      })
  }
}

extension Style {
  /// This style combined with `other`, whose colours take precedence.
  package func with(_ other: Style) -> Style {
    Style(
      foreground: other.foreground == .standard ? foreground : other.foreground,
      background: other.background == .standard ? background : other.background,
      isBold: isBold || other.isBold, isDim: isDim || other.isDim,
      isItalic: isItalic || other.isItalic,
      isUnderlined: isUnderlined || other.isUnderlined,
      isReversed: isReversed || other.isReversed)
  }
}
