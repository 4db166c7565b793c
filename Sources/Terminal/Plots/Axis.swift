import Glibc

/// One axis of a plot: which values it covers, where they stand on it, and its ticks.
package struct Axis: Sendable {
  package struct Tick: Hashable, Sendable {
    package var value: Double
    package var label: String
  }

  /// Never empty, always finite, above zero where the axis is logarithmic.
  package let range: ClosedRange<Double>
  package let isLogarithmic: Bool

  /// Widens what cannot be drawn: a single value gets room on both sides, a logarithmic axis that
  /// reaches down to zero starts three decades below its end.
  package init(_ wanted: ClosedRange<Double>, isLogarithmic: Bool = false) {
    var low = max(-1e300, min(1e300, wanted.lowerBound))
    var high = max(-1e300, min(1e300, wanted.upperBound))
    if isLogarithmic {
      if !(high > 1e-290) { high = 1 }
      if !(low > 1e-290) { low = high / 1000 }
      if high / low < 1.000_001 {
        low /= 2
        high *= 2
      }
    } else {
      // Doubles hold 16 digits; below a relative width of 1e-9 ticks would no longer be told apart.
      let magnitude = max(abs(low), abs(high))
      if !(high - low > magnitude * 1e-9 && high - low > 1e-290) {
        let room = magnitude > 1e-290 ? magnitude * 0.5 : 1
        low -= room
        high += room
      }
    }
    range = low...high
    self.isLogarithmic = isLogarithmic
  }

  // MARK: Places

  /// 0 at the start of the axis, 1 at its end; outside of that for values outside. NaN for what a
  /// logarithmic axis cannot show.
  package func fraction(of value: Double) -> Double {
    let low = scaled(range.lowerBound)
    return (scaled(value) - low) / (scaled(range.upperBound) - low)
  }

  /// The value at a place, the inverse of `fraction(of:)`.
  package func value(at fraction: Double) -> Double {
    let low = scaled(range.lowerBound)
    let value = low + fraction * (scaled(range.upperBound) - low)
    return isLogarithmic ? pow(10, value) : value
  }

  private func scaled(_ value: Double) -> Double {
    isLogarithmic ? (value > 0 ? log10(value) : .nan) : value
  }

  // MARK: Ticks

  /// At most about `count` round values, ascending: multiples of 1, 2 or 5 times a power of ten, and
  /// decades with their 2 and 5 where there is room on a logarithmic axis.
  package func ticks(atMost count: Int) -> [Tick] {
    let count = max(1, count)
    if isLogarithmic, range.upperBound / range.lowerBound >= 10 {
      return decadeTicks(atMost: count)
    }
    let step = roundStep(atLeast: (range.upperBound - range.lowerBound) / Double(count))
    // A tick that rounding puts a hair outside of the range still belongs to it.
    let first = Int((range.lowerBound / step - 1e-6).rounded(.up))
    let last = Int((range.upperBound / step + 1e-6).rounded(.down))
    guard first <= last else { return [] }
    let largest = Double(max(abs(first), abs(last))) * step
    return (first...last).map { index in
      let value = Double(index) * step
      return Tick(value: value, label: label(for: value, step: step, largest: largest))
    }
  }

  private func decadeTicks(atMost count: Int) -> [Tick] {
    let firstDecade = Int((log10(range.lowerBound) - 1e-9).rounded(.up))
    let lastDecade = Int((log10(range.upperBound) + 1e-9).rounded(.down))
    let decades = lastDecade - firstDecade + 1
    let span = log10(range.upperBound / range.lowerBound)
    let multiples: [Double] = span * 3 <= Double(count) ? [1, 2, 5] : [1]
    let stride = max(1, (decades + count - 1) / count)
    // The 2 and 5 of the decade in which the range begins may lie inside it.
    let start = multiples.count > 1 ? firstDecade - 1 : firstDecade
    var ticks: [Tick] = []
    for decade in Swift.stride(from: start, through: lastDecade, by: stride) {
      for multiple in multiples {
        let value = multiple * pow(10, Double(decade))
        guard value >= range.lowerBound * (1 - 1e-9), value <= range.upperBound * (1 + 1e-9)
        else { continue }
        ticks.append(Tick(value: value, label: decadeLabel(for: value)))
      }
    }
    return ticks
  }

  private func decadeLabel(for value: Double) -> String {
    if value >= 999.5 && value < 1e12 {
      let (divisor, prefix) = siPrefix(for: value * 1.000_001)
      return readable(value / divisor, digits: 3) + prefix
    }
    return readable(value, digits: 3)
  }

  private func label(for value: Double, step: Double, largest: Double) -> String {
    if value == 0 { return "0" }
    if largest >= 1e12 || largest < 0.999e-3 { return readable(value, digits: 4) }
    // 2000 stays as it is; from 10,000 on the zeros are worth saving.
    let (divisor, prefix) = largest >= 1e4 ? siPrefix(for: largest) : (1, "")
    let digits = -(log10(step / divisor) + 1e-9).rounded(.down)
    return fixed(value / divisor, decimals: max(0, Int(digits))) + prefix
  }
}

/// The smallest of 1, 2 and 5 times a power of ten that is not below `step`.
private func roundStep(atLeast step: Double) -> Double {
  let power = pow(10, log10(step).rounded(.down))
  for multiple in [1.0, 2, 5] where multiple * power >= step * (1 - 1e-9) {
    return multiple * power
  }
  return 10 * power
}
