import Compute
import Glibc
import Messages

/// A taper for filter design and spectra, by SciPy's names.
package enum Window: Hashable, Sendable {
  case boxcar, hann, hamming, blackman
  /// Kaiser's window; the larger `beta`, the lower and the farther away its side lobes.
  case kaiser(beta: Double)

  /// The names of the windows that need no parameter, as cells write them.
  package static let names = ["boxcar", "hann", "hamming", "blackman"]

  /// The window of this name, or of one of SciPy's other names for it; nil when there is none. Kaiser's needs its beta besides.
  package init?(name: String) {
    switch name {
    case "boxcar", "box", "ones", "rect", "rectangular": self = .boxcar
    case "hann", "han": self = .hann
    case "hamming", "hamm", "ham": self = .hamming
    case "blackman", "black", "blk": self = .blackman
    default: return nil
    }
  }

  /// `count` values, symmetric about the middle, as `scipy.signal.get_window(…, fftbins=False)`.
  ///
  /// - Parameter isPeriodic: leave out the last of `count + 1` symmetric values, for spectra.
  /// - Precondition: the count is not negative.
  package func values(
    _ count: Int, isPeriodic: Bool = false
  ) throws(Diagnostic) -> [Double] {
    guard count > 1 else { return try [Double](filled: 1, count: count) }
    let symmetricCount = isPeriodic ? count + 1 : count
    switch self {
    case .boxcar: return try [Double](filled: 1, count: count)
    case .hann: return try Window.cosines([0.5, 0.5], count, of: symmetricCount)
    case .hamming: return try Window.cosines([0.54, 0.46], count, of: symmetricCount)
    case .blackman: return try Window.cosines([0.42, 0.50, 0.08], count, of: symmetricCount)
    case .kaiser(let beta):
      let middle = Double(symmetricCount - 1) / 2
      let peak = besselI0(beta)
      // The series of the Bessel function has about beta terms.
      let steps = 8 * (16 + (beta.isNaN ? 0 : Int(min(abs(beta), 1000))))
      return try [Double](computing: count, steps: steps) { index in
        let position = (Double(index) - middle) / middle
        return besselI0(beta * max(0, 1 - position * position).squareRoot()) / peak
      }
    }
  }

  /// The first `count` of `symmetricCount` values Σ a[k] cos(k φ), with φ from -π to π.
  private static func cosines(
    _ weights: [Double], _ count: Int, of symmetricCount: Int
  ) throws(Diagnostic) -> [Double] {
    let step = 2 * Double.pi / Double(symmetricCount - 1)
    return try [Double](computing: count, steps: 64) { index in
      let angle = index == symmetricCount - 1 ? Double.pi : Double(index) * step - .pi
      return weights.enumerated().reduce(0) { $0 + $1.element * cos(Double($1.offset) * angle) }
    }
  }
}

/// The modified Bessel function of the first kind and order 0 by its power series,
/// Σ ((x/2)^k / k!)². All terms are positive, so nothing cancels; about x terms are needed.
func besselI0(_ x: Double) -> Double {
  // Beyond 713 the value exceeds every float.
  guard abs(x) <= 713 else { return x.isNaN ? .nan : .infinity }
  let quarter = x * x / 4
  var term = 1.0
  var sum = 1.0
  var index = 1.0
  while term > sum * 1e-17 {
    term *= quarter / (index * index)
    sum += term
    index += 1
  }
  return sum
}
