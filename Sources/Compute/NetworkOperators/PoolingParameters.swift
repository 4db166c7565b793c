import Messages

/// How the windows of a pooling lie along a signal, with PyTorch's names and defaults.
package struct PoolingParameters: Hashable, Sendable {
  package var kernelSize: Int
  /// Samples from one window to the next.
  package var stride: Int
  /// On both sides. A maximum ignores it; in a mean it counts as zeros, unless ``countsPadding`` says
  /// otherwise.
  package var padding: Int
  /// Samples from one tap of a window to the next; means take 1 only.
  package var dilation: Int
  /// Whether the last window may extend beyond the padding. What is beyond never counts.
  package var ceilMode: Bool
  /// Whether the padding inside of a window counts for the size that its sum is divided by.
  package var countsPadding: Bool

  /// - Parameter stride: the kernel's size when nil: windows that touch and do not overlap.
  package init(
    kernelSize: Int, stride: Int? = nil, padding: Int = 0, dilation: Int = 1,
    ceilMode: Bool = false, countsPadding: Bool = true
  ) {
    self.kernelSize = kernelSize
    self.stride = stride ?? kernelSize
    self.padding = padding
    self.dilation = dilation
    self.ceilMode = ceilMode
    self.countsPadding = countsPadding
  }

  /// Large enough for all arrays; products of two do not overflow.
  private static let limit = 1 << 31

  /// From the first to the last sample of a window.
  package var span: Int { dilation * (kernelSize - 1) + 1 }

  /// - Throws: when a number makes no sense, whatever the signal is: says which, and what it may be.
  package func check() throws(Diagnostic) {
    for (name, value, minimum) in [
      ("kernel_size", kernelSize, 1), ("stride", stride, 1), ("padding", padding, 0),
      ("dilation", dilation, 1),
    ] {
      guard value >= minimum else {
        throw Diagnostic("\(name) is \(value), but must be at least \(minimum)")
      }
      guard value <= Self.limit else {
        throw Diagnostic("\(name) is \(value); at most \(Self.limit) is allowed")
      }
    }
    guard padding <= kernelSize / 2 else {
      throw Diagnostic(
        "padding is \(padding), and may be 0 to \(kernelSize / 2), half of the kernel of "
          + "\(kernelSize)")
    }
  }
}
