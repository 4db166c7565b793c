import Compute
import Interpreter

/// NumPy's products of two arrays: convolution, dot and outer product.
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
