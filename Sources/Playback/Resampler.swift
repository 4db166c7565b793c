import Glibc

/// Band-limited interpolation with a Kaiser-windowed sinc (J. O. Smith, "Digital Audio Resampling").
/// Exact at the sample positions.
package enum Resampler {
  /// The zero crossings of the sinc on each side.
  private static let zeroCrossings = 16
  private static let stepsPerCrossing = 512
  /// Side lobes about 90 dB down.
  private static let kaiserBeta = 9.0

  /// The right half of the windowed sinc; its last two entries are 0.
  private static let windowedSinc: [Float] = {
    let length = zeroCrossings * stepsPerCrossing
    return (0...length + 1).map { index in
      guard index > 0 else { return 1 }
      guard index % stepsPerCrossing != 0, index < length else { return 0 }
      let x = Double.pi * Double(index) / Double(stepsPerCrossing)
      let edge = Double(index) / Double(length)
      let window = besselI0(kaiserBeta * (1 - edge * edge).squareRoot()) / besselI0(kaiserBeta)
      return Float(sin(x) / x * window)
    }
  }()

  /// The signal at `position` (in samples from the first one), silence outside the signal.
  /// - Parameter bandwidth: the cut-off as a fraction of the signal's band: 1 for upsampling, less
  ///   than 1 for downsampling, to avoid aliasing. The cost is 32 / bandwidth multiplications.
  package static func value(of samples: [Float], at position: Double, bandwidth: Double) -> Float {
    let width = Double(zeroCrossings) / bandwidth
    let first = max(0, Int((position - width).rounded(.up)))
    let last = min(samples.count - 1, Int((position + width).rounded(.down)))
    guard first <= last else { return 0 }
    let windowedSinc = Self.windowedSinc
    var sum: Float = 0
    for index in first...last where samples[index].isFinite {
      let offset = abs(position - Double(index)) * bandwidth * Double(stepsPerCrossing)
      let step = Int(offset)
      let fraction = Float(offset - Double(step))
      let weight = windowedSinc[step] + fraction * (windowedSinc[step + 1] - windowedSinc[step])
      sum += samples[index] * weight
    }
    return sum * Float(bandwidth)
  }

  /// The modified Bessel function of order 0, by its power series.
  private static func besselI0(_ x: Double) -> Double {
    var term = 1.0
    var sum = 1.0
    var n = 1.0
    while term > sum * 1e-17 {
      term *= (x / (2 * n)) * (x / (2 * n))
      sum += term
      n += 1
    }
    return sum
  }
}
