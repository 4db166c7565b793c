import Messages

/// Splits a cell's text into tokens, one at a time.
///
/// Follows Python's lexical rules: lines are joined inside brackets and after a backslash. A cell has
/// no blocks, so an indented statement is an error.
struct Lexer {
  var cursor: SourceCursor
  /// In a replacement field lines are always joined, and an unmatched closing brace ends the field.
  let isInField: Bool
  /// The open brackets, with their positions.
  private(set) var openBrackets: [(bracket: String, range: SourceRange)] = []
  private var isAtLineStart: Bool

  /// - Parameter allowsIndentation: for a single expression, which may be preceded by spaces.
  init(_ cursor: SourceCursor, isInField: Bool = false, allowsIndentation: Bool = false) {
    self.cursor = cursor
    self.isInField = isInField
    isAtLineStart = !allowsIndentation && !isInField
  }

  mutating func next() throws(Diagnostic) -> Token {
    try skipBlanks()
    let start = cursor
    let kind = try kindOfNext()
    return Token(kind: kind, range: start.range(to: cursor), start: start)
  }

  private var joinsLines: Bool { isInField || !openBrackets.isEmpty }

  // MARK: Between tokens

  private mutating func skipBlanks() throws(Diagnostic) {
    while let scalar = cursor.peek() {
      switch scalar {
      case " ", "\t", "\u{0C}": cursor.advance()
      case "\n" where joinsLines || isAtLineStart: cursor.advance()
      case "#" where isInField:
        throw Diagnostic("a comment is not allowed in an f-string's field", range: cursor.range)
      case "#":
        while let next = cursor.peek(), next != "\n" { cursor.advance() }
      case "\\":
        guard cursor.peek(1) == "\n" else {
          throw Diagnostic(
            "a backslash is only allowed at the end of a line", hint: "remove it",
            range: cursor.range)
        }
        let backslash = cursor.range
        cursor.advance(by: 2)
        if cursor.isAtEnd {
          throw Diagnostic("no line follows this backslash", hint: "remove it", range: backslash)
        }
      default:
        if isAtLineStart, cursor.location.column > 1 {
          throw Diagnostic(
            "this line is indented", hint: "a cell's lines start at the left edge",
            range: cursor.range)
        }
        isAtLineStart = false
        return
      }
    }
  }

  // MARK: Tokens

  private mutating func kindOfNext() throws(Diagnostic) -> Token.Kind {
    guard let scalar = cursor.peek() else { return .end }
    if scalar == "\n" {
      cursor.advance()
      isAtLineStart = true
      return .newline
    }
    if scalar.isDigit || scalar == "." && cursor.peek(1)?.isDigit == true { return try number() }
    if scalar == "\"" || scalar == "'" { return .string(try string(prefix: "", start: cursor)) }
    if scalar == "_"
      || scalar.properties.isXIDStart && !scalar.properties.isDefaultIgnorableCodePoint
    {
      return try word()
    }
    return try symbol(scalar)
  }

  /// A name, a keyword, or a string with a prefix.
  private mutating func word() throws(Diagnostic) -> Token.Kind {
    let start = cursor
    let text = cursor.take {
      $0.properties.isXIDContinue && !$0.properties.isDefaultIgnorableCodePoint
    }
    // Python knows the prefixes and keywords in plain letters only.
    if let quote = cursor.peek(), quote == "\"" || quote == "'",
      ["r", "u", "b", "f", "br", "rb", "fr", "rf"].contains(text.lowercased())
    {
      return .string(try string(prefix: text.lowercased(), start: start))
    }
    if let next = cursor.peek(), next.properties.isDefaultIgnorableCodePoint {
      throw invisible(next)
    }
    if keywords.contains(text) { return .keyword(text) }
    let name = text.normalizedName
    guard !keywords.contains(name) else {
      throw Diagnostic(
        "'\(text)' is not the keyword '\(name)'", hint: "write it with plain letters",
        range: start.range(to: cursor))
    }
    return .name(name)
  }

  /// Names that look the same must be the same.
  func invisible(_ scalar: Unicode.Scalar) -> Diagnostic {
    Diagnostic(
      "the invisible character \(Self.shown(scalar)) is not allowed here",
      hint: "delete it; it may have been copied from a web page", range: cursor.range)
  }

  private mutating func symbol(_ scalar: Unicode.Scalar) throws(Diagnostic) -> Token.Kind {
    guard let text = Self.symbols.first(where: { cursor.isAt($0) }) else {
      if scalar.properties.isDefaultIgnorableCodePoint { throw invisible(scalar) }
      throw Diagnostic(
        "the character \(Self.shown(scalar)) is not allowed here",
        hint: Self.lookAlikes[scalar].map { "write \($0)" }, range: cursor.range)
    }
    let start = cursor
    cursor.advance(by: text.utf8.count)
    switch text {
    case "(", "[", "{": openBrackets.append((text, start.range(to: cursor)))
    case ")", "]", "}": try close(text, at: start.range(to: cursor))
    default: break
    }
    return .symbol(text)
  }

  private mutating func close(_ bracket: String, at range: SourceRange) throws(Diagnostic) {
    guard let open = openBrackets.popLast() else {
      if isInField && bracket == "}" { return }
      throw Diagnostic("'\(bracket)' closes a bracket that was never opened", range: range)
    }
    let expected = ["(": ")", "[": "]", "{": "}"][open.bracket]
    guard bracket == expected else {
      throw Diagnostic(
        "'\(bracket)' does not match the '\(open.bracket)' on line \(open.range.start.line)",
        range: range)
    }
  }

  /// Longest first, so that the first match is the longest.
  private static let symbols = [
    "**=", "//=", "<<=", ">>=", "...", "**", "//", "<<", ">>", "<=", ">=", "==", "!=", "->", "+=",
    "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=", ":=", "+", "-", "*", "/", "%", "&", "|", "^",
    "~", "<", ">", "=", "!", "(", ")", "[", "]", "{", "}", ",", ":", ";", ".", "@",
  ]

  /// Characters that editors, web pages and keyboards substitute for Python's.
  private static let lookAlikes: [Unicode.Scalar: String] = [
    "“": "\"", "”": "\"", "„": "\"", "‘": "'", "’": "'", "−": "-", "–": "-", "—": "-", "×": "*",
    "·": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=", "…": "...", "\u{A0}": "a plain space",
  ]

  /// "U+200B"
  private static func number(of scalar: Unicode.Scalar) -> String {
    "U+" + String(scalar.value, radix: 16, uppercase: true)
  }

  private static func shown(_ scalar: Unicode.Scalar) -> String {
    switch scalar.properties.generalCategory {
    case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .unassigned,
      .privateUse, .surrogate:
      number(of: scalar)
    default: scalar.properties.isDefaultIgnorableCodePoint ? number(of: scalar) : "'\(scalar)'"
    }
  }
}

extension Unicode.Scalar {
  var isDigit: Bool { "0" <= self && self <= "9" }
}
