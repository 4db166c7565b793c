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
    let weight = try arguments.tensor("weight").array
    var parameters = try parameters(arguments)
    var cut = 0
    if case .string(let name) = arguments["padding"], weight.axisCount == 3 {
      switch name {
      case "valid": break
      case "same":
        guard parameters.stride == 1 else {
          throw arguments.error("padding", "'same' needs stride=1")
        }
        guard weight.shape[2] > 0 else {
          throw arguments.error("weight", "has kernels of length 0, which leave nothing to compute")
        }
        // PyTorch pads the end with one more if the two sides cannot be equal.
        let (total, overflow) = parameters.dilation.multipliedReportingOverflow(
          by: weight.shape[2] - 1)
        guard !overflow else { throw arguments.error("dilation", "is too large") }
        parameters.padding = total / 2 + total % 2
        cut = total % 2
      default:
        throw arguments.error(
          "padding", "is '\(name)'", hint: "use a number, or one of 'same', 'valid'")
      }
    }
    let bias = try arguments.optionalTensor("bias")?.array
    return try batched(arguments) { input in
      let result = try input.performing(.conv1d(parameters), [weight, bias])
      guard cut > 0 else { return result }
      return try result.map {
        try $0.selecting([.ellipsis, .slice(start: cut, stop: nil, step: nil)])
      }
    }
  }

  private static func convTranspose1d(_ arguments: Arguments) throws -> Tensor {
    let weight = try arguments.tensor("weight").array
    var parameters = try parameters(arguments)
    parameters.outputPadding = try arguments.length("output_padding")
    let bias = try arguments.optionalTensor("bias")?.array
    return try batched(arguments) { input in
      try input.performing(.convTranspose1d(parameters), [weight, bias])
    }
  }

  private static func parameters(_ arguments: Arguments) throws -> ConvolutionParameters {
    var isNamed = false
    if case .string = arguments["padding"], arguments.function == "F.conv1d" { isNamed = true }
    return ConvolutionParameters(
      stride: try arguments.length("stride"),
      padding: isNamed ? 0 : try arguments.length("padding"),
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
      return result.map { $0.withShape(Array($0.shape.dropFirst())) }
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
      "F.max_pool1d", poolingParameters,
      "The largest sample of each window."
    ) { call in
      .tensor(
        try pooled(call.arguments) { .maxPool1d(kernelSize: $0, stride: $1, padding: $2) })
    },
    Builtin(
      "F.avg_pool1d", poolingParameters,
      "The mean of each window; zeros from padding count."
    ) { call in
      .tensor(
        try pooled(call.arguments) { .avgPool1d(kernelSize: $0, stride: $1, padding: $2) })
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

  private static let poolingParameters = [
    input, Parameter("kernel_size", note: "samples"),
    .optional("stride", note: "kernel_size by default, so that windows touch"),
    Parameter("padding", default: .int(0), note: "on both sides"),
  ]

  private static func pooled(
    _ arguments: Arguments, _ pooling: (Int, Int?, Int) -> TensorOperation
  ) throws -> Tensor {
    let kernel = try arguments.length("kernel_size")
    let stride = arguments["stride"].isNone ? nil : try arguments.length("stride")
    let padding = try arguments.length("padding")
    return try batched(arguments) { try $0.performing(pooling(kernel, stride, padding)) }
  }
}
