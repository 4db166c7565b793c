import Glibc

/// Where a slider can stand: from `start` to `stop`, and only at whole steps from `start` when it
/// has a step.
struct SliderPositions {
  var start: Double
  var stop: Double
  /// Nil when the slider moves continuously.
  var step: Double?

  /// The position next to a value; the lower one of the ends when the range is empty.
  func nearest(to value: Double) -> Double {
    let clamped = min(max(value, start), stop)
    guard let step else { return clamped }
    // The last whole step may lie before `stop`; the tolerance is for steps such as 0.1.
    let last = ((stop - start) / step + 1e-9).rounded(.down)
    let steps = min(((clamped - start) / step + 0.5).rounded(.down), last)
    return withoutBinaryDust(start + steps * step, step: step)
  }

  /// Where the step is a decimal fraction, so are the positions: 0.3, not 0.30000000000000004.
  private func withoutBinaryDust(_ value: Double, step: Double) -> Double {
    for digits in 0...12 {
      let scale = pow(10, Double(digits))
      let scaled = step * scale
      if abs(scaled - scaled.rounded()) < 1e-9 * max(abs(scaled), 1) {
        return (value * scale).rounded(.toNearestOrEven) / scale
      }
    }
    return value
  }
}
