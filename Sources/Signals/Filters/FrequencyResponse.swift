import Compute
import Concurrency
import Glibc
import Messages

/// What a kernel, or a filter with feedback, does to each frequency, on a grid that is fine enough to show
/// every lobe of a kernel, and exactly at any frequency.
package struct FrequencyResponse: Sendable {
  /// The taps, scaled if they are extreme.
  package let kernel: [Double]
  /// The factors of the output's past; one of them without feedback.
  private let denominator: [Double]
  /// In Hz.
  package let sampleRate: Double
  /// Evenly spaced from 0 to half the sampling rate, in Hz.
  package let frequencies: [Double]
  /// The gain at each of ``frequencies``, of ``kernel``.
  package let magnitudes: [Double]
  /// By how many dB the kernel's own gain is higher: extreme values are scaled, so that none overflows
  /// or vanishes.
  private let gain: Double

  /// - Throws: when the kernel is empty or too long, the denominator is 0, or the sampling rate is not
  ///   positive.
  package init(
    of kernel: [Double], denominator: [Double] = [1], sampleRate: Double
  ) throws(Diagnostic) {
    guard denominator.contains(where: { $0 != 0 }) else {
      throw Diagnostic("a denominator of zeros has no response")
    }
    guard !kernel.isEmpty else { throw Diagnostic("a kernel without values has no response") }
    guard sampleRate > 0, sampleRate.isFinite else {
      throw Diagnostic("the sampling rate must be a positive number, not \(sampleRate)")
    }
    let (kernel, gain) = try ShortTimeTransform.normalized(kernel)
    self.gain = gain
    let length = Self.transformLength(tapCount: max(kernel.count, denominator.count))
    let spectrum = try NDArray(kernel).realFourier(length: length)
    let size = Double(length)
    self.kernel = kernel
    self.sampleRate = sampleRate
    frequencies = try [Double](computing: spectrum.count) { Double($0) / size * sampleRate }
    self.denominator = denominator
    let gains = try NDArray.unary(.absolute, spectrum)
    guard denominator != [1] else {
      magnitudes = try gains.doubles
      return
    }
    let feedback = try NDArray.unary(
      .absolute, NDArray(denominator).realFourier(length: length))
    magnitudes = try NDArray.binary(.divide, .array(gains), .array(feedback)).doubles
  }

  /// Eight points for each lobe, whose width is about 1 / count; up to a million of them, which no
  /// picture can show.
  private static func transformLength(tapCount: Int) -> Int {
    var length = 4096
    while length < 8 * tapCount, length < 1 << 21 { length *= 2 }
    return max(length, tapCount)
  }

  /// How many ``frequencies`` there are for a kernel.
  package static func pointCount(tapCount: Int) -> Int {
    transformLength(tapCount: tapCount) / 2 + 1
  }

  /// The exact response at a frequency in Hz: gain and phase. O(kernel).
  package func response(at frequency: Double) throws(Diagnostic) -> Complex {
    let numerator = try value(of: kernel, at: frequency)
    return denominator == [1] ? numerator : numerator / (try value(of: denominator, at: frequency))
  }

  private func value(
    of coefficients: [Double], at frequency: Double
  ) throws(Diagnostic) -> Complex {
    let angle = -2 * Double.pi * frequency / sampleRate
    var sum = Complex(0, 0)
    try Budget.forEachChunk(of: coefficients.count, steps: 64) { range in
      for index in range {
        let turn = Complex.unit(angle: angle * Double(index))
        sum = Complex(
          sum.real + coefficients[index] * turn.real,
          sum.imaginary + coefficients[index] * turn.imaginary)
      }
    }
    return sum
  }

  /// The gain in the pass band: at frequency 0 when that passes, else the largest one.
  package var passGain: Double {
    let peak = magnitudes.max() ?? 0
    return magnitudes[0] >= peak / 2 ? magnitudes[0] : peak
  }

  /// The first frequency in Hz at which the gain crosses a part of ``passGain``; a half is
  /// -6.02 dB, where the design by windows puts the cut-off. Found on the grid, then by bisection
  /// of the exact response to a millionth of a Hz.
  ///
  /// - Returns: nil when the gain stays on one side.
  package func crossing(ofPart part: Double = 0.5) throws(Diagnostic) -> Double? {
    let level = part * passGain
    let startsAbove = magnitudes[0] >= level
    guard level > 0, let first = magnitudes.firstIndex(where: { ($0 >= level) != startsAbove })
    else { return nil }
    var low = frequencies[first - 1]
    var high = frequencies[first]
    while high - low > 1e-6 {
      let middle = (low + high) / 2
      // Neighbouring floats, at very high sampling rates.
      if middle == low || middle == high { break }
      if (try response(at: middle).magnitude >= level) == startsAbove {
        low = middle
      } else {
        high = middle
      }
    }
    return (low + high) / 2
  }

  /// The gain in dB at each of ``frequencies``: 20 log₁₀, not below `floor`, where a gain of 0
  /// would be at minus infinity.
  package func decibels(floor: Double = -120) throws(Diagnostic) -> [Double] {
    try magnitudes.mapInChunks(steps: 16) { decibels(of: $0, floor: floor) }
  }

  /// The same of one of ``magnitudes``.
  package func decibels(of magnitude: Double, floor: Double) -> Double {
    let level = gain + Decibels.of(amplitude: magnitude, floor: -.infinity)
    return level < floor ? floor : level
  }

  /// 100 dB below a usual kernel, or below the peak of a very faint one; nil when every gain is 0.
  package var visibleFloor: Double? {
    let peak = decibels(of: magnitudes.max() ?? 0, floor: -.infinity)
    return peak == -.infinity ? nil : peak < -40 ? peak - 100 : -100
  }
}
