import Glibc

/// A number with this many decimals, and "−" before it when it is negative.
package func fixed(_ value: Double, decimals: Int) -> String {
  let text = formatted("%.*f", value, decimals)
  // "-0.00" loses its sign.
  let isZero = text.allSatisfy { "-0.".contains($0) }
  return withMinusSign(isZero ? String(text.drop { $0 == "-" }) : text)
}

/// A number in at most `digits` significant digits, as people write it: 0.1, 2.5e−7; 13,230 where
/// the digits suffice, else 44.1k; nan, inf, −inf.
package func readable(_ value: Double, digits: Int = 4) -> String {
  guard value.isFinite else { return notFinite(value) }
  let magnitude = abs(value)
  if magnitude >= max(1e4, pow(10, Double(digits))) && magnitude < 1e12 {
    let (divisor, prefix) = siPrefix(for: magnitude)
    return withMinusSign(formatted("%.*g", value / divisor, digits)) + prefix
  }
  let text = formatted("%.*g", value, digits)
  if magnitude >= 1e4 && magnitude < 1e12 {
    return (value < 0 ? "−" : "") + grouped(formatted("%.*g", magnitude, digits))
  }
  return withShortExponent(text)
}

/// Two numbers in the fewest significant digits that tell them apart, 1.099 and 1.098; where none
/// of `digits` does, in the fewest of these.
package func toldApart(
  _ first: Double, _ second: Double, digits: ClosedRange<Int>
) -> (String, String) {
  func texts(_ digits: Int) -> (String, String) {
    (readable(first, digits: digits), readable(second, digits: digits))
  }
  return digits.lazy.map(texts).first { $0 != $1 } ?? texts(digits.lowerBound)
}

/// A number with its unit, if it has one: "0.5 seconds", but "1 second".
package func withUnit(_ number: String, _ unit: String) -> String {
  if unit.isEmpty { return number }
  let isPlural = ["samples", "seconds", "taps", "epochs", "steps", "points"].contains(unit)
  return "\(number) \(number == "1" && isPlural ? String(unit.dropLast()) : unit)"
}

/// A number for use in a sentence: four significant digits, but up to a million every digit before
/// the point, in groups: 22,050, −0.0312, 1.2e−7.
package func readableInFull(_ value: Double) -> String {
  let magnitude = abs(value)
  guard magnitude < 1e6, magnitude == magnitude.rounded() || magnitude >= 1000 else {
    return value.isFinite ? withShortExponent(formatted("%.*g", value, 4)) : notFinite(value)
  }
  return (value < 0 ? "−" : "") + grouped(String(Int(magnitude.rounded())))
}

/// A number with so many significant digits, up to 17: 1000000.001.
package func exact(_ value: Double, digits: Int) -> String {
  value.isFinite ? withShortExponent(formatted("%.*g", value, digits)) : notFinite(value)
}

/// A count with every digit, in groups: 1,000,000.
package func grouped(_ count: Int) -> String {
  (count < 0 ? "−" : "") + grouped(String(count.magnitude))
}

/// The largest prefix of k, M, G that does not exceed `magnitude`, or none.
package func siPrefix(for magnitude: Double) -> (divisor: Double, prefix: String) {
  switch magnitude {
  case 1e9...: return (1e9, "G")
  case 1e6...: return (1e6, "M")
  case 1e3...: return (1e3, "k")
  default: return (1, "")
  }
}

private func notFinite(_ value: Double) -> String {
  value.isNaN ? "nan" : value < 0 ? "−inf" : "inf"
}

/// "1e-07" as "1e−7".
private func withShortExponent(_ text: String) -> String {
  guard let exponent = text.firstIndex(of: "e") else { return withMinusSign(text) }
  let power = Int(text[text.index(after: exponent)...]) ?? 0
  return withMinusSign(String(text[..<exponent]) + "e\(power)")
}

/// With a comma between groups of three digits.
func grouped(_ text: String) -> String {
  let whole = text.prefix { $0 != "." }
  var result = ""
  for (index, digit) in whole.enumerated() {
    if index > 0, (whole.count - index) % 3 == 0 { result += "," }
    result.append(digit)
  }
  return result + text.dropFirst(whole.count)
}

/// By the C library's printf: exact, and fast enough to be called for every tick of every frame.
private func formatted(_ format: String, _ value: Double, _ precision: Int) -> String {
  withVaList([Int32(clamping: max(0, min(precision, 17))), value]) { arguments in
    // The longest is −1.8e308 written out: 310 characters and the decimals.
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
      vsnprintf(buffer.baseAddress, buffer.count, format, arguments)
      return String(cString: UnsafePointer(buffer.baseAddress!))
    }
  }
}

/// What Python prints of a number, as prose writes it: "−32768" for "-32768". Anything else stays as it is.
package func inProse(_ printed: String) -> String {
  let digits = printed.dropFirst()
  return printed.first == "-" && digits.first?.isNumber == true ? "−" + digits : printed
}

private func withMinusSign(_ text: String) -> String {
  text.contains("-") ? String(text.map { $0 == "-" ? "−" : $0 }) : text
}
