import Compute
import Interpreter

/// NumPy's functions of one number, applied to every element.
extension Builtins {
  static let elementFunctions: [Builtin] = summaries.map { function, summary in
    Builtin("np.\(function.rawValue)", [Parameter("x")], summary) { call in
      .array(try NDArray.mapping(function, call.arguments.array("x")))
    }
  }

  private static let summaries: [(ElementFunction, String)] = [
    (.sqrt, "The square root; nan for negative numbers."),
    (.square, "The square: x * x."),
    (.reciprocal, "1 / x; for whole numbers, its whole part."),
    (.exp, "e to the power of x."),
    (.expm1, "exp(x) - 1, accurate for small x."),
    (.log, "The natural logarithm; -inf at 0, nan below."),
    (.log1p, "log(1 + x), accurate for small x."),
    (.log2, "The logarithm to base 2."),
    (.log10, "The logarithm to base 10. 20 * np.log10(x) is x in dB."),
    (.sin, "The sine of an angle in radians; 2 * np.pi is a full turn."),
    (.cos, "The cosine of an angle in radians."),
    (.tan, "The tangent of an angle in radians."),
    (.arcsin, "The angle in radians, from -pi/2 to pi/2, whose sine is x."),
    (.arccos, "The angle in radians, from 0 to pi, whose cosine is x."),
    (.arctan, "The angle in radians, from -pi/2 to pi/2, whose tangent is x."),
    (.sinh, "The hyperbolic sine."),
    (.cosh, "The hyperbolic cosine."),
    (.tanh, "The hyperbolic tangent: an S-shaped curve from -1 to 1."),
    (.sinc, "sin(pi x) / (pi x), which is 1 at 0: the impulse response of the ideal low-pass."),
    (.radians, "Degrees as radians: x * pi / 180."),
    (.degrees, "Radians as degrees: x * 180 / pi."),
  ]
}
