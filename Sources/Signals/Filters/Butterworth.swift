import Compute
import Glibc
import Messages

/// Which frequencies a filter lets pass.
package enum FilterBand: Sendable {
  case low(Double)
  case high(Double)
  case band(Double, Double)
  case stop(Double, Double)
}

/// A filter as the places where its response vanishes (zeros) and where it would be infinite (poles), times
/// a gain.
package struct ZerosAndPoles: Sendable {
  package var zeros: [Complex]
  package var poles: [Complex]
  package var gain: Double
}

/// The highest order of a filter: beyond it, its coefficients leave the range of numbers.
package let highestFilterOrder = 200

/// A Butterworth filter, flat in the passband, as `scipy.signal.butter`.
///
/// - Parameter band: frequencies from 0 to 1, half the sampling rate.
package func butterworth(order: Int, _ band: FilterBand) -> ZerosAndPoles {
  // The analogue low-pass with its cut-off at 1: poles on the left half of the unit circle.
  let angles = stride(from: -order + 1, to: order, by: 2).map {
    Double.pi * Double($0) / Double(2 * order)
  }
  let poles = angles.map { -Complex.unit(angle: $0) }
  // The bilinear transform bends the frequencies; these are bent the other way before it.
  func warped(_ frequency: Double) -> Double { 4 * tan(Double.pi * frequency / 2) }
  switch band {
  case .low(let cutoff):
    return lowPass(poles, warped(cutoff)).sampled
  case .high(let cutoff):
    return highPass(poles, warped(cutoff)).sampled
  case .band(let low, let high):
    return bandPass(poles, warped(low), warped(high)).sampled
  case .stop(let low, let high):
    return bandStop(poles, warped(low), warped(high)).sampled
  }
}

private func lowPass(_ poles: [Complex], _ cutoff: Double) -> ZerosAndPoles {
  ZerosAndPoles(
    zeros: [], poles: poles.map { $0 * Complex(cutoff, 0) },
    gain: pow(cutoff, Double(poles.count)))
}

private func highPass(_ poles: [Complex], _ cutoff: Double) -> ZerosAndPoles {
  ZerosAndPoles(
    zeros: [Complex](repeating: .zero, count: poles.count),
    poles: poles.map { Complex(cutoff, 0) / $0 },
    gain: (Complex(1, 0) / product(poles.map { -$0 })).real)
}

private func bandPass(_ poles: [Complex], _ low: Double, _ high: Double) -> ZerosAndPoles {
  let (width, middle) = (high - low, (low * high).squareRoot())
  return ZerosAndPoles(
    zeros: [Complex](repeating: .zero, count: poles.count),
    poles: split(poles.map { $0 * Complex(width / 2, 0) }, around: middle),
    gain: pow(width, Double(poles.count)))
}

private func bandStop(_ poles: [Complex], _ low: Double, _ high: Double) -> ZerosAndPoles {
  let (width, middle) = (high - low, (low * high).squareRoot())
  return ZerosAndPoles(
    zeros: [Complex](repeating: Complex(0, middle), count: poles.count)
      + [Complex](repeating: Complex(0, -middle), count: poles.count),
    poles: split(poles.map { Complex(width / 2, 0) / $0 }, around: middle),
    gain: (Complex(1, 0) / product(poles.map { -$0 })).real)
}

/// Each pole becomes two, on both sides of the middle.
private func split(_ poles: [Complex], around middle: Double) -> [Complex] {
  let roots = poles.map { ($0 * $0 - Complex(middle * middle, 0)).squareRoot }
  return zip(poles, roots).map { $0 + $1 } + zip(poles, roots).map { $0 - $1 }
}

private func product(_ numbers: [Complex]) -> Complex { numbers.reduce(Complex(1, 0)) { $0 * $1 } }

extension ZerosAndPoles {
  /// The analogue filter on samples, by the bilinear transform.
  fileprivate var sampled: ZerosAndPoles {
    let rate = Complex(4, 0)
    let gain =
      gain * (product(zeros.map { rate - $0 }) / product(poles.map { rate - $0 })).real
    return ZerosAndPoles(
      zeros: zeros.map { (rate + $0) / (rate - $0) }
        + [Complex](repeating: Complex(-1, 0), count: poles.count - zeros.count),
      poles: poles.map { (rate + $0) / (rate - $0) }, gain: gain)
  }

  /// The coefficients of numerator and denominator, as `scipy.signal.zpk2tf`.
  package var coefficients: (b: [Double], a: [Double]) {
    (ZerosAndPoles.polynomial(zeros).map { gain * $0 }, ZerosAndPoles.polynomial(poles))
  }

