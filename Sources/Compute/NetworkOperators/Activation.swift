import Glibc

/// What follows a layer, applied to every value; the raw value is PyTorch's name.
package enum Activation: String, Hashable, Sendable, CaseIterable {
  /// max(0, x).
  case relu
  case tanh
  /// 1 / (1 + exp(-x)).
  case sigmoid

  package func callAsFunction(_ x: Double) -> Double {
    switch self {
    // Written so that nan stays nan.
    case .relu: x < 0 ? 0 : x
    case .tanh: Glibc.tanh(x)
    case .sigmoid: 1 / (1 + exp(-x))
    }
  }

  /// The slope where the function has the value `y`. At its corner relu's is 0, as in PyTorch.
  package func slope(at y: Double) -> Double {
    switch self {
    case .relu: y > 0 ? 1 : 0
    case .tanh: 1 - y * y
    case .sigmoid: y * (1 - y)
    }
  }
}

extension NDArray {
  /// The function of every value; floats keep their type, and everything else becomes float32, as
  /// in PyTorch. relu keeps integers, all bits of them, and refuses booleans.
  package static func applying(
    _ activation: Activation, _ input: NDArray
  ) throws(ArrayError) -> NDArray {
    if activation == .relu, input.type.isInteger {
      return try .binary(.maximum, .array(input), .int(0))
    }
    guard activation != .relu || input.type != .bool else {
      throw ArrayError("relu of booleans has no meaning", mend: "use x.float()")
    }
    return NDArray(shape: input.shape, values: input.doubles.map { activation($0) })
      .asType(input.type.isFloat ? input.type : .float32)
  }

  /// The gradient of ``applying(_:_:)``.
  ///
  /// - Parameters:
  ///   - gradient: of the function's result.
  ///   - output: that result.
  package static func gradient(
    of activation: Activation, _ gradient: NDArray, output: NDArray
  ) throws(ArrayError) -> NDArray {
    try check(gradient, is: output.shape)
    return NDArray(
      shape: output.shape,
      values: zip(gradient.doubles, output.doubles).map { $0 * activation.slope(at: $1) }
    ).asType(output.type)
  }
}
