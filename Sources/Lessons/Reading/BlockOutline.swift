/// Line information from a first parse of a lesson's blocks, used to find formulas.
struct BlockOutline {
  /// By line, from 1: whether it is part of a code or HTML block, where dollars are literal.
  private(set) var isVerbatim: [Bool]
  /// By line, from 1: the last line of the surrounding paragraph and the blocks that follow it without
  /// a blank line.
  private(set) var lastLineOfParagraph: [Int]
  /// Likewise, but ending before the next paragraph, heading or table row, as inline mark-up does.
  private(set) var lastLineOfText: [Int]

  init(of source: SourceText) {
    isVerbatim = Array(repeating: false, count: source.lineCount + 2)
    lastLineOfParagraph = Array(0..<source.lineCount + 2)
    lastLineOfText = lastLineOfParagraph
    var startsText = isVerbatim
    // Without tables: treating their rows as paragraphs is enough for formulas.
    let document = MarkdownDocument(parsing: source.bytes, as: .common)
    var verbatim: [Range<Int>] = []
    var starts: [Int] = []
    document.forEachNode { node in
      switch node.kind {
      case .paragraph, .heading: starts.append(node.line)
      case .code, .html:
        // cmark's end lines are unreliable, so count the lines of the text.
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
