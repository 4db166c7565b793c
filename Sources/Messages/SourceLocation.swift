/// A place in a cell's source text. Lines and columns count from 1; columns count Unicode
/// scalars, as Python does.
package struct SourceLocation: Hashable, Comparable, Sendable {
  package var line: Int
  package var column: Int
  /// Distance from the start of the text in UTF-8 bytes.
  package var offset: Int

  package init(line: Int, column: Int, offset: Int) {
    self.line = line
    self.column = column
    self.offset = offset
  }

  package static func < (a: Self, b: Self) -> Bool { a.offset < b.offset }
}

/// The text from `start` up to, not including, `end`.
package struct SourceRange: Hashable, Sendable {
  package var start: SourceLocation
  package var end: SourceLocation

  package init(start: SourceLocation, end: SourceLocation) {
    self.start = start
    self.end = end
  }
}
