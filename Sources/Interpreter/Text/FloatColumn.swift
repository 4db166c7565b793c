/// A float with its shortest digits.
protocol PrintableFloat: BinaryFloatingPoint {
  var shortestDigits: DecimalDigits { get }
  /// Numbers from this one up are written with an exponent.
  static var exponentThreshold: Self { get }
}

extension Double: PrintableFloat {
  var shortestDigits: DecimalDigits { DecimalDigits(shortest: self) }
  static var exponentThreshold: Double { 1e8 }
}

extension Float: PrintableFloat {
  var shortestDigits: DecimalDigits { DecimalDigits(shortest: self) }
  static var exponentThreshold: Float { 1e6 }
}

/// How NumPy writes the floats of one array: all with an exponent or none, the points in one
/// column, at most eight digits after them.
struct FloatColumn<Number: PrintableFloat> {
  private static var precision: Int { 8 }

  private let hasExponent: Bool
  private let showsPlus: Bool
  /// Characters before the point.
  private var leftWidth = 0
  /// Characters after the point, including the exponent.
  private var rightWidth = 0
  /// Digits after the point of every number, if there is an exponent.
  private var fractionDigits = 0
  private var exponentDigits = 0

  init(_ values: [Number], showsPlus: Bool = false) {
    let finite = values.filter(\.isFinite)
    let magnitudes = finite.map(\.magnitude).filter { $0 != 0 }
    if let largest = magnitudes.max(), let smallest = magnitudes.min() {
      hasExponent =
        largest >= Number.exponentThreshold || smallest < 0.0001 || largest / smallest > 1000
    } else {
      hasExponent = false
    }
    self.showsPlus = showsPlus
    for value in finite {
      let text = signed(hasExponent ? Self.scientific(value) : Self.positional(value))
      let parts = text.split(separator: "e")
      let sides = parts[0].split(separator: ".", omittingEmptySubsequences: false)
      leftWidth = max(leftWidth, sides[0].utf8.count)
      fractionDigits = max(fractionDigits, sides[1].utf8.count)
      if hasExponent { exponentDigits = max(exponentDigits, parts[1].utf8.count - 1) }
    }
    rightWidth = hasExponent ? fractionDigits + exponentDigits + 2 : fractionDigits
    if finite.count < values.count {
      let hasSign = showsPlus || values.contains(-.infinity)
      leftWidth = max(leftWidth, (hasSign ? 4 : 3) - (rightWidth + 1))
    }
  }

  /// The number, padded to the width of the column.
  func text(of value: Number) -> String {
    guard value.isFinite else {
      return signed(nonFiniteText(Double(value))).paddedLeft(to: leftWidth + rightWidth + 1)
    }
    guard hasExponent else {
      let text = signed(Self.positional(value))
      let sides = text.split(separator: ".", omittingEmptySubsequences: false)
      let padding = String(repeating: " ", count: max(0, rightWidth - sides[1].utf8.count))
      return String(sides[0]).paddedLeft(to: leftWidth) + "." + sides[1] + padding
    }
    let parts = signed(printed(Double(value), precision: fractionDigits, conversion: "#e"))
      .split(separator: "e")
    let sides = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let exponent = parts[1].dropFirst()
    let zeros = String(repeating: "0", count: max(0, exponentDigits - exponent.utf8.count))
    return String(sides[0]).paddedLeft(to: leftWidth) + "." + sides[1] + "e" + parts[1].prefix(1)
      + zeros + exponent
  }

  private func signed(_ text: String) -> String {
    showsPlus && !text.hasPrefix("-") ? "+" + text : text
  }

  /// "12.5", "3.": the shortest digits, rounded if there are too many.
  private static func positional(_ value: Number) -> String {
    let shortest = value.shortestDigits
    if shortest.digits.utf8.count - shortest.point <= precision { return shortest.positional }
    return withoutZeros(printed(Double(value), precision: precision, conversion: "f"))
  }

  /// "1.25e+10", "3.e-05"
  private static func scientific(_ value: Number) -> String {
    let shortest = value.shortestDigits
    if shortest.digits.utf8.count - 1 <= precision { return shortest.scientific }
    let parts = printed(Double(value), precision: precision, conversion: "e").split(separator: "e")
    return withoutZeros(String(parts[0])) + "e" + parts[1]
  }

  private static func withoutZeros(_ text: String) -> String {
    var text = text
    while text.hasSuffix("0") { text.removeLast() }
    return text
  }
}
