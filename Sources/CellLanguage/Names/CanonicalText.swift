import Messages

/// A cell's text as far as it decides what the cell does: without comments, spacing and the hints of
/// `check`. Cells with the same canonical text are the same cell in two versions of a lesson.
///
/// A text that cannot be read counts as it stands, but for its spacing.
package func canonicalText(of source: String) -> String {
  do throws(Diagnostic) {
    return try tokens(of: source).joined(separator: " ")
  } catch {
    return source.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

private func tokens(of source: String) throws(Diagnostic) -> [String] {
  let hints = hintRanges(in: source)
  let bytes = Array(source.utf8)
  var lexer = Lexer(SourceCursor(source))
  var tokens: [String] = []
  var nextHint = 0
  while true {
    let token = try lexer.next()
    if case .end = token.kind { break }
    let start = token.range.start.offset
    while nextHint < hints.count, hints[nextHint].upperBound <= start { nextHint += 1 }
    if nextHint < hints.count, hints[nextHint].contains(start) { continue }
    if case .newline = token.kind {
      tokens.append(";")
    } else {
      tokens.append(String(decoding: bytes[start..<token.range.end.offset], as: UTF8.self))
    }
  }
  // A line that ends in a semicolon is a line all the same.
  while tokens.last == ";" { tokens.removeLast() }
  return tokens
}

/// The bytes of the hints in calls of `check`, in order.
private func hintRanges(in source: String) -> [Range<Int>] {
  guard let program = try? Program(parsing: source) else { return [] }
  var ranges: [Range<Int>] = []
  func visit(_ expression: Expression) {
    if case .call(let function, let arguments) = expression.kind,
      case .name("check") = function.kind
    {
      for (index, argument) in arguments.enumerated()
      where argument.keyword?.name == "hint" || argument.keyword == nil && index == 1 {
        let start = argument.keyword?.range.start ?? argument.value.range.start
        ranges.append(start.offset..<max(start.offset, argument.value.range.end.offset))
      }
    }
    for child in expression.kind.children { visit(child) }
  }
  for statement in program.statements {
    for expression in statement.expressions { visit(expression) }
  }
  return ranges.sorted { $0.lowerBound < $1.lowerBound }
}
