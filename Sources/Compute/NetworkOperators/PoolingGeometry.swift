import Messages

/// The sizes of a pooling along a signal, checked: windows of `kernelSize` samples, `stride` apart.
///
///     P = ⌊(L + 2 · padding - kernelSize) / stride⌋ + 1
package struct PoolingGeometry: Hashable, Sendable {
  /// N · C: each channel is pooled by itself.
  package let rows: Int
  package let length: Int
  package let outputLength: Int
  package let kernelSize: Int
  package let stride: Int
  package let padding: Int

  /// - Parameters:
  ///   - shape: [N, C, L].
  ///   - stride: the kernel's size when nil: windows that touch and do not overlap.
  /// - Throws: when no window fits: says which sizes, and the rule.
  package init(
    pooling shape: [Int], kernelSize: Int, stride: Int? = nil, padding: Int = 0
  ) throws(Diagnostic) {
    let stride = stride ?? kernelSize
    guard shape.count == 3 else {
      throw Diagnostic(
        "the signal must have three axes, (batch, channels, length), but its shape is "
          + NDArray.describe(shape: shape))
    }
    for (name, value) in [("kernel_size", kernelSize), ("stride", stride)] where value < 1 {
      throw Diagnostic("\(name) is \(value), but must be at least 1")
    }
    guard kernelSize <= 1 << 31 else {
      throw Diagnostic("kernel_size is \(kernelSize); at most \(1 << 31) is allowed")
    }
    guard padding >= 0, padding <= kernelSize / 2 else {
      throw Diagnostic(
        "padding is \(padding), and may be 0 to \(kernelSize / 2), half of the kernel of "
          + "\(kernelSize)")
    }
    guard kernelSize <= shape[2] + 2 * padding, shape[1] > 0 else {
      throw Diagnostic(
        "the signal's length is \(shape[2]), and a window of \(kernelSize) does not fit",
        hint: "pool fewer times, or in shorter windows")
    }
    rows = shape[0] * shape[1]
    length = shape[2]
    outputLength = (shape[2] + 2 * padding - kernelSize) / stride + 1
    guard Double(rows) * Double(outputLength) * Double(kernelSize) <= 2e9 else {
      throw Diagnostic(
        "\(outputLength) windows of \(kernelSize) samples take more than 10 seconds",
        hint: "use a larger stride")
    }
    self.kernelSize = kernelSize
    self.stride = stride
    self.padding = padding
  }

  /// The samples of a row that a window covers.
  func window(_ index: Int) -> Range<Int> {
    let start = index * stride - padding
    return max(0, start)..<min(length, start + kernelSize)
  }
}
