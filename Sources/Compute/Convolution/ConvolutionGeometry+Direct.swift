import Concurrency
import Messages

// A network's convolution and its gradients by their definitions, on row-major values. With the
// letters of `ConvolutionGeometry`, and i = p · stride + k · dilation - padding:
//
//     convolving      y[n, d, p]  =  Σ over c, k of  w[d, c, k] · x[n, c, i]
//     scattering      x[n, c, i]  =  Σ over d, p, k of  w[d, c, k] · y[n, d, p]
//     weights         w[d, c, k]  =  Σ over n, p of  x[n, c, i] · y[n, d, p]
//
// The first does not flip the kernel: what networks call a convolution is a correlation. The second
// is the first one's transpose: the transposed convolution, and the gradient with respect to x.
//
// The innermost loop runs along the outputs, which are contiguous in memory.

extension ConvolutionGeometry {
  /// Values of shape [N, D, P]. O(N · D · C / groups · K · P).
  func convolvingDirectly(
    _ signal: [Double], weight: [Double]
  ) throws(Diagnostic) -> [Double] {
    var result = try [Double](filled: 0, count: outputShape.reduce(1, *))
    try result.withUnsafeMutableBufferPointer { (y) throws(Diagnostic) in
      try signal.withUnsafeBufferPointer { (x) throws(Diagnostic) in
        try forEachTap { n, d, c, tap, tapIndex in
          let target = y.baseAddress! + (n * outputChannels + d) * outputLength
          let source = x.baseAddress! + (n * inputChannels + c) * length
          let w = weight[tapIndex]
          let stride = parameters.stride
          let offset = tap * parameters.dilation - parameters.padding
          if stride == 1 {
            for p in outputsInside(tap: tap) { target[p] += w * source[p &+ offset] }
          } else {
            for p in outputsInside(tap: tap) { target[p] += w * source[p &* stride &+ offset] }
          }
        }
      }
    }
    return result
  }

  /// Values of shape [N, C, L]. O(N · D · C / groups · K · P).
  func scatteringDirectly(
    _ values: [Double], weight: [Double]
  ) throws(Diagnostic) -> [Double] {
    var result = try [Double](filled: 0, count: inputShape.reduce(1, *))
    try result.withUnsafeMutableBufferPointer { (x) throws(Diagnostic) in
      try values.withUnsafeBufferPointer { (y) throws(Diagnostic) in
        try forEachTap { n, d, c, tap, tapIndex in
          let source = y.baseAddress! + (n * outputChannels + d) * outputLength
          let target = x.baseAddress! + (n * inputChannels + c) * length
          let w = weight[tapIndex]
          let stride = parameters.stride
          let offset = tap * parameters.dilation - parameters.padding
          for p in outputsInside(tap: tap) { target[p &* stride &+ offset] += w * source[p] }
        }
      }
    }
    return result
  }

  /// The gradients of the weights, [D, C / groups, K]: of a convolution from its input and its output
  /// gradient, of a transposed one from its output gradient and its input.
  /// O(N · D · C / groups · K · P).
  func weights(signal: [Double], outputs values: [Double]) throws(Diagnostic) -> [Double] {
    var result = try [Double](filled: 0, count: weightShape.reduce(1, *))
    try signal.withUnsafeBufferPointer { (x) throws(Diagnostic) in
      try values.withUnsafeBufferPointer { (y) throws(Diagnostic) in
        try forEachTap { n, d, c, tap, tapIndex in
          let left = y.baseAddress! + (n * outputChannels + d) * outputLength
          let right = x.baseAddress! + (n * inputChannels + c) * length
          let offset = tap * parameters.dilation - parameters.padding
          var sum = 0.0
          for p in outputsInside(tap: tap) {
            sum += left[p] * right[p &* parameters.stride &+ offset]
          }
          result[tapIndex] += sum
        }
      }
    }
    return result
  }

  /// Every tap of every kernel on every channel of its group, for each sample.
  ///
  /// - Parameter body: gets n, d, c, k and where w[d, c, k] stands among the weights.
  @inline(__always)
  private func forEachTap(
    _ body: (Int, Int, Int, Int, Int) -> Void
  ) throws(Diagnostic) {
    var pace = Budget.Pace()
    for n in 0..<batchSize {
      for d in 0..<outputChannels {
        let firstChannel = d / outputChannelsPerGroup * inputChannelsPerGroup
        for c in 0..<inputChannelsPerGroup {
          for tap in 0..<kernelSize {
            body(n, d, firstChannel + c, tap, (d * inputChannelsPerGroup + c) * kernelSize + tap)
            try pace.advance(by: outputLength)
          }
        }
      }
    }
  }
}
