import Glibc

/// exp, log, sin and the like as fixed sequences of IEEE operations, so that what feeds training has
/// the same bits on every machine; a system's mathematical library promises no such thing.
///
/// docs/arithmetic.md tells how far they may be off, and scripts/coefficients.py where the
/// coefficients come from. CKernels computes 16 of them at a time.
package enum Elementary {
  // MARK: Double

  /// Within 1 ulp; 0 where the result would be below the normal numbers.
  package static func exp(_ x: Double) -> Double {
    guard x >= -708 else { return x.isNaN ? x : 0 }
    guard x <= 709 else { return .infinity }
    let n = (0x1.8p52).addingProduct(x, 0x1.71547652b82fep0) - 0x1.8p52
    let r = x.addingProduct(n, -0x1.62e42fefa38p-1).addingProduct(n, -0x1.ef35793c7673p-45)
    let p = sum(
      r,
      over: [
        6_227_020_800, 479_001_600, 39_916_800, 3_628_800, 362_880, 40_320, 5040, 720, 120, 24, 6,
        2, 1,
        1,
      ])
    return p * Double(sign: .plus, exponent: Int(n), significand: 1)
  }

  /// Within 0.54 ulp, so nearly always the nearest number.
  ///
  /// - Precondition: `x` is positive and normal, or inf or nan.
  package static func log(_ x: Double) -> Double {
    guard x < .infinity else { return x }
    let k = (Int64(bitPattern: x.bitPattern) - 0x3fe6_a09e_667f_3bcd) >> 52
    let m = Double(bitPattern: UInt64(bitPattern: Int64(bitPattern: x.bitPattern) - k << 52))
    // log m = 2 artanh s, with s = (m - 1) / (m + 1) to twice the precision.
    let f = m - 1
    let t = f + 2
    let s = f / t
    let low = f.addingProduct(-s, t).addingProduct(-s, f - (t - 2)) / t
    let z = s * s
    let p = z * sum(z, over: [11.5, 10.5, 9.5, 8.5, 7.5, 6.5, 5.5, 4.5, 3.5, 2.5, 1.5])
    // k ln 2, with ln 2 in two parts; the multiples of the first one are exact.
    let whole = Double(k)
    let big = whole * 0x1.62e42fefa38p-1
    let high = big + 2 * s
    let lost = 2 * s - (high - big)
    return high + (lost + (2 * low + s * p).addingProduct(whole, 0x1.ef35793c7673p-45))
  }

  /// Within 0.6 ulp below 2 to the 20th; beyond, the system's.
  package static func sin(_ x: Double) -> Double {
    guard abs(x) < 0x1p20 else { return Glibc.sin(x) }
    // The sum below would turn -0 into 0.
    guard x != 0 else { return x }
    // x = n π/2 + r + low, with π/2 in two parts; the first difference is exact.
    let n = (0x1.8p52).addingProduct(x, 0x1.45f306dc9c883p-1) - 0x1.8p52
    let first = x.addingProduct(n, -0x1.921fb54442d18p0)
    let correction = n * 0x1.1a62633145c07p-54
    let r = first - correction
    let low = (first - r) - correction
    let z = r * r
    let isOdd = Int(n) & 1 == 1
    let value: Double
    if isOdd {
      let p = sum(
        z,
        over: [
          20_922_789_888_000, -87_178_291_200, 479_001_600, -3_628_800, 40_320, -720, 24,
        ])
      let half = 0.5 * z
      let start = 1 - half
      let rest = (z * z * p).addingProduct(-r, low)
      value = start + (((1 - start) - half) + rest)
    } else {
      let p = sum(
        z,
        over: [
          355_687_428_096_000, -1_307_674_368_000, 6_227_020_800, -39_916_800, 362_880, -5040, 120,
          -6,
        ])
      value = r + (low * (1 - 0.5 * z)).addingProduct(r * z, p)
    }
    return Int(n) & 2 == 2 ? -value : value
  }

  /// x to the power y.
  ///
  /// - Precondition: `x` is positive and normal.
  package static func power(_ x: Double, _ y: Double) -> Double { exp(y * log(x)) }

  /// x to the power n, by repeated squaring.
  ///
  /// - Precondition: `n` is not negative.
  package static func power(_ x: Double, _ n: Int) -> Double {
    var (result, square, rest) = (1.0, x, n)
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }

  // MARK: Float

  package static func exp(_ x: Float) -> Float {
    guard x >= -0x1.5d58ap6 else { return x.isNaN ? x : 0 }
    guard x <= 0x1.62e42ep6 else { return .infinity }
    let n = (0x1.8p23 as Float).addingProduct(x, 0x1.715476p0) - 0x1.8p23
    let r = x.addingProduct(n, -0x1.62e4p-1).addingProduct(n, -0x1.7f7d1cp-20)
    let p = sum(r, over: [5040, 720, 120, 24, 6, 2, 1, 1])
    // In two factors, since 2 to the 128th is not a float.
    let half = Int(n) >> 1
    return p * Float(sign: .plus, exponent: half, significand: 1)
      * Float(sign: .plus, exponent: Int(n) - half, significand: 1)
  }

  package static func expm1(_ x: Float) -> Float {
    guard abs(x) < 0.5 else { return exp(x) - 1 }
    let p = sum(x, over: [40320, 5040, 720, 120, 24, 6, 2])
    return x.addingProduct(x * x, p)
  }

  package static func tanh(_ x: Float) -> Float {
    let size = abs(x)
    if size >= 0.625 {
      return Float(signOf: x, magnitudeOf: 1 - 2 / (exp(size + size) + 1))
    }
    let z = x * x
    let p = polynomial(
      z, [-0.0057170256, 0.02065057, -0.053743493, 0.13331491, -0.33333284])
    return Float(signOf: x, magnitudeOf: size.addingProduct(size * z, p))
  }

  package static func erf(_ x: Float) -> Float {
    let size = abs(x)
    if size >= 1 {
      // Beyond 4 it is 1.
      let a = size > 4 ? 4 : size
      let q = polynomial(
        a,
        [
          -1.35421715e-05, 0.000346205, -0.0037388185, 0.023968669, -0.1064803, -0.6350018,
          -1.128686,
        ])
      return Float(signOf: x, magnitudeOf: 1 - exp(q * a))
    }
    let p = polynomial(
      x * x,
      [
        7.8891026e-05, -0.00080208364, 0.0051895347, -0.026854444, 0.112836, -0.37612626,
        0.12837917,
      ])
    return x.addingProduct(x, p)
  }

  /// A polynomial by Horner's rule, from the highest power to the constant.
  private static func polynomial(_ x: Float, _ coefficients: [Float]) -> Float {
    coefficients.dropFirst().reduce(coefficients[0]) { $1.addingProduct($0, x) }
  }

  /// The polynomial whose coefficients are 1 over these numbers.
  private static func sum<T: BinaryFloatingPoint>(_ x: T, over numbers: [T]) -> T {
    numbers.dropFirst().reduce(1 / numbers[0]) { (1 / $1).addingProduct($0, x) }
  }
}
