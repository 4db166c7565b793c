import Concurrency
import Messages

// The convolutions of networks on arrays: `F.conv1d` and `F.conv_transpose1d` with their gradients.
// In float32 the results are sums in the order of docs/arithmetic.md, the gradients of weights are summed
// in float64 and rounded once.

/// What a loss gains when the arguments of a layer grow, in the shapes of these.
package struct LayerGradients: Equatable, Sendable {
  package var input: NDArray
  package var weight: NDArray
  package var bias: NDArray
}

extension NDArray {
  /// As `F.conv1d`: y[n, d, p] = b[d] + Σ w[d, c, k] · x[n, c, p · stride + k · dilation - padding].
  ///
  /// In float32 directly, in the order of docs/arithmetic.md; in float64 directly or through transforms,
  /// whichever costs less.
  ///
  /// - Parameters:
  ///   - input: [N, C, L], float32 or float64.
  ///   - weight: [D, C / groups, K], of the same type.
  ///   - bias: [D].
  /// - Returns: [N, D, P]; see ``ConvolutionGeometry/init(convolving:weight:_:)``.
  package static func conv1d(
    _ input: NDArray, weight: NDArray, bias: NDArray? = nil,
    _ parameters: ConvolutionParameters = ConvolutionParameters()
  ) throws(Diagnostic) -> NDArray {
    let geometry = try ConvolutionGeometry(convolving: input, weight, bias, parameters)
    let shape = geometry.outputShape
    return try releasingTemporaries { () throws(Diagnostic) in
      if case (.float32(let x), .float32(let w)) = (input.elements, weight.elements) {
        return NDArray(
          shape: shape, values: try geometry.convolving(x, weight: w, bias: bias?.values()))
      }
      return NDArray(
        shape: shape,
        values: try geometry.convolvingQuickly(
          input.doubles, weight: weight.doubles, bias: bias?.doubles))
    }
  }

  /// The gradients of ``conv1d(_:weight:bias:_:)``, given the one of its result, [N, D, P].
  package static func conv1dGradients(
    _ gradient: NDArray, input: NDArray, weight: NDArray,
    _ parameters: ConvolutionParameters = ConvolutionParameters()
  ) throws(Diagnostic) -> LayerGradients {
    let geometry = try ConvolutionGeometry(
      convolving: input.shape, weight: weight.shape, parameters)
    try check(gradient, is: geometry.outputShape)
    try geometry.checkWork(result: input.shape, type: input.type)
    let dy = try gradient.doubles
    return LayerGradients(
      input: try NDArray(
        shape: input.shape, values: geometry.scatteringQuickly(dy, weight: weight.doubles)
      ).asType(input.type),
      weight: try NDArray(
        shape: weight.shape, values: geometry.weights(signal: input.doubles, outputs: dy)
      ).asType(weight.type),
      bias: try gradient.asType(.float64).sum(over: [0, 2]).asType(weight.type))
  }

  /// As `F.conv_transpose1d`: every input sample starts a copy of the kernel, `stride` samples after
  /// the one before it, and the copies are added up. The transpose of ``conv1d(_:weight:bias:_:)``.
  ///
  /// - Parameters:
  ///   - input: [N, D, P], float32 or float64.
  ///   - weight: [D, C / groups, K], of the same type.
  ///   - bias: [C].
  /// - Returns: [N, C, L]; see ``ConvolutionGeometry/init(transposing:weight:_:)``.
  package static func convTranspose1d(
    _ input: NDArray, weight: NDArray, bias: NDArray? = nil,
    _ parameters: ConvolutionParameters = ConvolutionParameters()
  ) throws(Diagnostic) -> NDArray {
    let geometry = try ConvolutionGeometry(transposing: input, weight, bias, parameters)
    let shape = geometry.inputShape
    return try releasingTemporaries { () throws(Diagnostic) in
      if case (.float32(let y), .float32(let w)) = (input.elements, weight.elements) {
        return NDArray(
          shape: shape, values: try geometry.scattering(y, weight: w, bias: bias?.values()))
      }
      return NDArray(
        shape: shape,
        values: try geometry.scatteringQuickly(
          input.doubles, weight: weight.doubles, bias: bias?.doubles))
    }
  }

