import Messages

extension Lexer {
  /// An integer or a float, with underscores between digits.
  mutating func number() throws(Diagnostic) -> Token.Kind {
    let start = cursor
    if cursor.peek() == "0", let radix = Self.radices[cursor.peek(1) ?? " "] {
      cursor.advance(by: 2)
      let text = try digits(from: start) { $0.isHexadecimalDigit }
      return try integer(text, radix: radix, from: start)
    }
    var text = cursor.peek() == "." ? "" : try digits(from: start) { $0.isDigit }
    var isFloat = false
    if cursor.peek() == "." {
      isFloat = true
      cursor.advance()
      text += "."
      if cursor.peek()?.isDigit == true { text += try digits(from: start) { $0.isDigit } }
    }
    if let exponent = exponentSign() {
      isFloat = true
      text += exponent + (try digits(from: start) { $0.isDigit })
    }
    guard isFloat else { return try integer(text, radix: 10, from: start) }
    try rejectWordAfterNumber(from: start)
    // Double.init requires digits on both sides of the point.
    let padded = text.hasPrefix(".") ? "0" + text : text
    let parts = padded.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let number =
      parts.count == 2 && parts[1].first?.isNumber != true
      ? parts[0] + ".0" + parts[1] : padded[...]
    guard let value = Double(number) else {
      throw Diagnostic("this number is not valid", range: start.range(to: cursor))
    }
    return .float(value)
  }

  private static let radices: [Unicode.Scalar: UInt64] = [
    "x": 16, "X": 16, "o": 8, "O": 8, "b": 2, "B": 2,
  ]

  /// Consumes `e`, `e+` or `e-` if the digits of an exponent follow.
  private mutating func exponentSign() -> String? {
    guard cursor.peek() == "e" || cursor.peek() == "E" else { return nil }
    let sign = cursor.peek(1)
    let isSigned = sign == "+" || sign == "-"
    guard cursor.peek(isSigned ? 2 : 1)?.isDigit == true else { return nil }
    cursor.advance(by: isSigned ? 2 : 1)
    return sign == "-" ? "e-" : "e"
  }

  /// Digits with underscores removed. A single underscore is allowed between two digits, and between
  /// a radix prefix and the first digit.
  private mutating func digits(
    from start: SourceCursor, where isDigit: (Unicode.Scalar) -> Bool
  ) throws(Diagnostic) -> String {
    var text = ""
    while true {
      if let scalar = cursor.peek(), isDigit(scalar) {
        text.unicodeScalars.append(scalar)
        cursor.advance()
      } else if cursor.peek() == "_", let after = cursor.peek(1), isDigit(after) {
        cursor.advance()
      } else {
        break
      }
    }
    if text.isEmpty {
      throw Diagnostic("this number has no digits", range: start.range(to: cursor))
    }
    return text
  }

  private mutating func integer(
    _ text: String, radix: UInt64, from start: SourceCursor
  ) throws(Diagnostic) -> Token.Kind {
    try rejectWordAfterNumber(from: start)
    let range = start.range(to: cursor)
    if radix == 10, text.hasPrefix("0"), text.contains(where: { $0 != "0" }) {
      throw Diagnostic(
        "a whole number cannot begin with 0",
        hint: "write \(text.drop { $0 == "0" }), or 0o… for octal digits", range: range)
    }
    var magnitude: UInt64 = 0
    for digit in text {
      let value = UInt64(digit.hexDigitValue ?? 0)
      guard value < radix else {
        throw Diagnostic("\(digit) is not a digit in base \(radix)", range: range)
      }
      let (product, overflow) = magnitude.multipliedReportingOverflow(by: radix)
      let (sum, carry) = product.addingReportingOverflow(value)
      guard !overflow, !carry, sum <= Self.largestMagnitude else {
        throw Self.tooLarge(range)
      }
      magnitude = sum
    }
    return .integer(magnitude: magnitude)
  }

  static let largestMagnitude: UInt64 = 1 << 63

  static func tooLarge(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "this whole number does not fit into 64 bits", hint: "write it as a float, as in 1e19",
      range: range)
  }

  private func rejectWordAfterNumber(from start: SourceCursor) throws(Diagnostic) {
    guard let next = cursor.peek(), next.properties.isXIDContinue else { return }
    if next.properties.isDefaultIgnorableCodePoint { throw invisible(next) }
    let range = start.range(to: cursor)
    if next == "j" || next == "J" {
      throw Diagnostic(
        "complex numbers cannot be written in a cell",
        hint: "np.fft.rfft, signal.hilbert and signal.freqz return complex arrays", range: range)
    }
    throw Diagnostic("the number is directly followed by '\(next)'", range: range)
  }
}

extension Unicode.Scalar {
  fileprivate var isHexadecimalDigit: Bool {
    isDigit || "a" <= self && self <= "f" || "A" <= self && self <= "F"
  }
}
