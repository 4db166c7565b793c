#if canImport(Glibc)
  import Glibc
#endif

/// A second-order band-pass filter with a peak gain of 1 (R. Bristow-Johnson's cookbook).
struct Resonator {
  private let b0, a1, a2: Double
  private var x1 = 0.0, x2 = 0.0, y1 = 0.0, y2 = 0.0

  /// - Parameters:
  ///   - frequency: the centre frequency in Hz.
  ///   - quality: the centre frequency divided by the bandwidth.
  init(frequency: Double, quality: Double, sampleRate: Double) {
    let omega = 2 * .pi * frequency / sampleRate
    let alpha = sin(omega) / (2 * quality)
    b0 = alpha / (1 + alpha)
    a1 = -2 * cos(omega) / (1 + alpha)
    a2 = (1 - alpha) / (1 + alpha)
  }

  mutating func callAsFunction(_ x: Double) -> Double {
    let y = b0 * (x - x2) - a1 * y1 - a2 * y2
    (x2, x1) = (x1, x)
    (y2, y1) = (y1, y)
    return y
  }
}
