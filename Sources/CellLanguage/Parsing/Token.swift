/// A word of the language, with its place.
struct Token {
  enum Kind {
    case name(String)
    case keyword(String)
    /// At most 2⁶³: one more than an Int holds, for the sake of -9223372036854775808.
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
  /// Stands on the token's first scalar.
  var start: SourceCursor

  func isSymbol(_ text: String) -> Bool {
    if case .symbol(text) = kind { true } else { false }
  }

  func isKeyword(_ text: String) -> Bool {
    if case .keyword(text) = kind { true } else { false }
  }

  /// The token for a sentence: "'+'", "the string".
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

/// A string literal whose escapes and replacement fields are still to be read.
struct StringToken {
  var isRaw: Bool
  var isFormatted: Bool
  /// The text between the quotes.
  var body: SourceCursor
}

/// Python's reserved words; the soft ones (match, case, type, _) are names.
let keywords: Set<String> = [
  "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
  "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in",
  "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with",
  "yield",
]
