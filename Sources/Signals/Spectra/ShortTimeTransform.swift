import Compute
import Messages

/// The power at each frequency of a short piece of sound, tapered by a Hann window.
struct ShortTimeTransform {
  private let transform: RealFourierTransform
  private let taper: [Double]
  /// 1 / (Σ taper / 2)²: a sine of amplitude 1 gets power 1.
  private let scale: Double

  /// - Parameter coveredCount: the samples that there are; the taper covers no more than these, so
  ///   that a short sound is faded as a whole.
  init(length: Int, coveredCount: Int) {
    transform = RealFourierTransform(length: length)
    taper = Window.hann.values(min(length, coveredCount), isPeriodic: true)
    let sum = taper.reduce(0, +)
    scale = sum > 0 ? 4 / (sum * sum) : 0
  }

  /// - Throws: when samples are nan or infinite: every frequency would be, too.
  static func check(_ samples: [Double]) throws(Diagnostic) {
    guard samples.allSatisfy(\.isFinite) else {
      throw Diagnostic(
        "a sound with samples that are nan or inf has no spectrum",
        hint: "np.where(np.isfinite(x), x, 0) replaces them by zeros")
    }
  }

  var frequencyCount: Int { transform.frequencyCount }

  func frequencies(sampleRate: Double) -> [Double] {
    (0..<frequencyCount).map { Double($0) * sampleRate / Double(transform.length) }
  }

  /// Where segments start that overlap by half and stay inside; at least one.
  func starts(sampleCount: Int) -> [Int] {
    let last = max(0, sampleCount - taper.count)
    return Array(stride(from: 0, through: last, by: max(1, taper.count / 2)))
  }

  func powers(of samples: [Double], from start: Int) -> [Double] {
    var segment = [Double](repeating: 0, count: transform.length)
    for index in 0..<min(taper.count, samples.count - start) {
      segment[index] = samples[start + index] * taper[index]
    }
    let (real, imaginary) = transform.forward(segment)
    return zip(real, imaginary).map { ($0 * $0 + $1 * $1) * scale }
  }
}
