/// What a first look at a lesson's blocks tells about its lines, before formulas are looked for.
struct BlockOutline {
  /// By line, from 1: part of a code or an HTML block, where a dollar is a dollar.
  private(set) var isVerbatim: [Bool]
  /// By line, from 1: the last line of the paragraph around it, with what is next to that without
  /// a blank line.
  private(set) var lastLineOfParagraph: [Int]
  /// Likewise, but ending where another paragraph, heading or table row starts, and with it the
  /// reach of inline mark-up.
  private(set) var lastLineOfText: [Int]

  init(of source: SourceText) {
    isVerbatim = Array(repeating: false, count: source.lineCount + 2)
    lastLineOfParagraph = Array(0..<source.lineCount + 2)
    lastLineOfText = lastLineOfParagraph
    var startsText = isVerbatim
    // Without tables: their rows are paragraphs here, which is all that formulas need.
    let document = MarkdownDocument(parsing: source.bytes, as: .common)
    var verbatim: [Range<Int>] = []
    var starts: [Int] = []
    document.forEachNode { node in
      switch node.kind {
      case .paragraph, .heading: starts.append(node.line)
      case .code, .html:
        // The end lines that cmark reports are not to be trusted; the text's lines are.
        let count = node.literal.utf8.count { $0 == .lineFeed }
        let fence = node.kind == .code && node.fenceLabel != nil ? 1 : 0
        verbatim.append(node.line..<node.line + fence + max(count, 1))
      default: break
      }
    }
    for start in starts where startsText.indices.contains(start) { startsText[start] = true }
    for range in verbatim {
      for line in range.clamped(to: 0..<isVerbatim.count) { isVerbatim[line] = true }
    }
    for line in stride(from: source.lineCount - 1, through: 1, by: -1) {
      if isVerbatim[line + 1] || source.isBlank(line + 1) { continue }
      lastLineOfParagraph[line] = lastLineOfParagraph[line + 1]
      if startsText[line + 1] || Self.startsTableRow(line + 1, in: source) { continue }
      lastLineOfText[line] = lastLineOfText[line + 1]
    }
  }

  private static func startsTableRow(_ line: Int, in source: SourceText) -> Bool {
    source[line].first { !$0.isSpace && $0 != .greater } == UInt8(ascii: "|")
  }
}
