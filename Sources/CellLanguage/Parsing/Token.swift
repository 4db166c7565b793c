import Messages

/// A lexical token, with its position.
struct Token {
  enum Kind {
    case name(String)
    case keyword(String)
    /// At most 2⁶³, one more than fits into an Int, because of -9223372036854775808.
    case integer(magnitude: UInt64)
    case float(Double)
    case string(StringToken)
    /// An operator or a bracket.
    case symbol(String)
    /// The end of a logical line.
    case newline
    case end
  }

  var kind: Kind
  var range: SourceRange
  /// At the token's first scalar.
  var start: SourceCursor

  func isSymbol(_ text: String) -> Bool {
    if case .symbol(text) = kind { true } else { false }
  }

  func isKeyword(_ text: String) -> Bool {
    if case .keyword(text) = kind { true } else { false }
  }

  /// How messages refer to the token: "'+'", "the string".
  var description: String {
    switch kind {
    case .name(let text), .keyword(let text), .symbol(let text): "'\(text)'"
    case .integer, .float: "the number"
    case .string: "the string"
    case .newline: "the end of the line"
    case .end: "the end"
    }
  }
}

/// A string literal whose escapes and replacement fields are not parsed yet.
struct StringToken {
  var isRaw: Bool
  var isFormatted: Bool
  /// The text between the quotes.
  var body: SourceCursor
}

/// Python's keywords; the soft ones (match, case, type, _) count as names.
let keywords: Set<String> = [
  "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
  "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in",
  "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with",
  "yield",
]
