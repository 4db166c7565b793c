import Glibc
import Messages

/// One axis of a plot: its range, the mapping of values to positions, and its ticks.
package struct Axis: Sendable {
  package struct Tick: Hashable, Sendable {
    package var value: Double
    package var label: String
  }

  /// Never empty, always finite, and positive if the axis is logarithmic.
  package let range: ClosedRange<Double>
  package let isLogarithmic: Bool
  /// Values are multiplied by this power of two before subtracting: the width of a range may
  /// overflow, or have no digits left near the smallest numbers.
  private let scale: Double
  /// The distance of the ticks, where it decided on the range.
  private var step: Double?

  /// Widens ranges that cannot be drawn: a single value gets padding on both sides, and a logarithmic
  /// axis whose lower bound is not positive starts three decades below its upper bound.
  package init(_ requested: ClosedRange<Double>, isLogarithmic: Bool = false) {
    let largest = Double.greatestFiniteMagnitude
    var low = max(-largest, min(largest, requested.lowerBound))
    var high = max(-largest, min(largest, requested.upperBound))
    if isLogarithmic {
      if !(high > 0) { high = 1 }
      if !(low > 0) { low = max(high / 1000, .leastNonzeroMagnitude) }
      if log10(high) - log10(low) < 1e-6 {
        low = max(low / 2, .leastNonzeroMagnitude)
        high = min(high * 2, largest)
      }
    } else {
      // Doubles hold 16 digits; below a relative width of 1e-12 tick labels would be indistinguishable.
      let magnitude = max(abs(low), abs(high))
      if !(high - low > magnitude * 1e-12) {
        let padding = magnitude > 0 ? max(magnitude * 0.5, .leastNonzeroMagnitude) : 1
        low = max(low - padding, -largest)
        high = min(high + padding, largest)
      }
    }
    range = low...high
    self.isLogarithmic = isLogarithmic
    scale = Self.scale(for: high - low)
  }

  /// The range as it is, without padding; nil if it has no width.
  init?(exactly range: ClosedRange<Double>, isLogarithmic: Bool) {
    guard range.lowerBound < range.upperBound, !isLogarithmic || range.lowerBound > 0 else {
      return nil
    }
    self.range = range
    self.isLogarithmic = isLogarithmic
    scale = Self.scale(for: range.upperBound - range.lowerBound)
  }

  private static func scale(for width: Double) -> Double {
    width.isFinite ? (width < 0x1p-900 ? 0x1p200 : 1) : 0x1p-2
  }

  // MARK: Mapping

  /// 0 at the start of the axis, 1 at its end; below 0 or above 1 for values out of range. NaN for
  /// values that a logarithmic axis cannot show.
  package func fraction(of value: Double) -> Double {
    let low = scaled(range.lowerBound)
    let fraction = (scaled(value) - low) / (scaled(range.upperBound) - low)
    guard value.isFinite, !fraction.isNaN else { return .nan }
    // Far out it makes no difference where, but lines to infinity could not be drawn.
    return max(-1e9, min(1e9, fraction))
  }

  /// The inverse of `fraction(of:)`.
  package func value(at fraction: Double) -> Double {
    let low = scaled(range.lowerBound)
    let value = low + fraction * (scaled(range.upperBound) - low)
    return isLogarithmic ? pow(10, value) : value / scale
  }

  private func scaled(_ value: Double) -> Double {
    isLogarithmic ? (value > 0 ? log10(value) : .nan) : value * scale
  }

  // MARK: Rows

  /// An axis that is a little longer and whose ticks are the same number of rows apart; this one where that
  /// would take too much room.
  ///
  /// - Parameters:
  ///   - rows: of cells, each with `dotsPerRow` dots.
  ///   - wanted: the fewest ticks.
  func fitted(toRows rows: Int, dotsPerRow: Int, ticks wanted: Int) -> Axis {
    let (low, high) = (range.lowerBound, range.upperBound)
    let width = high - low
    guard !isLogarithmic, rows >= 4, width > 1e-200, max(abs(low), abs(high)) < 1e200,
      width > 1e-9 * max(abs(low), abs(high))
    else { return self }
    let intervals = Double(rows * dotsPerRow - 1)
    var best: (cost: Double, range: ClosedRange<Double>, step: Double)?
    for count in 2...max(3, rows) {
      let step = roundStep(atLeast: width / Double(count))
      let widest = Int((step / width * intervals / Double(dotsPerRow)).rounded(.down))
      for rowsPerStep in [widest, widest - 1] where rowsPerStep >= 1 {
        let tickCount = rows / rowsPerStep
        guard tickCount >= wanted else { continue }
        let row = step / Double(rowsPerStep)
        let newWidth = intervals / Double(dotsPerRow) * row
        // Ticks lie in the middle of their rows.
        let middle = Double(dotsPerRow - 1 - (dotsPerRow - 1) / 2) / Double(dotsPerRow) * row
        let start = ((low + middle) / row).rounded(.down) * row - middle
        // Numbers in every row are tiring to read, and in every second row still a little.
        let crowd = 0.15 / Double(rowsPerStep * rowsPerStep)
        let cost = newWidth / width + crowd
        guard newWidth <= width * Self.largestGrowth, start + newWidth >= high,
          cost < best?.cost ?? .infinity
        else { continue }
        best = (cost, start...(start + newWidth), step)
      }
    }
    guard let best, var axis = Axis(exactly: best.range, isLogarithmic: false) else { return self }
    axis.step = best.step
    return axis
  }

  private static let largestGrowth = 1.35

  // MARK: Ticks

  /// The fewest ticks of which there are at least `wanted` and that `fit`; without any, the most that fit.
  func ticks(atLeast wanted: Int, fit: ([Tick]) -> Bool) -> [Tick] {
    if step != nil { return ticks(atMost: 1) }
    var best: [Tick] = []
    for count in 1...max(1, 3 * wanted) {
      let ticks = ticks(atMost: count)
      guard fit(ticks) else { continue }
      if ticks.count >= wanted { return ticks }
      if ticks.count > best.count { best = ticks }
    }
    return best
  }

  /// About `count` round values at most, ascending: multiples of 1, 2, 2.5 or 5 times a power of ten; on a
  /// logarithmic axis decades, with 3 times or 2 and 5 times each if there is room.
  package func ticks(atMost count: Int) -> [Tick] {
    let count = max(1, count)
    if isLogarithmic, log10(range.upperBound) - log10(range.lowerBound) >= 1 {
      return decadeTicks(atMost: count)
    }
    let (low, high) = (range.lowerBound, range.upperBound)
    // The width itself may overflow.
    let step =
      step
      ?? roundStep(
        atLeast: max(high / Double(count) - low / Double(count), .leastNonzeroMagnitude))
    // Keep a tick that rounding has pushed slightly out of range.
    let first = Int((low / step - 1e-6).rounded(.up))
    let last = Int((high / step + 1e-6).rounded(.down))
    guard first <= last else { return [] }
    let largest = Double(max(abs(first), abs(last))) * step
    var ticks: [Tick] = []
    for index in first...last {
      let value = Double(index) * step
      // Rounding can also push it beyond all numbers, or, near the smallest ones, onto another.
      guard value.isFinite, value != ticks.last?.value else { continue }
      ticks.append(Tick(value: value, label: label(for: value, step: step, largest: largest)))
    }
    return ticks
  }

  private func decadeTicks(atMost count: Int) -> [Tick] {
    let firstDecade = Int((log10(range.lowerBound) - 1e-9).rounded(.up))
    let lastDecade = Int((log10(range.upperBound) + 1e-9).rounded(.down))
    let decades = lastDecade - firstDecade + 1
    let span = log10(range.upperBound) - log10(range.lowerBound)
    // 1, 3, 10 are nearly the same distance apart, and so are 1, 2, 5, 10.
    let multiples: [Double] =
      span * 3 <= Double(count) ? [1, 2, 5] : span * 2 <= Double(count) ? [1, 3] : [1]
    let stride = max(1, (decades + count - 1) / count)
    // 2 and 5 times the decade below the range may lie within it.
    let start = multiples.count > 1 ? firstDecade - 1 : firstDecade
    // Where labels below it have exponents, 0.0001 has one, too: 1e−5, 1e−4, 0.001.
    let hasExponents = range.lowerBound < 0.999e-4
    var ticks: [Tick] = []
    for decade in Swift.stride(from: start, through: lastDecade, by: stride) {
      for multiple in multiples {
        let value = multiple * pow(10, Double(decade))
        guard value > 0, value.isFinite, value / (1 + 1e-9) <= range.upperBound,
          value * (1 + 1e-9) >= range.lowerBound
        else { continue }
        let label =
          hasExponents && decade == -4 ? "\(Int(multiple))e−4" : decadeLabel(for: value)
        ticks.append(Tick(value: value, label: label))
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
    // Prefixes such as k from 10,000 on; 2000 is written out.
    let (divisor, prefix) = largest >= 1e4 ? siPrefix(for: largest) : (1, "")
    let shown = step / divisor
    var digits = -(log10(shown) + 1e-9).rounded(.down)
    // 2.5 has one digit more than 2.
    let leading = shown * pow(10, digits)
    if abs(leading - leading.rounded()) > 0.01 { digits += 1 }
    return fixed(value / divisor, decimals: max(0, Int(digits))) + prefix
  }
}

/// The smallest of 1, 2, 2.5 and 5 times a power of ten that is at least `step`.
private func roundStep(atLeast step: Double) -> Double {
  let power = pow(10, log10(step).rounded(.down))
  // Below the smallest power of ten.
  guard power > 0 else { return step }
  for multiple in [1.0, 2, 2.5, 5] where multiple * power >= step * (1 - 1e-9) {
    return multiple * power
  }
  return 10 * power
}
