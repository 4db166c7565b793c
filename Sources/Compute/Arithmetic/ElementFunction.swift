import Glibc
import Messages

/// A function of one real number, applied to every element; the raw value is NumPy's name.
package enum ElementFunction: String, Sendable, CaseIterable {
  case sqrt, exp, expm1, log, log1p, log2, log10
  case sin, cos, tan, arcsin, arccos, arctan, sinh, cosh, tanh
  case sinc, radians, degrees, square, reciprocal

  /// The function itself, by the system's library, which may differ by an ulp from arrays' own.
  /// Outside of its domain it gives nan or inf, as NumPy does.
  package func callAsFunction(_ x: Double) -> Double {
    switch self {
    case .sqrt: x.squareRoot()
    case .exp: Glibc.exp(x)
    case .expm1: Glibc.expm1(x)
    case .log: Glibc.log(x)
    case .log1p: Glibc.log1p(x)
    case .log2: Glibc.log2(x)
    case .log10: Glibc.log10(x)
    case .sin: Glibc.sin(x)
    case .cos: Glibc.cos(x)
    case .tan: Glibc.tan(x)
    case .arcsin: Glibc.asin(x)
    case .arccos: Glibc.acos(x)
    case .arctan: Glibc.atan(x)
    case .sinh: Glibc.sinh(x)
    case .cosh: Glibc.cosh(x)
    case .tanh: Glibc.tanh(x)
    case .sinc: x == 0 ? 1 : Glibc.sin(.pi * x) / (.pi * x)
    case .radians: x * (.pi / 180)
    case .degrees: x * (180 / .pi)
    case .square: x * x
    case .reciprocal: 1 / x
    }
  }
}

extension NDArray {
  /// The function of every element. float32 stays float32, int16 gives float32 and larger
  /// integers float64, as in NumPy.
  ///
  /// - Throws: for bool and uint8, whose result would be float16, and for complex numbers.
  package static func mapping(
    _ function: ElementFunction, _ array: NDArray
  ) throws(Diagnostic) -> NDArray {
    // NumPy's square and reciprocal keep integers, whose quotient is rounded.
    if function == .square {
      // As a power, floats are read once.
      return try array.type.isFloat
        ? binary(.power, .array(array), .int(2))
        : binary(.multiply, .array(array), .array(array))
    }
    if function == .reciprocal, array.type.isInteger {
      // Cut towards 0, where division of integers rounds down.
      return try binary(
        .multiply, .array(try binary(.equal, .array(try unary(.absolute, array)), .int(1))),
        .array(array))
    }
    // NumPy's sinc computes whole numbers in float64, whatever their size.
    let array =
      function == .sinc && !array.type.isFloat && array.type != .complex128
      ? try array.asType(.float64) : array
    switch try array.type.floating(for: "np.\(function.rawValue)") {
    case .complex128:
      throw Diagnostic(
        "np.\(function.rawValue) works on real numbers here, not on complex ones",
        hint: "take np.abs, np.real, np.imag or np.angle of it first")
    case .float32:
      // Computed in float64 and rounded once, which is never worse than in float32.
      return try .releasingTemporaries { () throws(Diagnostic) in
        NDArray(
          shape: array.shape,
          values: try ArrayKernels.chosen.values(of: function, array.values(as: Float.self)))
      }
    default:
      return try .releasingTemporaries { () throws(Diagnostic) in
        NDArray(
          shape: array.shape,
          values: try ArrayKernels.chosen.values(of: function, array.values(as: Double.self)))
      }
    }
  }
}
