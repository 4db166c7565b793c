/// What a first look at a lesson's blocks tells about its lines, before formulas are looked for.
struct BlockOutline {
  /// By line, from 1: part of a code or an HTML block, where a dollar is a dollar.
  private(set) var isVerbatim: [Bool]
  /// By line, from 1: a paragraph or a heading starts here, so inline mark-up from above ends.
  private(set) var startsText: [Bool]

  init(of source: SourceText) {
    isVerbatim = Array(repeating: false, count: source.lineCount + 2)
    startsText = isVerbatim
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
  }

  /// The last line of the paragraph around `line`, with what is next to it without a blank line.
  func lastLine(ofParagraphAt line: Int, in source: SourceText) -> Int {
    var last = line
    while last < source.lineCount, !isVerbatim[last + 1], !source.isBlank(last + 1) { last += 1 }
    return last
  }

  /// Likewise, but ending where another paragraph, heading or table row starts.
  func lastLine(ofTextAt line: Int, in source: SourceText) -> Int {
    var last = line
    while last < source.lineCount, !isVerbatim[last + 1], !source.isBlank(last + 1),
      !startsText[last + 1], !startsTableRow(last + 1, in: source)
    {
      last += 1
    }
    return last
  }

  private func startsTableRow(_ line: Int, in source: SourceText) -> Bool {
    source[line].first { !$0.isSpace && $0 != .greater } == UInt8(ascii: "|")
  }
}
