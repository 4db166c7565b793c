import Glibc

/// A number as a sentence has it: four digits that count, thousands in groups, a real minus sign:
/// "22,050", "−0.0312", "1.2e−07". Whole numbers are given in full up to a million.
struct Quantity: CustomStringConvertible {
  var value: Double
  var unit = ""

  init(_ value: Double, unit: String = "") {
    self.value = value
    self.unit = unit
  }

  init(_ value: Int, unit: String = "") {
    self.init(Double(value), unit: unit)
  }

  /// Seconds as one would say them: "0.3 s", "2 s", "90 s", "4 min".
  init(duration seconds: Double) {
    switch seconds {
    case ..<0.95: self.init(max(0.1, (seconds * 10).rounded() / 10), unit: "s")
    case ..<100: self.init(seconds.rounded(), unit: "s")
    default: self.init((seconds / 60).rounded(), unit: "min")
    }
  }

  var description: String { unit.isEmpty ? number : "\(number) \(unit)" }

  private var number: String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "−∞" : "∞" }
    let magnitude = abs(value)
    let digits: String
    if magnitude < 1e6, magnitude == magnitude.rounded() || magnitude >= 1000 {
      digits = Self.grouped(Int(magnitude.rounded()))
    } else {
      digits = Self.format(magnitude).split(separator: "-", omittingEmptySubsequences: false)
        .joined(separator: "−")
    }
    return value < 0 ? "−" + digits : digits
  }

  private static func grouped(_ value: Int) -> String {
    value < 1000
      ? "\(value)"
      : "\(grouped(value / 1000))," + String("\(1000 + value % 1000)".dropFirst())
  }

  private static func format(_ value: Double) -> String {
    var buffer = [CChar](repeating: 0, count: 32)
    _ = withVaList([value]) { vsnprintf(&buffer, buffer.count, "%.4g", $0) }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
