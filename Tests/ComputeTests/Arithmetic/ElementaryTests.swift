import Compute
import Glibc
import Testing

@Suite("Elementary functions")
struct ElementaryTests {
  @Test("Double: within 1 ulp of the true values, which the system's library has")
  func doubles() {
    var worst = (exp: 0.0, log: 0.0, power: 0.0, sin: 0.0)
    for index in -7000...7000 {
      let x = Double(index) / 10 + Double(index) * 1e-7
      worst.exp = max(worst.exp, ulps(Elementary.exp(x), Glibc.exp(x)))
      worst.sin = max(worst.sin, ulps(Elementary.sin(x), Glibc.sin(x)))
      worst.sin = max(worst.sin, ulps(Elementary.sin(x * 1000), Glibc.sin(x * 1000)))
      let positive = Glibc.exp(x)
      worst.log = max(worst.log, ulps(Elementary.log(positive), Glibc.log(positive)))
      let near = 1 + Double(index) / 20000
      worst.log = max(worst.log, ulps(Elementary.log(near), Glibc.log(near)))
      worst.power = max(
        worst.power,
        ulps(Elementary.power(1.1, abs(index) % 60), Glibc.pow(1.1, Double(abs(index) % 60))))
    }
    #expect(worst.exp <= 1.5 && worst.log <= 2 && worst.power <= 8 && worst.sin <= 1, "\(worst)")
    #expect(Elementary.exp(-Double.infinity) == 0)
    #expect(Elementary.exp(Double.infinity) == Double.infinity)
    #expect(Elementary.exp(Double.nan).isNaN && Elementary.log(Double.nan).isNaN)
    #expect(Elementary.sin(-0.0).sign == .minus && Elementary.sin(.infinity).isNaN)
    #expect(Elementary.log(1) == 0 && Elementary.exp(0.0) == 1)
    #expect(Elementary.log(.infinity) == .infinity)
  }

  @Test("Float: as docs/arithmetic.md says")
  func floats() {
    var worst = (exp: 0.0, expm1: 0.0, tanh: 0.0, erf: 0.0)
    for index in -8700...8700 {
      let x = Float(index) / 100 + Float(index) * 1e-5
      worst.exp = max(worst.exp, ulps(Elementary.exp(x), Glibc.exp(Double(x))))
      let small = x / 20
      worst.expm1 = max(worst.expm1, ulps(Elementary.expm1(small), Glibc.expm1(Double(small))))
      worst.tanh = max(worst.tanh, ulps(Elementary.tanh(small), Glibc.tanh(Double(small))))
      worst.erf = max(worst.erf, ulps(Elementary.erf(small), Glibc.erf(Double(small))))
    }
    #expect(
      worst.exp <= 1.5 && worst.expm1 <= 2.5 && worst.tanh <= 2.5 && worst.erf <= 2.5, "\(worst)")
    #expect(Elementary.exp(Float(89)) == .infinity && Elementary.exp(Float(-88)) == 0)
    #expect(Elementary.tanh(Float.infinity) == 1 && Elementary.tanh(-Float.infinity) == -1)
    #expect(Elementary.erf(Float.infinity) == 1 && Elementary.erf(Float.nan).isNaN)
    #expect(Elementary.tanh(Float(-0.0)).sign == .minus)
  }

  /// The distance in units of the last place of `expected`.
  private func ulps(_ value: Double, _ expected: Double) -> Double {
    abs(value - expected) / expected.ulp
  }

  private func ulps(_ value: Float, _ expected: Double) -> Double {
    abs(Double(value) - expected) / Double(Float(expected).ulp)
  }
}