  /// The real coefficients of the polynomial with these roots.
  private static func polynomial(_ roots: [Complex]) -> [Double] {
    var coefficients = [Complex(1, 0)]
    for root in roots {
      coefficients.append(.zero)
      for index in coefficients.indices.dropFirst().reversed() {
        coefficients[index] = coefficients[index] - root * coefficients[index - 1]
      }
    }
    return coefficients.map(\.real)
  }

  /// Sections of order 2, as `scipy.signal.zpk2sos`: rows of six coefficients. Each takes the poles that
  /// are nearest to the unit circle of those that are left, from the last section to the first, and the
  /// zeros next to these.
  package var sections: [[Double]] {
    guard !zeros.isEmpty || !poles.isEmpty else { return [[gain, 0, 0, 1, 0, 0]] }
    let count = max(zeros.count, poles.count)
    let padded = count + count % 2
    func filled(_ roots: [Complex]) -> [Complex] {
      halved(roots + [Complex](repeating: .zero, count: padded - roots.count))
    }
    var (zeros, poles) = (filled(zeros), filled(poles))
    var rows: [[Double]] = []
    while !poles.isEmpty {
      let pole = poles.remove(at: worst(poles, among: poles.indices))
      let isReal = pole.imaginary == 0
      let realPoles = poles.indices.filter { poles[$0].imaginary == 0 }
      if isReal, realPoles.isEmpty {
        let zero = taken(from: &zeros, nearestTo: pole, isReal: true)
        rows.append(section([zero, .zero], [pole, .zero]))
        continue
      }
      if poles.count + 1 == zeros.count, !isReal, realPoles.count == 1,
        zeros.count(where: { $0.imaginary == 0 }) == 1
      {
        let zero = taken(from: &zeros, nearestTo: pole, isReal: false)
        rows.append(section([zero, zero.conjugate], [pole, pole.conjugate]))
        continue
      }
      let partner = isReal ? poles.remove(at: worst(poles, among: realPoles)) : pole.conjugate
      let zero = taken(from: &zeros, nearestTo: pole)
      let other =
        zero.imaginary != 0
        ? zero.conjugate : taken(from: &zeros, nearestTo: pole, isReal: true)
      rows.append(section([zero, other], [pole, partner]))
    }
    rows.reverse()
    for index in 0..<3 { rows[0][index] *= gain }
    return rows
  }

  private func section(_ zeros: [Complex], _ poles: [Complex]) -> [Double] {
    ZerosAndPoles.polynomial(zeros) + ZerosAndPoles.polynomial(poles)
  }

  /// One of each pair of conjugates, by real part; then the real roots, sorted.
  private func halved(_ roots: [Complex]) -> [Complex] {
    let tolerance = 100 * Double.ulpOfOne
    func isReal(_ root: Complex) -> Bool { abs(root.imaginary) <= tolerance * root.magnitude }
    let real = roots.filter(isReal).map { Complex($0.real, 0) }.sorted { $0.real < $1.real }
    let complex = roots.filter { !isReal($0) }
    // Conjugates that differ by rounding become their mean.
    func side(_ sign: Double) -> [Complex] {
      complex.filter { $0.imaginary * sign > 0 }.sorted { first, second in
        let isEqual = abs(first.real - second.real) <= tolerance * first.magnitude
        return isEqual
          ? abs(first.imaginary) < abs(second.imaginary) : first.real < second.real
      }
    }
    return zip(side(1), side(-1)).map { first, second in
      Complex((first.real + second.real) / 2, (first.imaginary - second.imaginary) / 2)
    } + real
  }

  /// The root nearest to the unit circle.
  private func worst(_ roots: [Complex], among indices: some Collection<Int>) -> Int {
    func distance(_ index: Int) -> Double { abs(1 - roots[index].magnitude) }
    return indices.min { distance($0) < distance($1) } ?? 0
  }

  /// Removes the nearest root; 0 when there is none.
  ///
  /// - Parameter isReal: whether it must be real; nil for any.
  private func taken(
    from roots: inout [Complex], nearestTo other: Complex, isReal: Bool? = nil
  ) -> Complex {
    let suitable = roots.indices.filter { isReal == nil || (roots[$0].imaginary == 0) == isReal }
    let distances = roots.map { ($0 - other).magnitude }
    guard let nearest = suitable.min(by: { distances[$0] < distances[$1] }) else { return .zero }
    return roots.remove(at: nearest)
  }
}

extension Complex {
  fileprivate var conjugate: Complex { Complex(real, -imaginary) }

  /// The root with a real part that is not negative.
  fileprivate var squareRoot: Complex {
    if real == 0, imaginary == 0 { return Complex(0, imaginary) }
    if real >= 0 {
      let part = ((real + magnitude) / 2).squareRoot()
      return Complex(part, imaginary / (2 * part))
    }
    let part = ((-real + magnitude) / 2).squareRoot()
    return Complex(abs(imaginary) / (2 * part), imaginary.sign == .minus ? -part : part)
  }
}
