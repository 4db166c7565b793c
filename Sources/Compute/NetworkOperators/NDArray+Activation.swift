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
      try values.mapInChunks(steps: 16) { Result(casting: activation($0.asDouble)) })
  }
}
