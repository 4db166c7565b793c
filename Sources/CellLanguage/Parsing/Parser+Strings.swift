import Messages

/// Strings and f-strings: escapes and replacement fields.
extension Parser {
  /// A string literal, concatenated with any that directly follow.
  mutating func strings() throws(Diagnostic) -> Expression.Kind {
    var parts: [FormattedPart] = []
    var isFormatted = false
    while case .string(let token) = current.kind {
      isFormatted = isFormatted || token.isFormatted
      var body = token.body
      parts +=
        token.isFormatted
        ? try formattedParts(&body, isRaw: token.isRaw, specificationDepth: 0)
        : [.text(try text(&body, isRaw: token.isRaw))]
      try advance()
    }
    let joined = Self.joined(parts)
    guard !isFormatted else { return .formatted(joined) }
    guard case .text(let text) = joined.first else { return .string("") }
    return .string(text)
  }

  /// Merges adjacent texts and drops empty ones.
  private static func joined(_ parts: [FormattedPart]) -> [FormattedPart] {
    var joined: [FormattedPart] = []
    for part in parts {
      if case .text("") = part { continue }
      if case .text(let next) = part, case .text(let last) = joined.last {
        joined[joined.count - 1] = .text(last + next)
      } else {
        joined.append(part)
      }
    }
    return joined
  }

  private func text(_ body: inout SourceCursor, isRaw: Bool) throws(Diagnostic) -> String {
    var text = String.UnicodeScalarView()
    while let scalar = body.peek() {
      if scalar == "\\", !isRaw {
        try escape(&body, into: &text)
      } else {
        text.append(scalar)
        body.advance()
      }
    }
    return String(text)
  }

  // MARK: Escapes

  private func escape(
    _ body: inout SourceCursor, into text: inout String.UnicodeScalarView
  ) throws(Diagnostic) {
    let start = body
    body.advance()
    guard let letter = body.peek() else { return }
    guard Self.escapeLetters.contains(letter) else {
      // Python keeps the backslash of an unknown escape. The next character is read as usual: it may
      // be the brace of a field.
      text.append("\\")
      return
    }
    body.advance()
    if let simple = Self.simpleEscapes[letter] {
      text.append(simple)
      return
    }
    switch letter {
    case "\n": break
    case "0"..."7":
      var digits = String(letter)
      while digits.count < 3, let next = body.peek(), "0" <= next, next <= "7" {
        digits.unicodeScalars.append(next)
        body.advance()
      }
      text.append(try scalar(digits, radix: 8, range: start.range(to: body)))
    case "x": text.append(try hexadecimal(&body, digits: 2, from: start))
    case "u": text.append(try hexadecimal(&body, digits: 4, from: start))
    case "U": text.append(try hexadecimal(&body, digits: 8, from: start))
    default:
      throw Diagnostic(
        "\\N escapes are not supported",
        hint: "write the character itself, or \\u with its number", range: start.range(to: body))
    }
  }

  private static let escapeLetters = Set(simpleEscapes.keys).union([
    "\n", "0", "1", "2", "3", "4", "5", "6", "7", "x", "u", "U", "N",
  ])

  private static let simpleEscapes: [Unicode.Scalar: Unicode.Scalar] = [
    "\\": "\\", "'": "'", "\"": "\"", "a": "\u{7}", "b": "\u{8}", "f": "\u{C}", "n": "\n",
    "r": "\r", "t": "\t", "v": "\u{B}",
  ]

  private func hexadecimal(
    _ body: inout SourceCursor, digits count: Int, from start: SourceCursor
  ) throws(Diagnostic) -> Unicode.Scalar {
    var digits = ""
    while digits.count < count, let next = body.peek(), next.properties.isASCIIHexDigit {
      digits.unicodeScalars.append(next)
      body.advance()
    }
    let range = start.range(to: body)
    guard digits.count == count else {
      throw Diagnostic("this escape needs \(count) hexadecimal digits", range: range)
    }
    return try scalar(digits, radix: 16, range: range)
  }

  private func scalar(
    _ digits: String, radix: Int, range: SourceRange
  ) throws(Diagnostic) -> Unicode.Scalar {
    guard let value = UInt32(digits, radix: radix), let scalar = Unicode.Scalar(value) else {
      throw Diagnostic("no character has this number", range: range)
    }
    return scalar
  }

