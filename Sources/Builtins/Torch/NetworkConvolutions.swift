import Compute
import Interpreter

/// PyTorch's convolutions and poolings, from `torch.nn.functional`: the kernels are arguments.
extension Builtins {
  private static let input = Parameter("input", note: "(batch, channels, length)")
  private static let bias = Parameter.optional("bias", note: "one number per output channel")
  private static let stride = Parameter(
    "stride", default: .int(1), note: "samples from one position of the kernel to the next")
  private static let padding = Parameter(
    "padding", default: .int(0), note: "zeros on both sides; conv1d also accepts 'same' and 'valid'"
  )
  private static let dilation = Parameter(
    "dilation", default: .int(1), note: "samples from one tap of the kernel to the next")
  private static let groups = Parameter(
    "groups", default: .int(1), note: "the number of groups of channels that do not mix")

  static let networkConvolutions: [Builtin] =
    [
      Builtin(
        "F.conv1d",
        [
          input, Parameter("weight", note: "(out channels, in channels / groups, kernel)"), bias,
          stride, padding, dilation, groups,
        ],
        """
        Slides kernels along a signal and sums the products, without flipping the kernel: \
        np.convolve is F.conv1d with kernel.flip(0). The result has \
        (length + 2 padding - dilation (kernel - 1) - 1) // stride + 1 samples.
        """
      ) { call in .tensor(try conv1d(call.arguments)) },
      Builtin(
        "F.conv_transpose1d",
        [
          input, Parameter("weight", note: "(in channels, out channels / groups, kernel)"), bias,
          stride, padding,
          Parameter("output_padding", default: .int(0), note: "samples added at the end"), groups,
          dilation,
        ],
        """
        Every sample starts a copy of the kernel, stride samples after the previous one, and all \
        are summed: np.convolve with zeros between the samples, without flipping. The result has \
        (length - 1) stride - 2 padding + dilation (kernel - 1) + output_padding + 1 samples.
        """
      ) { call in .tensor(try convTranspose1d(call.arguments)) },
    ] + poolings

  private static func conv1d(_ arguments: Arguments) throws -> Tensor {
    let weight = try arguments.tensor("weight")
    var parameters = try parameters(arguments)
    if try arguments.convolutionPadding("padding") == .same, weight.array.axisCount == 3 {
      try parameters.padToSameLength(kernelSize: weight.array.shape[2])
    }
    let bias = try arguments.optionalTensor("bias")
    return try batched(arguments) { try $0.performing(.conv1d(parameters), [weight, bias]) }
  }

  private static func convTranspose1d(_ arguments: Arguments) throws -> Tensor {
    let weight = try arguments.tensor("weight")
    var parameters = try parameters(arguments)
    parameters.outputPadding = try arguments.length("output_padding")
    let bias = try arguments.optionalTensor("bias")
    return try batched(arguments) { input in
      try input.performing(.convTranspose1d(parameters), [weight, bias])
    }
  }

  private static func parameters(_ arguments: Arguments) throws -> ConvolutionParameters {
    var padding = 0
    if arguments.function != "F.conv1d" {
      padding = try arguments.length("padding")
    } else if case .samples(let count) = try arguments.convolutionPadding("padding") {
      padding = count
    }
    return ConvolutionParameters(
      stride: try arguments.length("stride"), padding: padding,
      dilation: try arguments.length("dilation"), groups: try arguments.int("groups"))
  }

  /// Works on (batch, channels, length), and on (channels, length) as a batch of one.
  private static func batched(
    _ arguments: Arguments, _ work: (Tensor) throws -> Tensor
  ) throws -> Tensor {
    let input = try arguments.tensor("input")
    switch input.array.axisCount {
    case 3: return try work(input)
    case 2:
      let result = try work(input.map { $0.withShape([1] + $0.shape) })
      return try result.map { $0.withShape(Array($0.shape.dropFirst())) }
    default:
      throw arguments.error(
        "input",
        "must be (batch, channels, length) or (channels, length), but its shape is "
          + NDArray.describe(shape: input.array.shape),
        hint: input.array.axisCount == 1 ? "use x.unsqueeze(0).unsqueeze(0)" : nil)
    }
  }

  // MARK: Pooling

  private static let poolings: [Builtin] = [
    Builtin(
      "F.max_pool1d", [input] + PoolingParameters.ofMaximum(indicesAreLast: true),
      "The largest sample of each window, which padding is no part of."
    ) { call in
      let parameters = try PoolingParameters(ofMaximum: call.arguments)
      return .tensor(
        try batched(call.arguments) { try $0.performing(.maxPool1d(parameters)) })
    },
    Builtin(
      "F.avg_pool1d", [input] + PoolingParameters.ofMean,
      "The mean of each window; zeros from padding count, unless count_include_pad is False."
    ) { call in
      let parameters = try PoolingParameters(ofMean: call.arguments)
      return .tensor(
        try batched(call.arguments) { try $0.performing(.avgPool1d(parameters)) })
    },
    Builtin(
      "F.adaptive_avg_pool1d", [input, Parameter("output_size", note: "1")],
      "The mean over the length: one number per channel, however long the signal is."
    ) { call in
      guard try call.arguments.length("output_size") == 1 else {
        throw call.arguments.error("output_size", "must be 1 here", hint: "use F.avg_pool1d")
      }
      return .tensor(try batched(call.arguments) { try $0.performing(.adaptiveAvgPool1d) })
    },
  ]
}
