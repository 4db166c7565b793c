import Messages

extension NDArray {
  /// The function of every value; floats keep their type, and everything else becomes float32, as
  /// in PyTorch. relu keeps integers, all bits of them, and refuses booleans.
  package static func applying(
    _ activation: Activation, _ input: NDArray
  ) throws(Diagnostic) -> NDArray {
    if activation == .relu, input.type.isInteger {
      return try .binary(.maximum, .array(input), .int(0))
    }
    guard activation != .relu || input.type != .bool else {
      throw Diagnostic("relu of booleans has no meaning", hint: "use x.float()")
    }
    let values =
      try input.type == .float64
      ? input.elements.accept(ActivationValues<Double>(activation: activation))
      : input.elements.accept(ActivationValues<Float>(activation: activation))
    return NDArray(shape: input.shape, elements: values)
  }

  /// The gradient of ``applying(_:_:)``.
  ///
  /// - Parameters:
  ///   - gradient: of the function's result.
  ///   - input: of the function.
  ///   - output: its result.
  package static func gradient(
    of activation: Activation, _ gradient: NDArray, input: NDArray, output: NDArray
  ) throws(Diagnostic) -> NDArray {
    try check(gradient, is: output.shape)
    try check(input, is: output.shape)
    let (dy, x, y) = (try gradient.doubles, try input.doubles, try output.doubles)
    return try NDArray(
      shape: output.shape,
      values: [Double](computing: dy.count, steps: 32) {
        activation.gradient(dy[$0], x: x[$0], y: y[$0])
      }
    ).asType(output.type)
  }
}

/// Computed in float64 and rounded once.
private struct ActivationValues<Result: ArrayElement>: ElementVisitor {
  var activation: Activation

  func visit<T: ArrayElement>(_ values: [T]) throws(Diagnostic) -> NDArray.Elements {
    Result.elements(
      try values.withUnsafeBufferPointer { (source) throws(Diagnostic) in
        try [Result](filling: values.count, steps: 16) { target, range in
          let y = activation.values(range.map { source[$0].asDouble })
          for (offset, index) in range.enumerated() {
            (target + index).initialize(to: Result(casting: y[offset]))
          }
        }
      })
  }
}

extension Activation {
  /// By the functions of arrays, which are fixed sequences, so that every device has the same bits;
  /// erf is the system's.
  fileprivate func values(_ x: [Double]) -> [Double] {
    let kernels = ArrayKernels.chosen
    switch self {
    case .tanh: return kernels.short(.tanh, x)
    case .sigmoid: return kernels.short(.exp, x.map { -$0 }).map { 1 / (1 + $0) }
    case .silu: return zip(x, kernels.short(.exp, x.map { -$0 })).map { $0 / (1 + $1) }
    case .elu(let alpha):
      return zip(x, kernels.short(.expm1, x)).map { $0 > 0 ? $0 : $1 * alpha }
    case .gelu(.tanh):
      let t = kernels.short(.tanh, x.map { Double.geluArgument($0) })
      return zip(x, t).map { 0.5 * $0 * (1 + $1) }
    case .relu, .leakyReLU, .gelu(.none): return x.map { self($0) }
    }
  }
}
