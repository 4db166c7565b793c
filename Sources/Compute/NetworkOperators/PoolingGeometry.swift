import Messages

/// The sizes of a pooling along a signal, checked.
///
///     P = ⌊(L + 2 · padding - span) / stride⌋ + 1        span = dilation · (kernelSize - 1) + 1
///
/// With `ceilMode` the quotient is rounded up, and a window that would start in the right padding is
/// dropped.
package struct PoolingGeometry: Hashable, Sendable {
  /// N · C: each channel is pooled by itself.
  package let rows: Int
  package let length: Int
  package let outputLength: Int
  package let parameters: PoolingParameters

  package var kernelSize: Int { parameters.kernelSize }

  /// - Parameter shape: [N, C, L].
  /// - Throws: when no window fits: says which sizes, and the rule.
  package init(pooling shape: [Int], _ parameters: PoolingParameters) throws(Diagnostic) {
    guard shape.count == 3 else {
      throw Diagnostic(
        "the signal must have three axes, (batch, channels, length), but its shape is "
          + NDArray.describe(shape: shape))
    }
    try parameters.check()
    rows = shape[0] * shape[1]
    length = shape[2]
    let (kernelSize, stride) = (parameters.kernelSize, parameters.stride)
    let padding = parameters.padding
    let room = shape[2] + 2 * padding - parameters.span
    guard room >= 0 || (parameters.ceilMode && room > -stride), shape[1] > 0, length > 0 else {
      let window =
        parameters.dilation == 1
        ? "a window of \(kernelSize)"
        : "a window of \(kernelSize), which with dilation \(parameters.dilation) spans "
          + "\(parameters.span) samples,"
      throw Diagnostic(
        "the signal's length is \(shape[2]), and \(window) does not fit",
        hint: "pool fewer times, or in shorter windows")
    }
    var count = max(0, room) / stride + 1
    if parameters.ceilMode {
      if room > 0, room % stride != 0 { count += 1 }
      if (count - 1) * stride >= length + padding { count -= 1 }
    }
    outputLength = count
    self.parameters = parameters
    guard Double(rows) * Double(outputLength) * Double(kernelSize) <= 2e9 else {
      throw Diagnostic(
        "\(outputLength) windows of \(kernelSize) samples take more than 10 seconds",
        hint: "use a larger stride")
    }
  }

  /// Where a tap of a window is along the signal; negative in the left padding.
  func position(ofTap tap: Int, inWindow index: Int) -> Int {
    index * parameters.stride - parameters.padding + tap * parameters.dilation
  }

  /// The taps of a window that are inside of the signal; none where dilation steps over a short one.
  func taps(ofWindow index: Int) -> Range<Int> {
    let (start, dilation) = (position(ofTap: 0, inWindow: index), parameters.dilation)
    let first = start < 0 ? (dilation - 1 - start) / dilation : 0
    let end = start < length ? min(kernelSize, (length - 1 - start) / dilation + 1) : 0
    return first..<max(first, end)
  }

  /// What the sum of a window is divided by for its mean.
  func divisor(ofWindow index: Int) -> Int {
    guard parameters.countsPadding else { return taps(ofWindow: index).count }
    let start = position(ofTap: 0, inWindow: index)
    return min(length + parameters.padding, start + kernelSize) - start
  }
}
