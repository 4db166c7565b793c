import Messages

/// The sizes of a network's convolution, checked.
///
/// The letters, here and in the loops:
///
///     N  batch      C  input channels      L  input length
///     K  kernel     D  output channels     P  output length
///
/// A convolution takes a signal [N, C, L] to outputs [N, D, P]; a transposed one goes the other way,
/// so that what it is given are the outputs here. Both have weights [D, C / groups, K], and each is
/// the other's input gradient: one geometry and one set of loops serve both.
package struct ConvolutionGeometry: Hashable, Sendable {
  package let batchSize: Int
  package let inputChannels: Int
  package let length: Int
  package let outputChannels: Int
  package let outputLength: Int
  package let kernelSize: Int
  package let parameters: ConvolutionParameters

  package var inputShape: [Int] { [batchSize, inputChannels, length] }
  package var outputShape: [Int] { [batchSize, outputChannels, outputLength] }
  package var weightShape: [Int] { [outputChannels, inputChannelsPerGroup, kernelSize] }
  package var inputChannelsPerGroup: Int { inputChannels / parameters.groups }
  package var outputChannelsPerGroup: Int { outputChannels / parameters.groups }
  /// From the first to the last tap: dilation · (K - 1) + 1.
  package var kernelSpan: Int { parameters.dilation * (kernelSize - 1) + 1 }

  /// Of `F.conv1d`: P = ⌊(L + padding on both sides - dilation · (K - 1) - 1) / stride⌋ + 1.
  ///
  /// - Parameters:
  ///   - shape: of the signal, [N, C, L].
  ///   - weight: [D, C / groups, K].
  /// - Throws: when they do not fit: says which sizes, and the rule.
  package init(
    convolving shape: [Int], weight: [Int], _ parameters: ConvolutionParameters
  ) throws(Diagnostic) {
    try Self.check(shape, weight, parameters)
    try Self.check(channels: weight[1], of: weight, in: shape[1], groups: parameters.groups)
    guard weight[0] % parameters.groups == 0 else {
      throw Diagnostic(
        "\(weight[0]) output channels cannot be divided into \(parameters.groups) groups")
    }
    let span = parameters.dilation * (weight[2] - 1) + 1
    let padded = shape[2] + parameters.padding + parameters.rightPadding
    guard span <= padded else {
      let kernel =
        parameters.dilation == 1
        ? "the kernel of \(weight[2])"
        : "the kernel, which with dilation \(parameters.dilation) spans \(span) samples,"
      throw Diagnostic(
        parameters.padding == 0
          ? "the signal's length is \(padded), and \(kernel) does not fit"
          : "padding \(parameters.padding) makes the length \(padded), and \(kernel) does not fit",
        hint: "use a shorter kernel, or padding=\((span - shape[2] + 1) / 2)")
    }
    batchSize = shape[0]
    inputChannels = shape[1]
    length = shape[2]
    outputChannels = weight[0]
    kernelSize = weight[2]
    outputLength = (padded - span) / parameters.stride + 1
    self.parameters = parameters
  }

  /// Of `F.conv_transpose1d`:
  /// L = (P - 1) · stride - 2 · padding + dilation · (K - 1) + output padding + 1.
  ///
  /// - Parameters:
  ///   - shape: of the input, which is [N, D, P] here.
  ///   - weight: [D, C / groups, K].
  /// - Throws: when they do not fit: says which sizes, and the rule.
  package init(
    transposing shape: [Int], weight: [Int], _ parameters: ConvolutionParameters
  ) throws(Diagnostic) {
    try Self.check(shape, weight, parameters)
    guard shape[1] == weight[0] else {
      throw Diagnostic(
        "the weight has \(weight[0]) input \(noun(weight[0])), and the signal has \(shape[1])",
        hint: "a transposed convolution's weight is (input channels, output channels, kernel)")
    }
    guard weight[0] % parameters.groups == 0 else {
      throw Diagnostic(
        "\(weight[0]) input \(noun(weight[0])) cannot be divided into \(parameters.groups) groups")
    }
    guard parameters.outputPadding < max(parameters.stride, parameters.dilation) else {
      throw Diagnostic(
        "output_padding is \(parameters.outputPadding), but must be smaller than the stride, "
          + "\(parameters.stride), or the dilation, \(parameters.dilation)")
    }
    let span = parameters.dilation * (weight[2] - 1) + 1
    let full = (shape[2] - 1) * parameters.stride + span + parameters.outputPadding
    guard full > parameters.padding + parameters.rightPadding else {
      throw Diagnostic(
        "padding \(parameters.padding) removes that many samples from each end, and there are only "
          + "\(full)", hint: "use less padding")
    }
    let (channels, overflow) = weight[1].multipliedReportingOverflow(by: parameters.groups)
    guard !overflow else { throw Diagnostic("groups is too large for this weight") }
    batchSize = shape[0]
    inputChannels = channels
    length = full - parameters.padding - parameters.rightPadding
    outputChannels = weight[0]
    kernelSize = weight[2]
    outputLength = shape[2]
    self.parameters = parameters
  }

  private static func check(
    _ shape: [Int], _ weight: [Int], _ parameters: ConvolutionParameters
  ) throws(Diagnostic) {
    guard shape.count == 3 else {
      throw Diagnostic(
        "the signal must have three axes, (batch, channels, length), but its shape is "
          + NDArray.describe(shape: shape))
    }
    guard weight.count == 3 else {
      throw Diagnostic(
        "the weight must have three axes, (out channels, in channels, kernel), but its shape is "
          + NDArray.describe(shape: weight))
    }
    guard !shape.dropFirst().contains(0), !weight.contains(0) else {
      throw Diagnostic(
        "a signal of shape \(NDArray.describe(shape: shape)) and a weight of shape "
          + "\(NDArray.describe(shape: weight)) leave nothing to compute")
    }
    try parameters.check()
  }

  private static func check(
    channels: Int, of weight: [Int], in signal: Int, groups: Int
  ) throws(Diagnostic) {
    let (all, overflow) = channels.multipliedReportingOverflow(by: groups)
    guard all == signal, !overflow else {
      throw Diagnostic(
        groups == 1
          ? "the weight has \(channels) input \(noun(channels)), and the signal has \(signal)"
          : "the weight has \(channels) input \(noun(channels)) for each of \(groups) groups, and "
            + "the signal has \(signal)",
        hint: "a weight is (out channels, in channels / groups, kernel); here it is "
          + NDArray.describe(shape: weight))
    }
  }

  /// The outputs whose tap k lies inside the signal, which begins `padding` after the first window:
  /// those p with 0 ≤ p · stride + k · dilation - padding < L.
  func outputsInside(tap: Int) -> Range<Int> {
    let offset = tap * parameters.dilation - parameters.padding
    let lower = offset >= 0 ? 0 : (-offset + parameters.stride - 1) / parameters.stride
    let upper = length - offset > 0 ? (length - 1 - offset) / parameters.stride + 1 : 0
    let end = min(upper, outputLength)
    return min(lower, end)..<end
  }

  /// Multiplications of one pass of the loops.
  package var multiplicationCount: Double {
    Double(batchSize) * Double(outputChannels) * Double(inputChannelsPerGroup) * Double(kernelSize)
      * Double(outputLength)
  }
}

private func noun(_ count: Int) -> String { count == 1 ? "channel" : "channels" }