  // MARK: Replacement fields

  /// The parts of an f-string's body, or of a format specification, which ends before its '}'.
  ///
  /// - Parameter specificationDepth: 0 in a string, 1 in a field's specification, 2 in the
  ///   specification of a field within a specification. Python allows no deeper nesting.
  private func formattedParts(
    _ body: inout SourceCursor, isRaw: Bool, specificationDepth: Int
  ) throws(Diagnostic) -> [FormattedPart] {
    var parts: [FormattedPart] = []
    var text = String.UnicodeScalarView()
    let isString = specificationDepth == 0
    while let scalar = body.peek() {
      switch scalar {
      case "{" where isString && body.peek(1) == "{", "}" where isString && body.peek(1) == "}":
        text.append(scalar)
        body.advance(by: 2)
      case "}" where isString:
        throw Diagnostic(
          "an f-string contains a single '}'", hint: "write }} for a brace", range: body.range)
      case "}":
        return parts + [.text(String(text))]
      case "{":
        guard specificationDepth < 2 else {
          throw Diagnostic("an f-string's fields are nested too deeply", range: body.range)
        }
        parts.append(.text(String(text)))
        text.removeAll()
        parts.append(
          try field(&body, isRaw: isRaw, specificationDepth: specificationDepth))
      case "\\" where !isRaw: try escape(&body, into: &text)
      default:
        text.append(scalar)
        body.advance()
      }
    }
    return parts + [.text(String(text))]
  }

  /// `{value}`, `{value!r:specification}`, `{value=}`; the cursor is at the opening brace.
  private func field(
    _ body: inout SourceCursor, isRaw: Bool, specificationDepth: Int
  ) throws(Diagnostic) -> FormattedPart {
    let brace = body
    body.advance()
    let start = body
    var inner = try Parser(Lexer(body, isInField: true), depth: depth + 1)
    guard inner.depth <= Self.maximumDepth else { throw Self.tooDeep(brace.range) }
    let unclosed = Diagnostic(
      "this '{' of an f-string is not closed", hint: "add '}'; " + Self.quotesInFields,
      range: brace.range)
    if case .end = inner.current.kind { throw unclosed }
    if inner.current.isSymbol("}") {
      throw Diagnostic(
        "a value is missing between '{' and '}'", hint: "write {{}} for a pair of braces",
        range: brace.range)
    }
    let value = try inner.expressions()
    try rejectBackslash(from: start, to: inner.current.start)
    var debugText: String?
    if try inner.take("=") {
      debugText = start.limited(to: inner.current.start).text
    }
    body = inner.current.start
    let conversion = try conversion(&body)
    var specification: [FormattedPart] = []
    let hasSpecification = body.peek() == ":"
    if hasSpecification {
      body.advance()
      specification = Self.joined(
        try formattedParts(&body, isRaw: isRaw, specificationDepth: specificationDepth + 1))
    }
    guard body.peek() == "}" else {
      throw body.isAtEnd ? unclosed : inner.unexpected()
    }
    body.advance()
    let showsDebugText = debugText != nil && conversion == nil && !hasSpecification
    return .field(
      value: value, debugText: debugText, conversion: showsDebugText ? "r" : conversion,
      specification: specification)
  }

  private func conversion(_ body: inout SourceCursor) throws(Diagnostic) -> Character? {
    guard body.peek() == "!" else { return nil }
    let start = body
    body.advance()
    let letter = body.advance()
    switch letter {
    case "r": return "r"
    case "s": return "s"
    default:
      throw Diagnostic(
        "the conversion after '!' is unknown", hint: "write !r or !s",
        range: start.range(to: body))
    }
  }

  /// Before version 3.12 Python allows no backslash in a field.
  private func rejectBackslash(
    from start: SourceCursor, to end: SourceCursor
  ) throws(Diagnostic) {
    var cursor = start.limited(to: end)
    while let scalar = cursor.peek() {
      if scalar == "\\" {
        throw Diagnostic(
          "an f-string's field cannot contain a backslash", hint: "give the value a name first",
          range: cursor.range)
      }
      cursor.advance()
    }
  }
}
