import Compute
import Messages

extension Layer {
  /// Whether the sizes and settings of a leaf make sense by themselves, whatever it is given.
  ///
  /// - Throws: says which does not, and what it may be, without naming the layer.
  package func check() throws(Diagnostic) {
    switch self {
    case .conv1d(let layer), .convTranspose1d(let layer):
      try layer.check()
      try Self.check(weight: layer.weightShape(isTransposed: false))
    case .linear(let inputs, let outputs, _):
      try Self.check(size: "in_features", inputs)
      try Self.check(size: "out_features", outputs)
      try Self.check(weight: [outputs, inputs])
    case .maxPool1d(let parameters), .avgPool1d(let parameters):
      for (name, value) in [
        ("kernel_size", parameters.kernelSize), ("stride", parameters.stride),
        ("dilation", parameters.dilation),
      ] { try Self.check(size: name, value) }
      try parameters.check()
    case .batchNorm1d(let features, let epsilon, let momentum):
      try Self.check(size: "num_features", features)
      try Self.check(weight: [features])
      guard epsilon > 0, epsilon.isFinite else {
        throw Diagnostic("eps is \(text(epsilon)), but must be a finite number above 0")
      }
      guard momentum.isFinite else {
        throw Diagnostic("momentum is \(text(momentum)), but must be a finite number")
      }
    case .groupNorm(let groups, let channels, let epsilon, _):
      try Self.check(size: "num_groups", groups)
      try Self.check(size: "num_channels", channels)
      try Self.check(weight: [channels])
      guard channels % groups == 0 else {
        throw Diagnostic(
          "num_channels is \(channels), and cannot be divided into \(groups) groups",
          hint: "num_groups must divide num_channels")
      }
      guard epsilon >= 0, epsilon.isFinite else {
        throw Diagnostic("eps is \(text(epsilon)), but must be a finite number, 0 or more")
      }
    case .dropout(let probability):
      guard probability >= 0, probability <= 1 else {
        throw Diagnostic(
          "p is \(text(probability)), but must be between 0 and 1",
          hint: "0.5 drops every other value")
      }
    case .activation(let activation): try activation.check()
    case .adaptiveAvgPool1d, .flatten, .sequential: break
    }
  }

  /// The largest size: no product of two of them overflows.
  private static let sizeLimit = 1 << 30

  fileprivate static func check(
    size name: String, _ value: Int, atLeast minimum: Int = 1
  ) throws(Diagnostic) {
    guard value >= minimum else {
      throw Diagnostic("\(name) is \(value), but must be at least \(minimum)")
    }
    guard value <= sizeLimit else {
      throw Diagnostic("\(name) is \(value), but must be at most 2**30")
    }
  }

  private static func check(weight shape: [Int]) throws(Diagnostic) {
    do {
      _ = try NDArray.checkedCount(shape: shape, type: .float32)
    } catch {
      throw Diagnostic("the weights: \(error.message)", hint: "use a smaller layer")
    }
  }
}

extension ConvolutionLayer {
  fileprivate func check() throws(Diagnostic) {
    for (name, value, minimum) in [
      ("in_channels", inputChannels, 1), ("out_channels", outputChannels, 1),
      ("kernel_size", kernelSize, 1), ("stride", stride, 1),
      ("dilation", dilation, 1), ("groups", groups, 1), ("output_padding", outputPadding, 0),
    ] { try Layer.check(size: name, value, atLeast: minimum) }
    if case .samples(let count) = padding {
      try Layer.check(size: "padding", count, atLeast: 0)
    }
    _ = try parameters()
    for (name, channels) in [("in_channels", inputChannels), ("out_channels", outputChannels)]
    where channels % groups != 0 {
      throw Diagnostic(
        "\(name) is \(channels), and cannot be divided into \(groups) groups",
        hint: "groups must divide both numbers of channels")
    }
    guard outputPadding == 0 || outputPadding < max(stride, dilation) else {
      throw Diagnostic(
        "output_padding is \(outputPadding), but must be smaller than the stride, \(stride), or the "
          + "dilation, \(dilation)")
    }
  }
}
