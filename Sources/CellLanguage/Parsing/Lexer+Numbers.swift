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
    try refuseWordAfterNumber(from: start)
    // Double.init wants a digit on both sides of the point.
    let padded = text.hasPrefix(".") ? "0" + text : text
    let parts = padded.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let number =
      parts.count == 2 && parts[1].first?.isNumber != true
      ? parts[0] + ".0" + parts[1] : padded[...]
    guard let value = Double(number) else {
      throw Diagnostic(range: start.range(to: cursor), message: "this number cannot be read")
    }
    return .float(value)
  }

  private static let radices: [Unicode.Scalar: UInt64] = [
    "x": 16, "X": 16, "o": 8, "O": 8, "b": 2, "B": 2,
  ]

  /// Takes `e`, `e+` or `e-` when an exponent follows.
  private mutating func exponentSign() -> String? {
    guard cursor.peek() == "e" || cursor.peek() == "E" else { return nil }
    let sign = cursor.peek(1)
    let isSigned = sign == "+" || sign == "-"
    guard cursor.peek(isSigned ? 2 : 1)?.isDigit == true else { return nil }
    cursor.advance(by: isSigned ? 2 : 1)
    return sign == "-" ? "e-" : "e"
  }

  /// Digits without their underscores. One underscore may stand between two digits, and between
  /// the prefix of a radix and the first digit.
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
      throw Diagnostic(range: start.range(to: cursor), message: "this number has no digits")
    }
    return text
  }

  private mutating func integer(
    _ text: String, radix: UInt64, from start: SourceCursor
  ) throws(Diagnostic) -> Token.Kind {
    try refuseWordAfterNumber(from: start)
    let range = start.range(to: cursor)
    if radix == 10, text.hasPrefix("0"), text.contains(where: { $0 != "0" }) {
      throw Diagnostic(
        range: range, message: "a whole number cannot begin with 0",
        mend: "write \(text.drop { $0 == "0" }), or 0o… for octal digits")
    }
    var magnitude: UInt64 = 0
    for digit in text {
      let value = UInt64(digit.hexDigitValue ?? 0)
      guard value < radix else {
        throw Diagnostic(
          range: range, message: "the digit \(digit) does not exist in base \(radix)")
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
      range: range, message: "this whole number does not fit into 64 bits",
      mend: "write it as a float, as in 1e19")
  }

  private func refuseWordAfterNumber(from start: SourceCursor) throws(Diagnostic) {
    guard let next = cursor.peek(), next.properties.isXIDContinue else { return }
    let range = start.range(to: cursor)
    if next == "j" || next == "J" {
      throw Diagnostic(
        range: range, message: "complex numbers cannot be written in a cell",
        mend: "np.exp, np.fft.rfft and signal.freqz give complex arrays")
    }
    throw Diagnostic(range: range, message: "the number runs into '\(next)'")
  }
}

extension Unicode.Scalar {
  fileprivate var isHexadecimalDigit: Bool {
    isDigit || "a" <= self && self <= "f" || "A" <= self && self <= "F"
  }
}
