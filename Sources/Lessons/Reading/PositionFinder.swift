/// Finds the positions of links and inline values in the file, in order. cmark does not report them
/// for inlines.
struct PositionFinder {
  /// The end of the last match.
  private var offset = 0
  private var position = SourcePosition(line: 1, column: 1)
  private var misses = 0

  /// The position of the next occurrence of `text` after the last match, starting at a block's first
  /// line. If the source is spelt differently (escapes, line breaks), the block's line is used.
  mutating func next(_ text: String, fromLine line: Int, in source: SourceText) -> SourcePosition {
    let pattern = Array(text.utf8)
    let start = max(offset, source.offset(ofLine: line))
    // Bounds the search in hostile texts: a match is nearby or does not exist.
    let end = min(source.bytes.count, start + 20_000)
    guard !pattern.isEmpty, misses < 100,
      let found = source.firstIndex(of: pattern, from: start, to: end)
    else {
      misses += 1
      return SourcePosition(line: line, column: 1)
    }
    var result = SourcePosition(line: source.line(ofByte: found), column: position.column)
    if result.line == position.line {
      // Count from the last match on, since a line may have thousands.
      result.column += source.columns(in: offset..<found)
    } else {
      result = source.position(ofByte: found)
    }
    offset = found + pattern.count
    position = SourcePosition(
      line: result.line, column: result.column + source.columns(in: found..<offset))
    return result
  }
}
