import Compute
import Interpreter

/// NumPy's products of two arrays: convolution, correlation, dot, matrix and outer product.
extension Builtins {
  static let arrayProducts: [Builtin] =
    [
      Builtin(
        "np.convolve",
        [
          Parameter("a", note: "N samples"), Parameter("v", note: "M samples"),
          Parameter("mode", default: .string("full"), note: "'full', 'same' or 'valid'"),
        ],
        """
        The convolution y[n] = sum of a[n - m] * v[m] over m. "full" gives all N + M - 1 samples, \
        "same" the middle max(N, M), "valid" those where both overlap completely: N - M + 1.
        """
      ) { call in
        .array(
          try NDArray.convolve(
            call.arguments.array("a"), call.arguments.array("v"),
            mode: call.arguments.option("mode", ConvolutionMode.self)))
      },
      Builtin(
        "np.correlate",
        [
          Parameter("a", note: "N samples"), Parameter("v", note: "M samples"),
          Parameter("mode", default: .string("valid"), note: "'full', 'same' or 'valid'"),
        ],
        """
        The correlation c[k] = sum of a[n + k] * v[n] over n: how alike the two are at each shift. "full" \
        begins with the shift -(M - 1).
        """
      ) { call in
        let arguments = call.arguments
        let (a, v) = try (arguments.array("a"), arguments.array("v"))
        let mode = try arguments.option("mode", ConvolutionMode.self)
        guard v.count > a.count else { return .array(try correlated(a, v, mode: mode)) }
        return .array(try correlated(v, a, mode: mode).flipped().conjugate())
      },
      Builtin(
        "np.matmul", [Parameter("x1"), Parameter("x2")],
        "The product of vectors and matrices: np.matmul(a, b) is a @ b."
      ) { call in
        func array(_ name: String) throws -> Value { .array(try call.arguments.array(name)) }
        return try MatrixProducts.apply(array("x1"), array("x2"))
      },
      Builtin(
        "np.outer", [Parameter("a"), Parameter("b")], "Every element of a times every element of b."
      ) { call in
        let (a, b) = try (call.arguments.array("a"), call.arguments.array("b"))
        return .array(
          try .binary(.multiply, .array(a.reshaped([-1, 1])), .array(b.reshaped([1, -1]))))
      },
    ]
    + functionAndMethod(
      "dot", [Parameter("a"), Parameter("b")],
      "The sum of the products of two signals, or the product of matrices."
    ) { call in
      .array(try NDArray.dot(call.arguments.array("a"), call.arguments.array("b")))
    }
}
