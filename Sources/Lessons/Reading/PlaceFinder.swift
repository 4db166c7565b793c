/// Finds where links and inline values stand in the file, one after the other. cmark does not tell
/// for inlines.
struct PlaceFinder {
  /// Behind what was found last.
  private var offset = 0
  private var position = SourcePosition(line: 1, column: 1)
  private var misses = 0

  /// The next place of `text` from a block's first line on, behind what was found before. Where it
  /// is spelt otherwise (an escape, a line end), the block's line has to do.
  mutating func next(_ text: String, fromLine line: Int, in source: SourceText) -> SourcePosition {
    let pattern = Array(text.utf8)
    let start = max(offset, source.offset(ofLine: line))
    // Bounds for texts that want to be slow to search: what is looked for is near or not there.
    let end = min(source.bytes.count, start + 20_000)
    guard !pattern.isEmpty, misses < 100,
      let found = source.firstIndex(of: pattern, from: start, to: end)
    else {
      misses += 1
      return SourcePosition(line: line, column: 1)
    }
    var place = SourcePosition(line: source.line(ofByte: found), column: position.column)
    if place.line == position.line {
      // From the last place on: a line may have thousands.
      place.column += source.columns(in: offset..<found)
    } else {
      place = source.position(ofByte: found)
    }
    offset = found + pattern.count
    position = SourcePosition(
      line: place.line, column: place.column + source.columns(in: found..<offset))
    return place
  }
}
