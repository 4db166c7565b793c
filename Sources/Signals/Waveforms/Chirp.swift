import Compute
import Concurrency
import Glibc
import Messages

/// How the frequency of a sweep goes from one to the other; the raw value is SciPy's name.
package enum ChirpMethod: Sendable, CaseIterable {
  case linear, quadratic, logarithmic, hyperbolic

  /// SciPy's names and their abbreviations.
  package init?(name: String) {
    switch name {
    case "linear", "lin", "li": self = .linear
    case "quadratic", "quad", "q": self = .quadratic
    case "logarithmic", "log", "lo": self = .logarithmic
    case "hyperbolic", "hyp": self = .hyperbolic
    default: return nil
    }
  }
}

/// A cosine whose frequency sweeps from `start` Hz at time 0 to `end` Hz at `duration`, as
/// `scipy.signal.chirp`.
///
/// - Parameters:
///   - phase: in degrees.
///   - isVertexAtZero: whether a quadratic sweep is flat at time 0, or at `duration`.
package func chirp(
  _ time: NDArray, from start: Double, to end: Double, duration: Double, method: ChirpMethod,
  phase: Double, isVertexAtZero: Bool
) throws(Diagnostic) -> NDArray {
  guard time.type != .complex128 else { throw Diagnostic("times must be real numbers") }
  let offset = phase * .pi / 180
  func wave(
    steps: Int, _ phase: (Double) -> Double
  ) throws(Diagnostic) -> NDArray {
    try Budget.releasingTemporaries(resultBytes: \.byteCount) { () throws(Diagnostic) in
      let phases = try time.doubles.mapInChunks(steps: steps) { phase($0) + offset }
      return try NDArray.mapping(.cos, NDArray(shape: time.shape, values: phases))
    }
  }
  guard duration != 0 || ![.linear, .quadratic].contains(method) else {
    throw Diagnostic("t1 must not be 0: the sweep needs time to get to f1")
  }
  switch method {
  case .linear:
    let slope = (end - start) / duration
    return try wave(steps: 1) { 2 * .pi * (start * $0 + 0.5 * slope * $0 * $0) }
  case .quadratic:
    let bend = (end - start) / (duration * duration)
    guard !isVertexAtZero else {
      return try wave(steps: 1) { 2 * .pi * (start * $0 + bend * ($0 * $0 * $0) / 3) }
    }
    let whole = duration * duration * duration
    return try wave(steps: 1) { t in
      let rest = duration - t
      return 2 * .pi * (end * t + bend * (rest * rest * rest - whole) / 3)
    }
  case .logarithmic:
    guard start * end > 0 else {
      throw Diagnostic("a logarithmic sweep needs two frequencies above 0")
    }
    guard start != end else { return try wave(steps: 1) { 2 * .pi * start * $0 } }
    let scale = duration / log(end / start)
    return try wave(steps: 32) {
      2 * .pi * scale * start * (pow(end / start, $0 / duration) - 1)
    }
  case .hyperbolic:
    guard start != 0, end != 0 else {
      throw Diagnostic("a hyperbolic sweep needs frequencies other than 0")
    }
    guard start != end else { return try wave(steps: 1) { 2 * .pi * start * $0 } }
    let pole = -end * duration / (start - end)
    return try wave(steps: 16) { 2 * .pi * (-pole * start) * log(abs(1 - $0 / pole)) }
  }
}
