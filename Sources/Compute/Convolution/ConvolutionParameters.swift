import Messages

/// How the kernels of a network's convolution move, with PyTorch's names and defaults.
package struct ConvolutionParameters: Hashable, Sendable {
  /// Samples from one position of the kernel to the next.
  package var stride: Int
  /// Zeros on both sides of the signal that the kernel slides along.
  package var padding: Int
  /// Samples from one tap of the kernel to the next.
  package var dilation: Int
  /// Channels are divided into this many independent groups.
  package var groups: Int
  /// Samples that a transposed convolution adds at the end.
  package var outputPadding: Int

  package init(
    stride: Int = 1, padding: Int = 0, dilation: Int = 1, groups: Int = 1, outputPadding: Int = 0
  ) {
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
    self.groups = groups
    self.outputPadding = outputPadding
  }

  /// Large enough for all arrays; products with their sizes do not overflow.
  private static let limit = 1 << 31

  func check() throws(Diagnostic) {
    for (name, value, minimum) in [
      ("stride", stride, 1), ("padding", padding, 0), ("dilation", dilation, 1),
      ("groups", groups, 1), ("output_padding", outputPadding, 0),
    ] {
      guard value >= minimum else {
        throw Diagnostic("\(name) is \(value), but must be at least \(minimum)")
      }
      guard value <= Self.limit else {
        throw Diagnostic("\(name) is \(value); at most \(Self.limit) is allowed")
      }
    }
  }
}
