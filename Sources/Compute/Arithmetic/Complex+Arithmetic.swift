import Glibc

extension Complex {
  package static func + (a: Complex, b: Complex) -> Complex {
    Complex(a.real + b.real, a.imaginary + b.imaginary)
  }

  package static func - (a: Complex, b: Complex) -> Complex {
    Complex(a.real - b.real, a.imaginary - b.imaginary)
  }

  package static func * (a: Complex, b: Complex) -> Complex {
    Complex(
      a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real)
  }

  /// Smith's algorithm: divides by the larger part first, so that nothing overflows early.
  package static func / (a: Complex, b: Complex) -> Complex {
    if abs(b.real) >= abs(b.imaginary) {
      if b.real == 0, b.imaginary == 0 { return Complex(a.real / 0, a.imaginary / 0) }
      let ratio = b.imaginary / b.real
      let scale = 1 / (b.real + b.imaginary * ratio)
      return Complex(
        (a.real + a.imaginary * ratio) * scale, (a.imaginary - a.real * ratio) * scale)
    }
    let ratio = b.real / b.imaginary
    let scale = 1 / (b.imaginary + b.real * ratio)
    return Complex((a.real * ratio + a.imaginary) * scale, (a.imaginary * ratio - a.real) * scale)
  }

  package static prefix func - (a: Complex) -> Complex { Complex(-a.real, -a.imaginary) }

  package var magnitude: Double { hypot(real, imaginary) }
  /// In radians, from -π to π.
  package var angle: Double { atan2(imaginary, real) }

  /// e to the power of i times the angle.
  package static func unit(angle: Double) -> Complex { Complex(cos(angle), sin(angle)) }

  /// Small whole powers by multiplication, which is exact where it can be; others by logarithms.
  func raised(to power: Complex) -> Complex {
    if power.real == 0, power.imaginary == 0 { return Complex(1, 0) }
    if real == 0, imaginary == 0 {
      return power.real > 0 ? .zero : Complex(.nan, .nan)
    }
    if power.imaginary == 0, power.real.rounded() == power.real, abs(power.real) < 100 {
      var result = Complex(1, 0)
      var base = self
      var exponent = Int(abs(power.real))
      while exponent > 0 {
        if exponent & 1 == 1 { result = result * base }
        base = base * base
        exponent >>= 1
      }
      return power.real < 0 ? Complex(1, 0) / result : result
    }
    let length = log(magnitude)
    let scale = exp(power.real * length - power.imaginary * angle)
    let turn = power.imaginary * length + power.real * angle
    return Complex(scale * cos(turn), scale * sin(turn))
  }
}
