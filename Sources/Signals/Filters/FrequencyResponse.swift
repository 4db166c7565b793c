import Compute
import Glibc
import Messages

/// What a kernel does to each frequency, on a grid that is fine enough to show every lobe, and
/// exactly at any frequency.
package struct FrequencyResponse: Sendable {
  package let kernel: [Double]
  /// In Hz.
  package let sampleRate: Double
  /// Evenly spaced from 0 to half the sampling rate, in Hz.
  package let frequencies: [Double]
  /// The gain at each of ``frequencies``.
  package let magnitudes: [Double]

  /// - Throws: when the kernel is empty or too long, or the sampling rate is not positive.
  package init(of kernel: [Double], sampleRate: Double) throws(Diagnostic) {
    guard !kernel.isEmpty else { throw Diagnostic("a kernel without values has no response") }
    guard sampleRate > 0, sampleRate.isFinite else {
      throw Diagnostic("the sampling rate must be a positive number, not \(sampleRate)")
    }
    // Eight points for each lobe, whose width is about 1 / count.
    var length = 4096
    while length < 8 * kernel.count, length < NDArray.longestTransform { length *= 2 }
    let spectrum = try NDArray(kernel).realFourier(length: max(length, kernel.count))
    let size = Double(max(length, kernel.count))
    self.kernel = kernel
    self.sampleRate = sampleRate
    frequencies = (0..<spectrum.count).map { Double($0) / size * sampleRate }
    magnitudes = try NDArray.unary(.absolute, spectrum).doubles
  }

  /// The exact response at a frequency in Hz: gain and phase. O(kernel).
  package func response(at frequency: Double) -> Complex {
    let angle = -2 * Double.pi * frequency / sampleRate
    return kernel.enumerated().reduce(Complex(0, 0)) { sum, tap in
      let turn = Complex.unit(angle: angle * Double(tap.offset))
      return Complex(
        sum.real + tap.element * turn.real, sum.imaginary + tap.element * turn.imaginary)
    }
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
  package func crossing(ofPart part: Double = 0.5) -> Double? {
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
      if (response(at: middle).magnitude >= level) == startsAbove {
        low = middle
      } else {
        high = middle
      }
    }
    return (low + high) / 2
  }

  /// The gain in dB at each of ``frequencies``: 20 log₁₀, not below `floor`, where a gain of 0
  /// would be at minus infinity.
  package func decibels(floor: Double = -120) -> [Double] {
    magnitudes.map { Decibels.of(amplitude: $0, floor: floor) }
  }
}
