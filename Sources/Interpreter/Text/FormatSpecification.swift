import Messages

/// A format specification in parts:
/// `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`.
struct FormatSpecification {
  enum Alignment: Unicode.Scalar {
    case left = "<"
    case right = ">"
    case center = "^"
    /// Padding between the sign and the digits.
    case afterSign = "="
  }

  /// The largest width and precision; a cell has no use for more.
  static let limit = 10_000

  var fill: Unicode.Scalar?
  var alignment: Alignment?
  var sign: Unicode.Scalar?
  var coercesNegativeZero = false
  var isAlternate = false
  var hasZeroFlag = false
  var width: Int?
  var grouping: Unicode.Scalar?
  var precision: Int?
  var type: Unicode.Scalar?

  init(_ text: String) throws(Diagnostic) {
    let scalars = Array(text.unicodeScalars)
    var index = 0
    func at(_ position: Int) -> Unicode.Scalar? {
      position < scalars.count ? scalars[position] : nil
    }
    func take(_ scalar: Unicode.Scalar) -> Bool {
      guard at(index) == scalar else { return false }
      index += 1
      return true
    }
    func number(_ what: String) throws(Diagnostic) -> Int? {
      var value: Int?
      while let digit = at(index), "0" <= digit, digit <= "9" {
        let next = (value ?? 0) * 10 + Int(digit.value - 48)
        guard next <= Self.limit else {
          throw Diagnostic(
            "the format specification '\(text)' asks for a \(what) above \(Self.limit)",
            hint: "the \(what) may be at most \(Self.limit)")
        }
        value = next
        index += 1
      }
      return value
    }

    if let second = at(1), let alignment = Alignment(rawValue: second) {
      fill = scalars[0]
      self.alignment = alignment
      index = 2
    } else if let first = at(0), let alignment = Alignment(rawValue: first) {
      self.alignment = alignment
      index = 1
    }
    if let next = at(index), ["+", "-", " "].contains(next) {
      sign = next
      index += 1
    }
    coercesNegativeZero = take("z")
    isAlternate = take("#")
    if fill == nil { hasZeroFlag = take("0") }
    width = try number("width")
    if let next = at(index), next == "," || next == "_" {
      grouping = next
      index += 1
      if let second = at(index), second == "," || second == "_" {
        throw Diagnostic(
          "the format specification '\(text)' asks for two kinds of grouping",
          hint: "write one ',' or one '_'")
      }
    }
    if take(".") {
      precision = try number("precision")
      if precision == nil {
        throw Diagnostic(
          "the format specification '\(text)' has no precision after its point",
          hint: "write a number there, as in .2f")
      }
    }
    if index < scalars.count {
      type = scalars[index]
      index += 1
    }
    guard index == scalars.count else {
      throw Diagnostic(
        "'\(text)' is not a format specification",
        hint: "write its parts in the order [fill][align][sign][width][,][.precision][type]")
    }
  }

  // MARK: Padding

  /// Fills the text up to the width.
  ///
  /// - Parameters:
  ///   - sign: Goes before the padding if that follows the sign, otherwise before the text.
  func padded(_ text: String, sign: String = "", alignment standard: Alignment) -> String {
    let count = sign.unicodeScalars.count + text.unicodeScalars.count
    let missing = max(0, (width ?? 0) - count)
    let fill = self.fill ?? (hasZeroFlag ? "0" : " ")
    func padding(_ count: Int) -> String { String(repeating: String(fill), count: count) }
    switch alignment ?? standard {
    case .left: return sign + text + padding(missing)
    case .right: return padding(missing) + sign + text
    case .center: return padding(missing / 2) + sign + text + padding(missing - missing / 2)
    case .afterSign: return sign + padding(missing) + text
    }
  }

  /// A number: zeros that pad it after the sign take part in the grouping.
  ///
  /// - Parameters:
  ///   - whole: Digits before the point.
  ///   - rest: The point, the digits after it, an exponent, a percent sign.
  func number(sign: String, whole: String, rest: String, groupSize: Int = 3) -> String {
    let standard: Alignment = hasZeroFlag ? .afterSign : .right
    var whole = whole
    if let grouping {
      let fillsWithZeros =
        (alignment ?? standard) == .afterSign && (fill ?? (hasZeroFlag ? "0" : " ")) == "0"
      let minimum =
        fillsWithZeros ? (width ?? 0) - sign.utf8.count - rest.unicodeScalars.count : 0
      whole = Self.grouped(whole, by: groupSize, with: Character(grouping), minimum: minimum)
    }
    return padded(whole + rest, sign: sign, alignment: standard)
  }

  /// Digits in groups, with leading zeros up to the minimum width; never a separator first.
  private static func grouped(
    _ digits: String, by size: Int, with separator: Character, minimum: Int
  ) -> String {
    guard digits.allSatisfy(\.isHexDigit) else { return digits }
    var reversed: [Character] = []
    var count = 0
    for digit in digits.reversed() {
      if count > 0, count % size == 0 { reversed.append(separator) }
      reversed.append(digit)
      count += 1
    }
    while reversed.count < minimum {
      if count % size == 0 { reversed.append(separator) }
      reversed.append("0")
      count += 1
    }
    return String(reversed.reversed())
  }
}
