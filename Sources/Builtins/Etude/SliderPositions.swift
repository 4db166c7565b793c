import Glibc

/// The positions of a slider: from `start` to `stop`, and only whole steps from `start` if it has a
/// step.
struct SliderPositions {
  var start: Double
  var stop: Double
  /// Nil when the slider moves continuously.
  var step: Double?

  /// The position nearest to a value; the lower end if the range is empty.
  func nearest(to value: Double) -> Double {
    let clamped = min(max(value, start), stop)
    // A step too small to count is ignored.
    guard let step, ((stop - start) / step).isFinite else { return clamped }
    // The last whole step may lie before `stop`; the tolerance is for steps such as 0.1.
    let last = ((stop - start) / step + 1e-9).rounded(.down)
    let steps = min(((clamped - start) / step + 0.5).rounded(.down), last)
    return min(roundedToDecimals(start + steps * step, step: step), stop)
  }

  /// Where start and step are decimal fractions, so are the positions: 0.3, not
  /// 0.30000000000000004.
  private func roundedToDecimals(_ value: Double, step: Double) -> Double {
    for digits in 0...12 {
      let scale = pow(10, Double(digits))
      if isWhole(start * scale), isWhole(step * scale) {
        return (value * scale).rounded(.toNearestOrEven) / scale
      }
    }
    return value
  }

  /// Within the rounding error of a decimal fraction as a Double.
  private func isWhole(_ value: Double) -> Bool {
    abs(value - value.rounded()) <= 1e-14 * abs(value)
  }
}