  /// The gradients of ``convTranspose1d(_:weight:bias:_:)``, given the one of its result, [N, C, L].
  package static func convTranspose1dGradients(
    _ gradient: NDArray, input: NDArray, weight: NDArray,
    _ parameters: ConvolutionParameters = ConvolutionParameters()
  ) throws(Diagnostic) -> LayerGradients {
    let geometry = try ConvolutionGeometry(
      transposing: input.shape, weight: weight.shape, parameters)
    try check(gradient, is: geometry.inputShape)
    try geometry.checkWork(result: input.shape, type: input.type)
    let dy = try gradient.doubles
    return LayerGradients(
      input: try NDArray(
        shape: input.shape, values: geometry.convolvingQuickly(dy, weight: weight.doubles)
      ).asType(input.type),
      weight: try NDArray(
        shape: weight.shape, values: geometry.weights(signal: dy, outputs: input.doubles)
      ).asType(weight.type),
      bias: try gradient.asType(.float64).sum(over: [0, 2]).asType(weight.type))
  }

  /// - Throws: unless both are floats of one type: PyTorch does not promote here.
  static func checkTypes(
    _ input: NDArray, _ weight: NDArray, _ bias: NDArray? = nil
  ) throws(Diagnostic) {
    guard input.type.isFloat else {
      throw Diagnostic(
        "the input must be floating point, not \(input.type.rawValue)", hint: "use x.float()")
    }
    for (name, array) in [("weight", weight), ("bias", bias ?? weight)] {
      guard array.type == input.type else {
        throw Diagnostic(
          "the input is \(input.type.rawValue), and the \(name) is \(array.type.rawValue)",
          hint: "make both the same, with .float() or .double()")
      }
    }
  }

  /// - Throws: when a gradient has another shape than the result it belongs to.
  static func check(_ gradient: NDArray, is shape: [Int]) throws(Diagnostic) {
    guard gradient.shape == shape else {
      throw Diagnostic(
        "the gradient's shape is \(describe(shape: gradient.shape)), and the result's "
          + describe(shape: shape))
    }
  }

  /// - Throws: unless the bias has one number for each output channel.
  fileprivate static func check(bias: NDArray?, channels: Int) throws(Diagnostic) {
    guard let bias, bias.shape != [channels] else { return }
    throw Diagnostic(
      "the bias has shape \(describe(shape: bias.shape)), and there "
        + (channels == 1 ? "is 1 output channel" : "are \(channels) output channels"),
      hint: "give one number for each output channel")
  }
}

extension ConvolutionGeometry {
  /// Of `F.conv1d` on these arrays.
  ///
  /// - Throws: when shapes or types do not fit, or the work is too much.
  package init(
    convolving input: NDArray, _ weight: NDArray, _ bias: NDArray?,
    _ parameters: ConvolutionParameters
  ) throws(Diagnostic) {
    try self.init(convolving: input.shape, weight: weight.shape, parameters)
    try NDArray.checkTypes(input, weight, bias)
    try checkWork(result: outputShape, type: input.type)
    try NDArray.check(bias: bias, channels: outputChannels)
  }

  /// Of `F.conv_transpose1d` on these arrays.
  ///
  /// - Throws: as above.
  package init(
    transposing input: NDArray, _ weight: NDArray, _ bias: NDArray?,
    _ parameters: ConvolutionParameters
  ) throws(Diagnostic) {
    try self.init(transposing: input.shape, weight: weight.shape, parameters)
    try NDArray.checkTypes(input, weight, bias)
    try checkWork(result: inputShape, type: input.type)
    try NDArray.check(bias: bias, channels: inputChannels)
  }

  /// - Throws: when the result would take too much memory, or the work too long.
  fileprivate func checkWork(result: [Int], type: ElementType) throws(Diagnostic) {
    // The loops hold float64.
    _ = try NDArray.checkedCount(shape: result, type: .float64)
    guard multiplicationCount <= 1e10 else {
      throw Diagnostic(
        "this convolution takes \(Int(min(multiplicationCount / 1e9, 1e15))) billion "
          + "multiplications; 10 billion are allowed",
        hint: "use a shorter signal, a shorter kernel or fewer channels")
    }
  }
}
