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
    // In place: another array would take longer to allocate than relu to compute.
    var values = input.doubles
    values.withUnsafeMutableBufferPointer { values in
      for index in values.indices { values[index] = activation(values[index]) }
    }
    return NDArray(shape: input.shape, values: values)
      .asType(input.type.isFloat ? input.type : .float32)
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
    let (dy, x, y) = (gradient.doubles, input.doubles, output.doubles)
    return NDArray(
      shape: output.shape,
      values: dy.indices.map { activation.gradient(dy[$0], x: x[$0], y: y[$0]) }
    ).asType(output.type)
  }
}
