import Messages

/// How the kernels of a network's convolution move, with PyTorch's names and defaults.
package struct ConvolutionParameters: Hashable, Sendable {
  /// Samples from one position of the kernel to the next.
  package var stride: Int
  /// Zeros in front of the signal that the kernel slides along.
  package var padding: Int
  /// Zeros behind it.
  package var rightPadding: Int
  /// Samples from one tap of the kernel to the next.
  package var dilation: Int
  /// Channels are divided into this many independent groups.
  package var groups: Int
  /// Samples that a transposed convolution adds at the end.
  package var outputPadding: Int

  /// - Parameter padding: on both sides.
  package init(
    stride: Int = 1, padding: Int = 0, dilation: Int = 1, groups: Int = 1, outputPadding: Int = 0
  ) {
    self.stride = stride
    self.padding = padding
    rightPadding = padding
    self.dilation = dilation
    self.groups = groups
    self.outputPadding = outputPadding
  }

  /// As PyTorch's `padding="same"`: as many outputs as inputs. When the zeros cannot be divided
  /// equally, there is one more behind the signal.
  ///
  /// - Throws: when outputs are further apart than inputs.
  package mutating func padToSameLength(kernelSize: Int) throws(Diagnostic) {
    guard stride == 1 else {
      throw Diagnostic(
        "padding='same' needs stride=1, but stride is \(stride)",
        hint: "give the number of zeros on each side, as in padding=\(max(0, kernelSize / 2))")
    }
    guard kernelSize > 0, dilation > 0 else { return }
    let (zeros, overflow) = dilation.multipliedReportingOverflow(by: kernelSize - 1)
    guard !overflow else {
      throw Diagnostic("dilation is \(dilation), too large for a kernel of \(kernelSize)")
    }
    padding = zeros / 2
    rightPadding = zeros - padding
  }

  /// Large enough for all arrays; products with their sizes do not overflow.
  private static let limit = 1 << 31

  func check() throws(Diagnostic) {
    for (name, value, minimum) in [
      ("stride", stride, 1), ("padding", padding, 0), ("padding", rightPadding, 0),
      ("dilation", dilation, 1), ("groups", groups, 1), ("output_padding", outputPadding, 0),
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
