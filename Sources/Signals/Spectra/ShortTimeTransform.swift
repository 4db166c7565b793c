import Compute
import Concurrency
import Glibc
import Messages

/// The power at each frequency of a short piece of sound, tapered by a Hann window.
struct ShortTimeTransform {
  private let transform: RealFourierTransform
  private let taper: [Double]
  /// The distance between neighbouring segments.
  let hop: Int
  /// 1 / (Σ taper / 2)²: a sine of amplitude 1 gets power 1.
  private let scale: Double

  /// - Parameter coveredCount: the samples that there are; the taper covers no more than these, so
  ///   that a short sound is faded as a whole. `overlap`: how many samples neighbours share; half by
  ///   default.
  init(length: Int, coveredCount: Int, overlap: Int? = nil) throws(Diagnostic) {
    transform = try RealFourierTransform(length: length)
    taper = try Window.hann.values(min(length, coveredCount), isPeriodic: true)
    hop = max(1, taper.count - (overlap ?? taper.count - taper.count / 2))
    let sum = taper.reduce(0, +)
    scale = sum > 0 ? 4 / (sum * sum) : 0
  }

  /// - Throws: when samples are nan or infinite: every frequency would be, too.
  static func check(_ samples: [Double]) throws(Diagnostic) {
    guard try samples.areAllFinite() else {
      throw Diagnostic(
        "a sound with samples that are nan or inf has no spectrum",
        hint: "np.where(np.isfinite(x), x, 0) replaces them by zeros")
    }
  }

  /// Samples whose powers neither overflow nor vanish, and the dB that were taken from them.
  static func normalized(
    _ samples: [Double]
  ) throws(Diagnostic) -> (samples: [Double], decibels: Double) {
    let peak = samples.reduce(0) { max($0, abs($1)) }
    guard peak > 0, peak.isFinite, peak < 1e-100 || peak > 1e100 else { return (samples, 0) }
    // In two steps: 1 / peak may be infinite.
    let (half, level) = (-Int(peak.exponent) / 2, 20 * log10(2.0) * Double(peak.exponent))
    let first = Double(sign: .plus, exponent: half, significand: 1)
    let second = Double(sign: .plus, exponent: -Int(peak.exponent) - half, significand: 1)
    return (try samples.mapInChunks { $0 * first * second }, level)
  }

  var frequencyCount: Int { transform.frequencyCount }

  func frequencies(sampleRate: Double) -> [Double] {
    (0..<frequencyCount).map { Double($0) * sampleRate / Double(transform.length) }
  }

  /// Segments stay inside; there is at least one.
  func segmentCount(sampleCount: Int) -> Int {
    max(0, sampleCount - taper.count) / hop + 1
  }

  /// The mean power at each frequency over these segments.
  func meanPowers(of samples: [Double], segments: Range<Int>) throws(Diagnostic) -> [Double] {
    var powers = [Double](repeating: 0, count: frequencyCount)
    try Budget.forEachChunk(of: segments.count, steps: 32 * transform.length) {
      (range) throws(Diagnostic) in
      for segment in range.lazy.map({ segments.lowerBound + $0 }) {
        for (index, power) in try self.powers(of: samples, from: segment * hop).enumerated() {
          powers[index] += power
        }
      }
    }
    return powers.map { $0 / Double(segments.count) }
  }

  private func powers(of samples: [Double], from start: Int) throws(Diagnostic) -> [Double] {
    var segment = [Double](repeating: 0, count: transform.length)
    for index in 0..<min(taper.count, samples.count - start) {
      segment[index] = samples[start + index] * taper[index]
    }
    return try transform.forward(segment).map {
      ($0.real * $0.real + $0.imaginary * $0.imaginary) * scale
    }
  }
}
