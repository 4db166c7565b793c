import Glibc

/// A finite number in decimal digits: 0.d₁d₂d₃… · 10^`point`.
struct DecimalDigits {
  var isNegative: Bool
  /// Without zeros at either end; "0" for zero.
  var digits: String
  /// How many of the digits stand before the decimal point; may be negative or beyond their count.
  var point: Int

  /// The fewest digits that read back as the same number.
  init(shortest value: Double) { self.init(reading: value.description) }
  init(shortest value: Float) { self.init(reading: value.description) }

  /// From Swift's description of a float, which has the shortest digits: "-12.5", "1e-05".
  private init(reading text: String) {
    isNegative = text.hasPrefix("-")
    let parts = text.drop { $0 == "-" }.split(separator: "e")
    let sides = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let fraction = sides.count > 1 ? String(sides[1]) : ""
    let all = String(sides[0]) + fraction
    let leading = all.prefix { $0 == "0" }.count
    digits = String(all.dropFirst(leading))
    while digits.last == "0" { digits.removeLast() }
    point = sides[0].count - leading + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    if digits.isEmpty {
      digits = "0"
      point = 1
    }
  }

  private var sign: String { isNegative ? "-" : "" }

  /// "12.5", "300.", "0.001": a point, and digits after it only if there are any.
  var positional: String {
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
    let zeros = String(repeating: "0", count: max(0, point - digits.count))
    let whole = digits.prefix(point) + zeros
    // Zero has the digit 0 before its point and none after it.
    return sign + whole + "." + digits.dropFirst(point)
  }

  /// "1.25e+01", "3.e+02"
  var scientific: String {
    sign + digits.prefix(1) + "." + digits.dropFirst() + Self.exponent(point - 1)
  }

  /// "e+05", with at least two digits.
  static func exponent(_ exponent: Int) -> String {
    let digits = String(abs(exponent))
    return (exponent < 0 ? "e-" : "e+") + (digits.count < 2 ? "0" : "") + digits
  }

  /// As Python's repr writes floats: positional from 10^-4 up to, not including, 10^`limit`.
  func text(limit: Int = 16, isPositional: Bool? = nil) -> String {
    if isPositional ?? (point > -4 && point <= limit) {
      return positional.hasSuffix(".") ? positional + "0" : positional
    }
    return digits.count == 1
      ? sign + digits + Self.exponent(point - 1) : scientific
  }
}

/// Python's repr of a float: "0.1", "1e+16", "nan".
func floatText(_ value: Double) -> String {
  value.isFinite ? DecimalDigits(shortest: value).text() : nonFiniteText(value)
}

/// NumPy's str of a float32 scalar: positional from 10⁻⁴ up to a million, since a float32 has
/// six digits at least.
func floatText(_ value: Float) -> String {
  guard value.isFinite else { return nonFiniteText(Double(value)) }
  // As a float64: the float32 nearest to 10⁻⁴ is a little less.
  let magnitude = abs(Double(value))
  return DecimalDigits(shortest: value).text(
    isPositional: magnitude == 0 || (magnitude >= 1e-4 && magnitude < 1e6))
}

/// Python's repr of a complex number: "(1+2j)", "1j".
func complexText(real: Double, imaginary: Double) -> String {
  func part(_ value: Double) -> String {
    let text = floatText(value)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
  let imaginaryText = part(imaginary)
  if real == 0, real.sign == .plus { return imaginaryText + "j" }
  return "(" + part(real) + (imaginaryText.hasPrefix("-") ? "" : "+") + imaginaryText + "j)"
}

func nonFiniteText(_ value: Double) -> String {
  value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
}

/// C's printf for one float, correctly rounded at any precision.
///
/// - Parameter conversion: "f" or "e"; "#" before it keeps the point.
func printed(_ value: Double, precision: Int, conversion: String) -> String {
  let flag = conversion.hasPrefix("#") ? "#" : ""
  let format = "%\(flag).\(precision)\(conversion.suffix(1))"
  return withVaList([value]) { arguments in
    // The longest float64 has 309 digits before the point, and a sign.
    let capacity = precision + 330
    return String(unsafeUninitializedCapacity: capacity) { buffer in
      buffer.withMemoryRebound(to: CChar.self) { characters in
        Int(vsnprintf(characters.baseAddress, capacity, format, arguments))
      }
    }
  }
}
