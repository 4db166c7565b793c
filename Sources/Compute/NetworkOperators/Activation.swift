import Glibc

/// A function of one number that follows a layer, applied to every value.
///
/// Another one is added here and in Activation+Names.swift: layers, training, `nn.` and `F.`
/// follow.
package enum Activation: Hashable, Sendable {
  /// max(0, x).
  case relu
  case tanh
  /// 1 / (1 + exp(-x)).
  case sigmoid
  /// x · Φ(x), with Φ the distribution function of the normal distribution.
  case gelu(approximation: GELUApproximation = .none)
  /// x where it is positive, else a small part of it.
  case leakyReLU(negativeSlope: Double = 0.01)
  /// x where it is positive, else alpha · (exp(x) - 1).
  case elu(alpha: Double = 1)
  /// x · sigmoid(x).
  case silu

  package enum GELUApproximation: String, Hashable, Sendable, CaseIterable {
    case none
    /// Φ(x) as (1 + tanh(√(2/π) · (x + 0.044715 x³))) / 2.
    case tanh
  }

  @inline(__always)
  package func callAsFunction(_ x: Double) -> Double { value(x) }

  /// The gradient with respect to `x`, given the one with respect to `y`, the function's value at
  /// `x`. At relu's corner it is 0, as in PyTorch.
  package func gradient(_ dy: Double, x: Double, y: Double) -> Double {
    derivative(dy, x: x, y: y)
  }

  private func value<T: ElementaryFloat>(_ x: T) -> T {
    switch self {
    // Written so that nan stays nan.
    case .relu: return x < 0 ? 0 : x
    case .tanh: return T.tanh(x)
    case .sigmoid: return 1 / (1 + T.exp(-x))
    case .gelu(.none): return x * T.normalDistribution(x)
    case .gelu(.tanh): return 0.5 * x * (1 + T.tanh(T.geluArgument(x)))
    case .leakyReLU(let slope): return x > 0 ? x : x * T(slope)
    case .elu(let alpha): return x > 0 ? x : T.expm1(x) * T(alpha)
    case .silu: return x / (1 + T.exp(-x))
    }
  }

  private func derivative<T: ElementaryFloat>(_ dy: T, x: T, y: T) -> T {
    switch self {
    case .relu: return y <= 0 ? 0 : dy
    case .tanh: return dy * (1 - y * y)
    case .sigmoid: return dy * (y * (1 - y))
    case .gelu(.none):
      let density = T.exp(-0.5 * x * x) * T((0.5 / Double.pi).squareRoot())
      return dy * (T.normalDistribution(x) + x * density)
    case .gelu(.tanh):
      let t = T.tanh(T.geluArgument(x))
      let slope = T((2 / Double.pi).squareRoot()) * (1 + 0.134145 * x * x)
      return dy * (0.5 * (1 + t) + 0.5 * x * (1 - t * t) * slope)
    case .leakyReLU(let slope): return x > 0 ? dy : dy * T(slope)
    case .elu(let alpha): return x > 0 ? dy : dy * (y + T(alpha))
    case .silu:
      let sigmoid = 1 / (1 + T.exp(-x))
      return dy * (sigmoid * (1 + x * (1 - sigmoid)))
    }
  }
}

// MARK: Floats

extension Activation {
  /// The function as training computes it: docs/arithmetic.md.
  package func callAsFunction(_ x: Float) -> Float { value(x) }

  /// As ``gradient(_:x:y:)``, as training computes it.
  package func gradient(_ dy: Float, x: Float, y: Float) -> Float { derivative(dy, x: x, y: y) }
}

// MARK: Numbers

/// What activations are made of: the system's functions in double, our own in float.
protocol ElementaryFloat: BinaryFloatingPoint, ExpressibleByFloatLiteral {
  static func exp(_ x: Self) -> Self
  static func expm1(_ x: Self) -> Self
  static func tanh(_ x: Self) -> Self
  static func erf(_ x: Self) -> Self
}

extension ElementaryFloat {
  @inline(__always)
  static func normalDistribution(_ x: Self) -> Self {
    0.5 * (1 + erf(x * Self(0.5.squareRoot())))
  }

  @inline(__always)
  static func geluArgument(_ x: Self) -> Self {
    Self((2 / Double.pi).squareRoot()) * (x + 0.044715 * x * x * x)
  }
}

extension Double: ElementaryFloat {
  @inline(__always) static func exp(_ x: Double) -> Double { Glibc.exp(x) }
  @inline(__always) static func expm1(_ x: Double) -> Double { Glibc.expm1(x) }
  @inline(__always) static func tanh(_ x: Double) -> Double { Glibc.tanh(x) }
  @inline(__always) static func erf(_ x: Double) -> Double { Glibc.erf(x) }
}

extension Float: ElementaryFloat {
  static func exp(_ x: Float) -> Float { Elementary.exp(x) }
  static func expm1(_ x: Float) -> Float { Elementary.expm1(x) }
  static func tanh(_ x: Float) -> Float { Elementary.tanh(x) }
  static func erf(_ x: Float) -> Float { Elementary.erf(x) }
}
