import Compute
import Interpreter
import Messages
import NeuralNetworks

/// The layers of `torch.nn`. A model is a description without weights: `train` draws them.
extension Builtins {
  static let layers: [Builtin] = [
    Builtin(
      "nn.Sequential", [Parameter("layers", kind: .variadic, note: "in order")],
      """
      A network of layers, each fed by the one before. It has no weights yet: train draws them, \
      leaving this model as it is, and fit.model has them.
      """
    ) { call in
      let layers = try call.arguments.list("layers").enumerated().map { index, value in
        guard case .model(let model) = value else {
          throw call.arguments.error(
            "layers", "must be layers, but number \(index) is '\(value.typeName)'",
            hint: {
              if case .function = value { "call it: write () after its name" } else { nil }
            }())
        }
        guard model.state == nil else {
          throw call.arguments.error("layers", "must be layers without weights")
        }
        return model.layer
      }
      guard !layers.isEmpty else {
        throw call.arguments.error("layers", "is empty", hint: "give at least one layer")
      }
      // Each part is within the limits, so counting takes no time.
      let network = Layer.sequential(layers)
      let extent = network.extent
      guard extent.leaves <= 1000, extent.levels <= 20 else {
        throw Diagnostic(
          "nn.Sequential: this network has \(extent.leaves) layers in \(extent.levels) levels; "
            + "1000 layers in 20 levels are allowed")
      }
      return .model(Model(layer: network))
    },

    Builtin(
      "nn.Conv1d",
      [
        Parameter("in_channels"), Parameter("out_channels", note: "the number of kernels"),
        Parameter("kernel_size", note: "samples"),
        Parameter("stride", default: .int(1), note: "samples from one position to the next"),
        Parameter(
          "padding", default: .int(0),
          note: "zeros on both sides; 'same' keeps the length, 'valid' is 0"),
        Parameter("dilation", default: .int(1), note: "samples from one weight to the next"),
        Parameter("groups", default: .int(1), note: "groups of channels that do not mix"),
        Parameter("bias", default: .bool(true)),
      ],
      """
      Slides out_channels kernels along the signal, without flipping them. The length L becomes \
      floor((L + 2 padding - dilation (kernel_size - 1) - 1) / stride) + 1.
      """
    ) { call in try model(.conv1d(convolution(call, isTransposed: false))) },

    Builtin(
      "nn.ConvTranspose1d",
      [
        Parameter("in_channels"), Parameter("out_channels"),
        Parameter("kernel_size", note: "samples"),
        Parameter("stride", default: .int(1), note: "samples from one copy to the next"),
        Parameter("padding", default: .int(0), note: "samples cut off on both sides"),
        Parameter("output_padding", default: .int(0), note: "samples added at the end"),
        Parameter("groups", default: .int(1), note: "groups of channels that do not mix"),
        Parameter("bias", default: .bool(true)),
        Parameter("dilation", default: .int(1), note: "samples from one weight to the next"),
      ],
      """
      Scatters: every sample of the input starts a copy of the kernel, scaled by it. The length L \
      becomes (L - 1) stride - 2 padding + dilation (kernel_size - 1) + output_padding + 1.
      """
    ) { call in try model(.convTranspose1d(convolution(call, isTransposed: true))) },

    Builtin(
      "nn.Linear",
      [
        Parameter("in_features"), Parameter("out_features"),
        Parameter("bias", default: .bool(true)),
      ],
      "Every output is a weighted sum of all inputs, plus a bias."
    ) { call in
      try model(
        .linear(
          inputs: call.arguments.int("in_features"), outputs: call.arguments.int("out_features"),
          hasBias: call.arguments.bool("bias")))
    },

    Builtin(
      "nn.MaxPool1d", PoolingParameters.ofMaximum(indicesAreLast: false),
      """
      The largest of every kernel_size samples; a remainder at the end is dropped, unless ceil_mode \
      is True.
      """
    ) { call in try model(.maxPool1d(PoolingParameters(ofMaximum: call.arguments))) },
    Builtin(
      "nn.AvgPool1d", PoolingParameters.ofMean,
      """
      The mean of every kernel_size samples; a remainder at the end is dropped, unless ceil_mode is \
      True.
      """
    ) { call in try model(.avgPool1d(PoolingParameters(ofMean: call.arguments))) },
    Builtin(
      "nn.AdaptiveAvgPool1d", [Parameter("output_size", note: "must be 1")],
      "The mean of each channel over its whole length: positions no longer matter."
    ) { call in
      guard try call.arguments.length("output_size") == 1 else {
        throw call.arguments.error("output_size", "must be 1")
      }
      return .model(Model(layer: .adaptiveAvgPool1d))
    },

    Builtin("nn.Flatten", [], "(channels, length) becomes one row of numbers.") { _ in
      .model(Model(layer: .flatten))
    },
    Builtin(
      "nn.Dropout", [Parameter("p", default: .float(0.5), note: "the fraction that is set to 0")],
      """
      During training, each number is set to 0 with probability p and the others are divided by \
      1 - p; afterwards it does nothing.
      """
    ) { call in
      try model(.dropout(probability: call.arguments.double("p")))
    },
    Builtin(
      "nn.BatchNorm1d",
      [
        Parameter("num_features", note: "channels"),
        Parameter("eps", default: .float(1e-5), note: "added to the variance"),
        Parameter("momentum", default: .float(0.1), note: "the weight of the newest batch"),
      ],
      """
      Normalises each channel to mean 0 and variance 1 over the batch, then applies a learned \
      factor and offset. After training, the running mean and variance are used.
      """
    ) { call in
      try model(
        .batchNorm1d(
          features: call.arguments.int("num_features"), epsilon: call.arguments.double("eps"),
          momentum: call.arguments.double("momentum")))
    },
    Builtin(
      "nn.GroupNorm",
      [
        Parameter("num_groups", note: "divides the channels"), Parameter("num_channels"),
        Parameter("eps", default: .float(1e-5), note: "added to the variance"),
        Parameter(
          "affine", default: .bool(true), note: "whether channels have a factor and an offset"),
      ],
      """
      Normalises each group of channels of each signal to mean 0 and variance 1, then applies a \
      learned factor and offset to each channel. It does the same in training and afterwards.
      """
    ) { call in
      try model(
        .groupNorm(
          groups: call.arguments.int("num_groups"), channels: call.arguments.int("num_channels"),
          epsilon: call.arguments.double("eps"), isAffine: call.arguments.bool("affine")))
    },
  ]

  /// - Throws: when its sizes are invalid.
  private static func model(_ layer: Layer) throws -> Value {
    try layer.check()
    return .model(Model(layer: layer))
  }

  // MARK: Sizes

  private static func convolution(_ call: Call, isTransposed: Bool) throws -> ConvolutionLayer {
    let arguments = call.arguments
    return ConvolutionLayer(
      inputChannels: try arguments.int("in_channels"),
      outputChannels: try arguments.int("out_channels"),
      kernelSize: try call.arguments.length("kernel_size"),
      stride: try call.arguments.length("stride"),
      padding: isTransposed
        ? .samples(try call.arguments.length("padding"))
        : try call.arguments.convolutionPadding("padding"),
      dilation: try call.arguments.length("dilation"),
      groups: try arguments.int("groups"), hasBias: try arguments.bool("bias"),
      outputPadding: isTransposed ? try call.arguments.length("output_padding") : 0)
  }
}
