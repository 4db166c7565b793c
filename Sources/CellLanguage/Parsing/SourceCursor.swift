import Messages

/// A position in a source text that advances scalar by scalar and tracks its line and column.
///
/// All three line endings (LF, CR LF, CR) are read as one "\n", as in Python.
struct SourceCursor {
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var end: Int
  private(set) var location = SourceLocation(line: 1, column: 1, offset: 0)

  init(_ source: String) {
    scalars = Array(source.unicodeScalars)
    end = scalars.count
  }

  var isAtEnd: Bool { index >= end }

  /// The scalar `distance` positions ahead; nil past the end.
  func peek(_ distance: Int = 0) -> Unicode.Scalar? {
    guard index + distance < end else { return nil }
    let scalar = scalars[index + distance]
    return scalar == "\r" ? "\n" : scalar
  }

  func isAt(_ text: String) -> Bool {
    text.unicodeScalars.enumerated().allSatisfy { peek($0.offset) == $0.element }
  }

  @discardableResult
  mutating func advance() -> Unicode.Scalar? {
    guard index < end else { return nil }
    let scalar = scalars[index]
    index += 1
    location.offset += UTF8.width(scalar)
    location.column += 1
    guard scalar == "\n" || scalar == "\r" else { return scalar }
    if scalar == "\r", index < end, scalars[index] == "\n" {
      index += 1
      location.offset += 1
    }
    location.line += 1
    location.column = 1
    return "\n"
  }

  mutating func advance(by count: Int) {
    for _ in 0..<count { advance() }
  }

  /// Consumes scalars while they satisfy the condition.
  mutating func take(while condition: (Unicode.Scalar) -> Bool) -> String {
    var text = String.UnicodeScalarView()
    while let scalar = peek(), condition(scalar) {
      text.append(scalar)
      advance()
    }
    return String(text)
  }

  /// The text from here up to, not including, `other`.
  func limited(to other: SourceCursor) -> SourceCursor {
    var copy = self
    copy.end = other.index
    return copy
  }

  /// The remaining text, unprocessed.
  var text: String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[index..<end])
    return String(view)
  }

  /// The range of the next scalar, for a diagnostic.
  var range: SourceRange {
    var after = self
    after.advance()
    return SourceRange(start: location, end: after.location)
  }

  func range(to other: SourceCursor) -> SourceRange {
    SourceRange(start: location, end: other.location)
  }
}
