import Compute
import Concurrency
import Glibc
import Messages

/// The frequencies at which to evaluate a response.
package enum FrequencyGrid: Sendable {
  /// This many, evenly spaced from 0 up to, but not including, half the sampling rate, or all of
  /// it for the whole circle.
  case count(Int, whole: Bool)
  /// These, in the unit of the sampling rate.
  case frequencies([Double])
}

/// The response of a digital filter, as `scipy.signal.freqz`:
///
///     H(f) = Σ b[n] z⁻ⁿ / Σ a[n] z⁻ⁿ,   z = exp(2πi · f / sampleRate)
///
/// - Parameters:
///   - numerator: b, real or complex, one axis.
///   - denominator: a, likewise; 1 for filters of finite length.
///   - sampleRate: 2π gives frequencies in radians per sample.
/// - Returns: the frequencies in the unit of the sampling rate, float64, and the response there,
///   complex128.
package func freqz(
  _ numerator: NDArray, _ denominator: NDArray = NDArray(scalar: 1.0),
  at grid: FrequencyGrid = .count(512, whole: false), sampleRate: Double = 2 * .pi
) throws(Diagnostic) -> (frequencies: NDArray, response: NDArray) {
  for part in [numerator, denominator] where part.axisCount > 1 || part.count == 0 {
    throw Diagnostic(
      "a filter's coefficients must be a list of numbers, not of shape "
        + NDArray.describe(shape: part.shape))
  }
  let frequencies: [Double]
  switch grid {
  case .count(let count, let whole):
    guard count >= 0 else {
      throw Diagnostic("a number of frequencies, \(count), must not be negative")
    }
    let end = whole ? sampleRate : sampleRate / 2
    // Of the frequencies themselves, two polynomials and the response, before any is computed.
    try Budget.reserve(
      Double(count) * 16 * 3, for: "a response at \(count) frequencies, with its parts,")
    Budget.release(Double(count) * 16 * 3)
    frequencies = try NDArray.linspace(0, end, count: count, endpoint: false).doubles
  case .frequencies(let given): frequencies = given
  }
  let over = try transfer(numerator, frequencies, grid, sampleRate)
  let under = try transfer(denominator, frequencies, grid, sampleRate)
  let response = try NDArray.binary(.divide, .array(over), .array(under))
  return (NDArray(frequencies), try response.broadcast(to: [frequencies.count]))
}

/// Σ c[n] exp(-2πi·f·n / sampleRate): a constant, a transform where the frequencies are those of
/// one, else Horner's scheme for each frequency.
private func transfer(
  _ coefficients: NDArray, _ frequencies: [Double], _ grid: FrequencyGrid, _ sampleRate: Double
) throws(Diagnostic) -> NDArray {
  let values: [Complex] = try coefficients.values()
  // Broadcast.
  if values.count == 1 { return NDArray(values) }
  if case .count(let count, let whole) = grid, count <= NDArray.longestTransform / 2 {
    let length = whole ? count : 2 * count
    if length >= values.count {
      return try coefficients.flattened.fourier(length: length)
        .selecting([.slice(start: nil, stop: count, step: nil)])
    }
  }
  guard Double(values.count) * Double(frequencies.count) <= 2e9 else {
    throw Diagnostic(
      "\(values.count) coefficients at \(frequencies.count) frequencies take more than 10 seconds",
      hint: "ask for fewer frequencies")
  }
  return NDArray(
    try frequencies.mapInChunks(steps: 32 + 2 * values.count) { frequency in
      let step = Complex.unit(angle: -2 * .pi * frequency / sampleRate)
      return values.reversed().reduce(Complex(0, 0)) { $0 * step + $1 }
    })
}
