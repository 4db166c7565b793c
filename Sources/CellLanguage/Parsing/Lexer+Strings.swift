import Messages

extension Lexer {
  /// Finds the end of a string. `start` is at its prefix, the cursor at its first quote.
  ///
  /// An f-string ends at the first matching quote, even inside a replacement field. This is the rule
  /// of Python up to 3.11; newer versions accept everything it accepts.
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
          "this string is not closed",
          hint: isTriple ? "end it with \(closing)" : "end it with \(closing) on the same line",
          range: start.range(to: body))
      }
      cursor.advance(by: scalar == "\\" ? 2 : 1)
    }
    let end = cursor
    cursor.advance(by: closing.utf8.count)
    if prefix.contains("b") {
      throw Diagnostic(
        "bytes are not part of the cell language", hint: "write a string without the b",
        range: start.range(to: cursor))
    }
    return StringToken(
      isRaw: prefix.contains("r"), isFormatted: prefix.contains("f"), body: body.limited(to: end))
  }
}
