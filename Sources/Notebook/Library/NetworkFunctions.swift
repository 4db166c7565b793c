import Compute

/// PyTorch's `torch.nn.functional`: what the layers of networks compute, with the weights as
/// arguments.
extension Builtins {
  private static let input = Parameter("input", note: "(batch, channels, length)")
  private static let bias = Parameter.optional("bias", note: "one number per output channel")
  private static let stride = Parameter(
    "stride", default: .int(1), note: "samples from one place of the kernel to the next")
  private static let padding = Parameter(
    "padding", default: .int(0), note: "zeros on both sides; conv1d also takes 'same' and 'valid'")
  private static let dilation = Parameter(
    "dilation", default: .int(1), note: "samples from one tap of the kernel to the next")
  private static let groups = Parameter(
    "groups", default: .int(1), note: "channels are divided into as many parts")

  static let networkFunctions: [Builtin] =
    [
      Builtin(
        "F.conv1d",
        [
          input, Parameter("weight", note: "(out channels, in channels / groups, kernel)"), bias,
          stride, padding, dilation, groups,
        ],
        """
        Slides kernels along a signal, multiplies and adds up, without flipping the kernel: \
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
        Every sample starts a copy of the kernel, stride samples after the one before, and all are \
        added up: np.convolve with zeros between the samples, nothing to flip. The result has \
        (length - 1) stride - 2 padding + dilation (kernel - 1) + output_padding + 1 samples.
        """
      ) { call in .tensor(try convTranspose1d(call.arguments)) },
    ] + poolingFunctions + layerFunctions + lossFunctions

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
        // PyTorch pads the end with one more where the two sides cannot be equal.
        let (total, overflow) = parameters.dilation.multipliedReportingOverflow(
          by: weight.shape[2] - 1)
        guard !overflow else { throw arguments.error("dilation", "is too large") }
        parameters.padding = total / 2 + total % 2
        cut = total % 2
      default:
        throw arguments.error(
          "padding", "is '\(name)'", mend: "use a number, or one of 'same', 'valid'")
      }
    }
    let bias = try arguments.optionalTensor("bias")?.array
    return try batched(arguments) { input in
      let result = try NDArray.conv1d(input, weight: weight, bias: bias, parameters)
      guard cut > 0 else { return result }
      return try result.selecting([.ellipsis, .slice(start: cut, stop: nil, step: nil)])
    }
  }

  private static func convTranspose1d(_ arguments: Arguments) throws -> Tensor {
    let weight = try arguments.tensor("weight").array
    var parameters = try parameters(arguments)
    parameters.outputPadding = try size("output_padding", arguments)
    let bias = try arguments.optionalTensor("bias")?.array
    return try batched(arguments) { input in
      try NDArray.convTranspose1d(input, weight: weight, bias: bias, parameters)
    }
  }

  private static func parameters(_ arguments: Arguments) throws -> ConvolutionParameters {
    var isNamed = false
    if case .string = arguments["padding"], arguments.function == "F.conv1d" { isNamed = true }
    return ConvolutionParameters(
      stride: try size("stride", arguments),
      padding: isNamed ? 0 : try size("padding", arguments),
      dilation: try size("dilation", arguments), groups: try arguments.int("groups"))
  }

  /// A whole number, or a tuple with one.
  private static func size(_ name: String, _ arguments: Arguments) throws -> Int {
    let sizes = try arguments.ints(name)
    guard sizes.count == 1 else {
      throw arguments.error(name, "must be one number: a signal has one length")
    }
    return sizes[0]
  }

  /// Works on (batch, channels, length), and on (channels, length) as a batch of one.
  private static func batched(
    _ arguments: Arguments, _ work: (NDArray) throws -> NDArray
  ) throws -> Tensor {
    try arguments.tensor("input").map { array in
      guard array.axisCount == 2 else {
        guard array.axisCount == 3 else {
          throw arguments.error(
            "input",
            "must be (batch, channels, length) or (channels, length), and its shape is "
              + NDArray.describe(shape: array.shape),
            mend: array.axisCount == 1 ? "use x.unsqueeze(0).unsqueeze(0)" : nil)
        }
        return try work(array)
      }
      let result = try work(array.withShape([1] + array.shape))
      return result.withShape(Array(result.shape.dropFirst()))
    }
  }

  // MARK: Pooling

  private static let poolingFunctions: [Builtin] = [
    Builtin(
      "F.max_pool1d", poolingParameters,
      "The largest sample of each window."
    ) { call in
      .tensor(
        try pooled(call.arguments) { try .maxPool1d($0, kernelSize: $1, stride: $2, padding: $3) })
    },
    Builtin(
      "F.avg_pool1d", poolingParameters,
      "The mean of each window; zeros that padding adds count."
    ) { call in
      .tensor(
        try pooled(call.arguments) { try .avgPool1d($0, kernelSize: $1, stride: $2, padding: $3) })
    },
    Builtin(
      "F.adaptive_avg_pool1d", [input, Parameter("output_size", note: "1")],
      "The mean over the length: one number per channel, however long the signal is."
    ) { call in
      guard try size("output_size", call.arguments) == 1 else {
        throw call.arguments.error("output_size", "must be 1 here", mend: "use F.avg_pool1d")
      }
      return .tensor(try batched(call.arguments) { try .adaptiveAvgPool1d($0) })
    },
  ]

  private static let poolingParameters = [
    input, Parameter("kernel_size", note: "samples"),
    .optional("stride", note: "kernel_size if left out: windows that touch"),
    Parameter("padding", default: .int(0), note: "on both sides"),
  ]

  private static func pooled(
    _ arguments: Arguments, _ pool: (NDArray, Int, Int?, Int) throws -> NDArray
  ) throws -> Tensor {
    let kernel = try size("kernel_size", arguments)
    let stride = arguments["stride"].isNone ? nil : try size("stride", arguments)
    let padding = try size("padding", arguments)
    return try batched(arguments) { try pool($0, kernel, stride, padding) }
  }

  // MARK: Layers

  private static let layerFunctions: [Builtin] =
    [
      Builtin(
        "F.linear",
        [
          Parameter("input", note: "(…, in features)"),
          Parameter("weight", note: "(out features, in features)"),
          .optional("bias", note: "(out features)"),
        ],
        "Each output is a weighted sum of all inputs: input times weight.T, plus bias."
      ) { call in
        let weight = try call.arguments.tensor("weight").array
        let bias = try call.arguments.optionalTensor("bias")?.array
        return .tensor(
          try call.arguments.tensor("input").map {
            try NDArray.linear($0, weight: weight, bias: bias)
          })
      },
      Builtin(
        "F.pad",
        [
          Parameter("input"),
          Parameter("pad", note: "(left, right) of the last axis, then of the one before, …"),
          Parameter("mode", default: .string("constant")),
          .optional("value", note: "what is added; 0 if left out"),
        ],
        """
        Elements added at the ends: zeros or value; with mode "reflect", "replicate" or "circular" \
        the tensor mirrored, its ends repeated, or the tensor again.
        """
      ) { call in .tensor(try pad(call.arguments)) },
    ]
    + Activation.allCases.map { activation in
      Builtin("F.\(activation.rawValue)", [Parameter("input")], activation.summary) { call in
        .tensor(try call.arguments.tensor("input").map { NDArray.applying(activation, $0) })
      }
    }
    + ["F", "torch", "tensor"].flatMap { module in
      [
        Builtin(
          "\(module).softmax", [Parameter("input"), Parameter("dim", note: "-1: the last axis")],
          "Logits as probabilities: all positive, with the sum 1 along dim."
        ) { call in
          let axis = try call.arguments.int("dim")
          return .tensor(try call.arguments.tensor("input").map { try .softmax($0, axis: axis) })
        },
        Builtin(
          "\(module).log_softmax",
          [Parameter("input"), Parameter("dim", note: "-1: the last axis")],
          "The logarithms of the probabilities that softmax gives."
        ) { call in
          let axis = try call.arguments.int("dim")
          return .tensor(try call.arguments.tensor("input").map { try .logSoftmax($0, axis: axis) })
        },
      ]
    }

  private enum PaddingMode: String, CaseIterable { case constant, reflect, replicate, circular }

  private static func pad(_ arguments: Arguments) throws -> Tensor {
    let widths = try arguments.ints("pad")
    let mode = try arguments.option("mode", PaddingMode.self)
    let value = try arguments.optionalDouble("value") ?? 0
    return try arguments.tensor("input").map { array in
      guard widths.count % 2 == 0, widths.count <= 2 * array.axisCount else {
        throw arguments.error("pad", "must be pairs of widths, for as many axes as there are")
      }
      var pairs = [(before: Int, after: Int)](repeating: (0, 0), count: array.axisCount)
      var cuts = [Index](
        repeating: .slice(start: nil, stop: nil, step: nil), count: array.axisCount)
      for place in widths.indices where place % 2 == 0 {
        let axis = array.axisCount - 1 - place / 2
        let (before, after) = (widths[place], widths[place + 1])
        // Negative widths cut off.
        let start = before < 0 ? before.magnitude : 0
        let end = after < 0 ? after.magnitude : 0
        let size = array.shape[axis].magnitude
        guard start <= size, end <= size - start else {
          throw arguments.error("pad", "cuts off more than there is")
        }
        cuts[axis] = .slice(start: Int(start), stop: Int(size - end), step: nil)
        pairs[axis] = (max(0, before), max(0, after))
      }
      let padding: Padding =
        switch mode {
        case .constant: .constant(.array(NDArray(scalar: value).asType(array.type)))
        case .reflect: .reflect
        case .replicate: .edge
        case .circular: .wrap
        }
      return try array.selecting(cuts).padded(pairs, padding)
    }
  }

  // MARK: Losses

  private static let lossFunctions: [Builtin] = [
    Builtin(
      "F.cross_entropy",
      [
        Parameter("input", note: "logits: (samples, classes)"),
        Parameter("target", note: "the class of each sample, from 0"),
      ],
      """
      How surprised the network is by the right classes: the mean of -log of the probability that \
      softmax gives them. Guessing among three classes costs log(3) = 1.10.
      """
    ) { call in
      let target = try call.arguments.tensor("target").array
      guard target.type.isInteger else {
        throw call.arguments.error(
          "target", "must be whole numbers, the classes, not \(target.type.rawValue)",
          mend: "use target.long()")
      }
      return .tensor(
        try call.arguments.tensor("input").map { logits in
          let rows = logits.axisCount == 1 ? logits.withShape([1, logits.count]) : logits
          return try NDArray.crossEntropy(logits: rows, classes: target.values())
        })
    },
    Builtin(
      "F.mse_loss", [Parameter("input"), Parameter("target")],
      "The mean squared error: the mean of (input - target)**2."
    ) { call in
      let target = try call.arguments.tensor("target").array
      return .tensor(
        try call.arguments.tensor("input").map { try NDArray.meanSquaredError($0, target) })
    },
  ]
}
