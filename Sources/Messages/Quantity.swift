/// A number and its unit, for use in a sentence: "22,050 Hz", "−0.0312".
package struct Quantity: CustomStringConvertible {
  package let description: String

  package init(_ value: Double, unit: String = "") {
    description = readableInFull(value) + (unit.isEmpty ? "" : " \(unit)")
  }

  /// Every digit: 5,000,000.
  package init(_ value: Int, unit: String = "") {
    description =
      (value < 0 ? "−" : "") + grouped(String(value.magnitude))
      + (unit.isEmpty ? "" : " \(unit)")
  }

  /// A duration at a glance: "0.4 s", "12 s", "3 min", "2.5 h".
  ///
  /// - Parameter isRough: for estimates: whole seconds from 1 s on, and never less than 0.1 s.
  package init(seconds: Double, isRough: Bool = false) {
    switch isRough ? max(0.1, seconds) : max(0, seconds) {
    case 0.95..<9.95 where isRough: description = "\(fixed(seconds, decimals: 0)) s"
    case let seconds where seconds < 9.95: description = "\(fixed(seconds, decimals: 1)) s"
    case ..<99.5: description = "\(fixed(seconds, decimals: 0)) s"
    case ..<5970: description = "\(fixed(seconds / 60, decimals: 0)) min"
    default: description = "\(fixed(seconds / 3600, decimals: 1)) h"
    }
  }

  /// An amount of memory: "7.3 TiB". As a float, so that no product of sizes overflows.
  package init(bytes: Double) {
    description = Self.text(bytes: bytes)
  }

  private static func text(bytes: Double) -> String {
    var amount = bytes
    for unit in ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"] {
      if amount < 1024 {
        let tenths = Int((amount * 10).rounded())
        return tenths % 10 == 0 || unit == "bytes"
          ? "\(tenths / 10) \(unit)" : "\(tenths / 10).\(tenths % 10) \(unit)"
      }
      amount /= 1024
    }
    return amount < 1e6 ? "\(Int(amount)) EiB" : "more than a million EiB"
  }
}
