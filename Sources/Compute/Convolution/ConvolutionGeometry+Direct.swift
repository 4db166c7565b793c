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
// Each output is summed over channels and taps in order, each product fused into the sum.

extension ConvolutionGeometry {
  /// Values of shape [N, D, P], starting with the bias, [D]: the reference of the kernels.
  /// O(N · D · C / groups · K · P).
  package func convolvingDirectly<T: BinaryFloatingPoint>(
    _ signal: [T], weight: [T], bias: [T]? = nil
  ) throws(Diagnostic) -> [T] {
    var result = try [T](computing: outputShape.reduce(1, *)) {
      bias?[$0 / outputLength % outputChannels] ?? 0
    }
    try forEachTap { n, d, c, tap, tapIndex in
      let target = (n * outputChannels + d) * outputLength
      let source = (n * inputChannels + c) * length + tap * parameters.dilation - parameters.padding
      for p in outputsInside(tap: tap) {
        result[target + p].addProduct(weight[tapIndex], signal[source + p * parameters.stride])
      }
    }
    return result
  }

  /// Values of shape [N, C, L], starting with the bias, [C]: the reference of the kernels.
  /// O(N · D · C / groups · K · P).
  package func scatteringDirectly<T: BinaryFloatingPoint>(
    _ values: [T], weight: [T], bias: [T]? = nil
  ) throws(Diagnostic) -> [T] {
    var result = try [T](computing: inputShape.reduce(1, *)) {
      bias?[$0 / length % inputChannels] ?? 0
    }
    try forEachTap { n, d, c, tap, tapIndex in
      let source = (n * outputChannels + d) * outputLength
      let target = (n * inputChannels + c) * length + tap * parameters.dilation - parameters.padding
      for p in outputsInside(tap: tap) {
        result[target + p * parameters.stride].addProduct(weight[tapIndex], values[source + p])
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
