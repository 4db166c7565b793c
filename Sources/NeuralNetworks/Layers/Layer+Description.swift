import Compute

extension Layer: CustomStringConvertible {
  /// As PyTorch prints the module: a Sequential has a line for each of its layers.
  package var description: String {
    switch self {
    case .conv1d(let sizes): "Conv1d(\(sizes.description(isTransposed: false)))"
    case .convTranspose1d(let sizes): "ConvTranspose1d(\(sizes.description(isTransposed: true)))"
    case .linear(let inputs, let outputs, let hasBias):
      "Linear(in_features=\(inputs), out_features=\(outputs), bias=\(hasBias.python))"
    case .activation(let activation): "\(activation)"
    case .maxPool1d(let windows):
      "MaxPool1d(kernel_size=\(windows.kernelSize), stride=\(windows.stride), "
        + "padding=\(windows.padding), dilation=\(windows.dilation), "
        + "ceil_mode=\(windows.ceilMode.python))"
    case .avgPool1d(let windows):
      "AvgPool1d(kernel_size=(\(windows.kernelSize),), stride=(\(windows.stride),), "
        + "padding=(\(windows.padding),))"
    case .adaptiveAvgPool1d: "AdaptiveAvgPool1d(output_size=1)"
    case .flatten: "Flatten(start_dim=1, end_dim=-1)"
    case .dropout(let probability): "Dropout(p=\(probability), inplace=False)"
    case .batchNorm1d(let features, let epsilon, let momentum):
      "BatchNorm1d(\(features), eps=\(epsilon), momentum=\(momentum), affine=True, bias=True, "
        + "track_running_stats=True)"
    case .groupNorm(let groups, let channels, let epsilon, let isAffine):
      "GroupNorm(\(groups), \(channels), eps=\(epsilon), affine=\(isAffine.python), "
        + "bias=\(isAffine.python))"
    case .sequential(let layers):
      layers.isEmpty ? "Sequential()" : "Sequential(\n\(lines(of: layers)))"
    }
  }

  /// What the network is called in the literature: CNN, MLP, linear; empty for anything else.
  var kindOfNetwork: String {
    let layers = flattened
    let linearCount = layers.count { if case .linear = $0 { true } else { false } }
    let hasConvolution = layers.contains { layer in
      switch layer {
      case .conv1d, .convTranspose1d: true
      default: false
      }
    }
    if hasConvolution { return "CNN" }
    return linearCount > 1 ? "MLP" : linearCount == 1 ? "linear" : ""
  }

  /// The code of each layer, one after the other.
  package var layerCodes: [String] { flattened.map(\.code) }

  private var flattened: [Layer] {
    if case .sequential(let layers) = self { layers.flatMap(\.flattened) } else { [self] }
  }

  private func lines(of layers: [Layer]) -> String {
    layers.enumerated().map { index, layer in
      let lines = "\(layer)".split(separator: "\n")
      return "  (\(index)): " + lines.joined(separator: "\n  ") + "\n"
    }.joined()
  }

  /// As the student writes it, without defaults: "Conv1d(1, 16, 5, stride=2)".
  package var code: String {
    switch self {
    case .conv1d(let sizes): "Conv1d(\(sizes.code))"
    case .convTranspose1d(let sizes): "ConvTranspose1d(\(sizes.code))"
    case .linear(let inputs, let outputs, let hasBias):
      "Linear(\(inputs), \(outputs)\(hasBias ? "" : ", bias=False"))"
    case .maxPool1d(let windows): "MaxPool1d(\(windows.code))"
    case .avgPool1d(let windows): "AvgPool1d(\(windows.code))"
    case .adaptiveAvgPool1d: "AdaptiveAvgPool1d(1)"
    case .flatten: "Flatten()"
    case .dropout(let probability): "Dropout(\(probability))"
    case .batchNorm1d(let features, let epsilon, let momentum):
      "BatchNorm1d(\(features)\(epsilon == 1e-5 ? "" : ", eps=\(epsilon)")"
        + "\(momentum == 0.1 ? "" : ", momentum=\(momentum)"))"
    case .groupNorm(let groups, let channels, let epsilon, let isAffine):
      "GroupNorm(\(groups), \(channels)\(epsilon == 1e-5 ? "" : ", eps=\(epsilon)")"
        + "\(isAffine ? "" : ", affine=False"))"
    case .activation(let activation): activation.code
    case .sequential: "Sequential"
    }
  }
}

extension ConvolutionLayer {
  fileprivate func description(isTransposed: Bool) -> String {
    var text = "\(inputChannels), \(outputChannels), kernel_size=(\(kernelSize),)"
    text += ", stride=(\(stride),)"
    switch padding {
    case 0: break
    case .samples(let count): text += ", padding=(\(count),)"
    case .same: text += ", padding=same"
    case .valid: text += ", padding=valid"
    }
    if dilation != 1 { text += ", dilation=(\(dilation),)" }
    if isTransposed && outputPadding != 0 { text += ", output_padding=(\(outputPadding),)" }
    if groups != 1 { text += ", groups=\(groups)" }
    return hasBias ? text : text + ", bias=False"
  }

  fileprivate var code: String {
    var text = "\(inputChannels), \(outputChannels), \(kernelSize)"
    if stride != 1 { text += ", stride=\(stride)" }
    switch padding {
    case 0: break
    case .samples(let count): text += ", padding=\(count)"
    case .same: text += ", padding='same'"
    case .valid: text += ", padding='valid'"
    }
    if outputPadding != 0 { text += ", output_padding=\(outputPadding)" }
    if dilation != 1 { text += ", dilation=\(dilation)" }
    if groups != 1 { text += ", groups=\(groups)" }
    return hasBias ? text : text + ", bias=False"
  }
}

extension PoolingParameters {
  fileprivate var code: String {
    var text = "\(kernelSize)"
    if stride != kernelSize { text += ", stride=\(stride)" }
    if padding != 0 { text += ", padding=\(padding)" }
    if dilation != 1 { text += ", dilation=\(dilation)" }
    if ceilMode { text += ", ceil_mode=True" }
    return countsPadding ? text : text + ", count_include_pad=False"
  }
}

extension Bool {
  fileprivate var python: String { self ? "True" : "False" }
}
