extension Lexer {
  /// Finds the end of a string. `start` stands on its prefix, the cursor on its first quote.
  ///
  /// An f-string ends at the first quote of its kind, also inside a replacement field: that is the
  /// rule up to Python 3.11, and what it accepts every newer version accepts too.
  mutating func string(
    prefix: String, start: SourceCursor
  ) throws(Diagnostic) -> StringToken {
    let quote: Unicode.Scalar = cursor.peek() == "'" ? "'" : "\""
    let isTriple = cursor.isAt(String(repeating: String(quote), count: 3))
    let closing = String(repeating: String(quote), count: isTriple ? 3 : 1)
    cursor.advance(by: closing.utf8.count)
    let body = cursor
    while !cursor.isAt(closing) {
      guard let scalar = cursor.peek(), isTriple || scalar != "\n" else {
        throw Diagnostic(
          range: start.range(to: body), message: "this string is not closed",
          mend: isTriple ? "end it with \(closing)" : "end it with \(closing) on the same line")
      }
      cursor.advance(by: scalar == "\\" ? 2 : 1)
    }
    let end = cursor
    cursor.advance(by: closing.utf8.count)
    if prefix.contains("b") {
      throw Diagnostic(
        range: start.range(to: cursor), message: "bytes are not part of the cell language",
        mend: "write a string without the b")
    }
    return StringToken(
      isRaw: prefix.contains("r"), isFormatted: prefix.contains("f"), body: body.limited(to: end))
  }
}
