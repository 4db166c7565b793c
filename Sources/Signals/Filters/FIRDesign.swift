import Compute
import Concurrency
import Glibc
import Messages

/// Which frequencies a filter lets through.
package enum PassBand: Hashable, Sendable {
  /// Whether frequency 0 passes; the bands alternate at each cut-off from there.
  case zero(Bool)
  case lowpass, highpass, bandpass, bandstop

  /// The kind of this name, as SciPy's `pass_zero` takes it; nil when there is none.
  package init?(name: String) {
    switch name {
    case "lowpass": self = .lowpass
    case "highpass": self = .highpass
    case "bandpass": self = .bandpass
    case "bandstop": self = .bandstop
    default: return nil
    }
  }
}

/// A filter of finite length by the window method, as `scipy.signal.firwin`: the ideal filter's
/// infinite response, a sum of sinc functions, cut to `taps` values and tapered by a window.
///
/// - Parameters:
///   - taps: the length of the filter, at least 1.
///   - cutoff: where the gain is half, in the unit of `sampleRate`, ascending, between 0 and half
///     the sampling rate.
///   - scale: make the gain at the middle of the first band that passes exactly 1.
///   - sampleRate: in Hz; nil takes half the sampling rate as 1.
/// - Returns: `taps` values, symmetric; they delay a signal by (taps - 1) / 2 samples.
/// - Throws: for cut-offs out of range or out of order, and for an even number of taps where half
///   the sampling rate should pass: there an even, symmetric filter has no gain.
package func firwin(
  _ taps: Int, cutoff: [Double], window: Window = .hamming, pass: PassBand = .zero(true),
  scale: Bool = true, sampleRate: Double? = nil
) throws(Diagnostic) -> [Double] {
  guard taps >= 1 else { throw Diagnostic("a filter needs at least 1 tap, not \(taps)") }
  guard Double(taps) * Double(cutoff.count) <= 4e6 else {
    throw Diagnostic(
      "\(taps) taps with \(cutoff.count) cut-offs are too many; 4000000 taps for each are allowed")
  }
  let nyquist = (sampleRate ?? 2) / 2
  guard nyquist > 0, nyquist.isFinite else {
    throw Diagnostic("the sampling rate must be a positive number, not \(nyquist * 2)")
  }
  try check(cutoff: cutoff, sampleRate: sampleRate)
  let passesZero = try pass.passesZero(cutoffCount: cutoff.count)
  let passesNyquist = (cutoff.count % 2 == 1) != passesZero
  guard !passesNyquist || taps % 2 == 1 else {
    throw Diagnostic(
      "a filter with an even number of taps cannot let half the sampling rate pass, as this one "
        + "should", hint: "use \(taps + 1) taps")
  }
  let edges =
    (passesZero ? [0] : []) + cutoff.map { $0 / nyquist } + (passesNyquist ? [1] : [])
  let bands = stride(from: 0, to: edges.count, by: 2).map { (edges[$0], edges[$0 + 1]) }
  let middle = Double(taps - 1) / 2
  let taper = try window.values(taps)
  let kernel = try [Double](computing: taps, steps: 64 * bands.count) { index in
    let position = Double(index) - middle
    var value = 0.0
    for (left, right) in bands {
      value += right * sinc(right * position) - left * sinc(left * position)
    }
    return value * taper[index]
  }
  guard scale else { return kernel }
  let (left, right) = bands[0]
  let frequency = left == 0 ? 0 : right == 1 ? 1 : (left + right) / 2
  var gain = 0.0
  try Budget.forEachChunk(of: taps, steps: 32) { range in
    for index in range {
      gain += kernel[index] * cos(.pi * (Double(index) - middle) * frequency)
    }
  }
  return try kernel.mapInChunks { $0 / gain }
}

private func check(cutoff: [Double], sampleRate: Double?) throws(Diagnostic) {
  let nyquist = (sampleRate ?? 2) / 2
  guard !cutoff.isEmpty else { throw Diagnostic("a filter needs at least one cut-off frequency") }
  guard cutoff.allSatisfy({ $0 > 0 && $0 < nyquist }) else {
    throw Diagnostic(
      sampleRate == nil
        ? "without a sampling rate a cut-off frequency must be greater than 0 and less than 1"
        : "a cut-off frequency must be greater than 0 and less than half the sampling rate, "
          + "\(nyquist) Hz",
      hint: sampleRate == nil ? "pass the sampling rate as fs= when cut-offs are in Hz" : nil)
  }
  guard zip(cutoff, cutoff.dropFirst()).allSatisfy({ $0 < $1 }) else {
    throw Diagnostic("cut-off frequencies must ascend")
  }
}

private func sinc(_ x: Double) -> Double { ElementFunction.sinc(x) }

extension PassBand {
  fileprivate func passesZero(cutoffCount: Int) throws(Diagnostic) -> Bool {
    switch self {
    case .zero(let passes): return passes
    case .lowpass, .highpass:
      guard cutoffCount == 1 else {
        throw Diagnostic("a \(self) filter takes one cut-off frequency, not \(cutoffCount)")
      }
      return self == .lowpass
    case .bandpass, .bandstop:
      guard cutoffCount >= 2 else {
        throw Diagnostic("a \(self) filter takes at least two cut-off frequencies, not 1")
      }
      return self == .bandstop
    }
  }
}
