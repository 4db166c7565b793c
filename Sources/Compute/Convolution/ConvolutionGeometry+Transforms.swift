import Concurrency
import Messages

// The same sums by Fourier transforms, for kernels so long that this costs less: a filter of a
// thousand taps on a recording can then follow a slider.
//
// A row's convolution is computed at every sample, whatever the stride, and the outputs are picked
// from it; for the transpose, zeros go between the values first.

extension ConvolutionGeometry {
  /// As ``convolving(_:weight:bias:_:threads:)``, or to 1e-12 of the largest value by transforms.
  func convolvingQuickly(
    _ signal: [Double], weight: [Double], bias: [Double]? = nil
  ) throws(Diagnostic) -> [Double] {
    guard let plan = try plan(rowLength: length, signal, weight) else {
      return try convolving(signal, weight: weight, bias: bias)
    }
    var result = try [Double](computing: outputShape.reduce(1, *)) {
      bias?[$0 / outputLength % outputChannels] ?? 0
    }
    let count = length + kernelSpan - 1
    var full = try [Double](filled: 0, count: count)
    try forEachKernel { (d, c, w) throws(Diagnostic) in
      // A convolution with the reversed kernel is the correlation.
      let kernel = try transform(plan, spread(weight[w].reversed()))
      for n in 0..<batchSize {
        let row = (n * inputChannels + c) * length
        try signal.withUnsafeBufferPointer { (signal) throws(Diagnostic) in
          try full.withUnsafeMutableBufferPointer { (full) throws(Diagnostic) in
            try kernel.convolve(
              UnsafeBufferPointer(rebasing: signal[row..<row + length]), range: 0..<count,
              into: full.baseAddress!)
          }
        }
        let target = (n * outputChannels + d) * outputLength
        for p in 0..<outputLength {
          let index = p * parameters.stride - parameters.padding + kernelSpan - 1
          if full.indices.contains(index) { result[target + p] += full[index] }
        }
      }
    }
    return result
  }

  /// As ``scattering(_:weight:bias:_:threads:)``, or to 1e-12 of the largest value by transforms.
  func scatteringQuickly(
    _ values: [Double], weight: [Double], bias: [Double]? = nil
  ) throws(Diagnostic) -> [Double] {
    let rowLength = transposedRowLength
    guard let plan = try plan(rowLength: rowLength, values, weight) else {
      return try scattering(values, weight: weight, bias: bias)
    }
    var result = try [Double](computing: inputShape.reduce(1, *)) {
      bias?[$0 / length % inputChannels] ?? 0
    }
    var row = try [Double](filled: 0, count: rowLength)
    let count = rowLength + kernelSpan - 1
    var full = try [Double](filled: 0, count: count)
    try forEachKernel { (d, c, w) throws(Diagnostic) in
      let kernel = try transform(plan, spread(Array(weight[w])))
      for n in 0..<batchSize {
        let source = (n * outputChannels + d) * outputLength
        for p in 0..<outputLength { row[p * parameters.stride] = values[source + p] }
        try row.withUnsafeBufferPointer { (row) throws(Diagnostic) in
          try full.withUnsafeMutableBufferPointer { (full) throws(Diagnostic) in
            try kernel.convolve(row, range: 0..<count, into: full.baseAddress!)
          }
        }
        let target = (n * inputChannels + c) * length
        for index in 0..<min(length, full.count - parameters.padding) {
          result[target + index] += full[index + parameters.padding]
        }
      }
    }
    return result
  }

  /// Whether a convolution in float64 goes through transforms, if all numbers are finite.
  package var convolvesByTransforms: Bool { plan(rowLength: length) != nil }

  /// The same of a transposed convolution.
  package var scattersByTransforms: Bool { plan(rowLength: transposedRowLength) != nil }

  /// Of the values of a transposed convolution, with zeros between them.
  private var transposedRowLength: Int { (outputLength - 1) * parameters.stride + 1 }

  /// How to cut rows for the transforms; nil where the direct sum costs less.
  private func plan(rowLength: Int) -> OverlapSave.Plan? {
    // Transforms never pay off for fewer taps.
    guard kernelSize > 32, kernelSpan <= NDArray.longestTransform / 2 else { return nil }
    let plan = OverlapSave.Plan(
      outputs: rowLength + kernelSpan - 1, kernelCount: kernelSpan)
    let directCost = Double(outputLength) * Double(kernelSize) * directCostPerProduct
    return directCost > plan.cost ? plan : nil
  }

  /// The same, but nil also where a transform would spread one nan or inf over its block.
  private func plan(
    rowLength: Int, _ values: [Double], _ weight: [Double]
  ) throws(Diagnostic) -> OverlapSave.Plan? {
    guard let plan = plan(rowLength: rowLength), try values.areAllFinite(),
      try weight.areAllFinite()
    else { return nil }
    return plan
  }

  private func transform(
    _ plan: OverlapSave.Plan, _ kernel: [Double]
  ) throws(Diagnostic) -> OverlapSave {
    try kernel.withUnsafeBufferPointer { (kernel) throws(Diagnostic) in
      try OverlapSave(plan, kernel: kernel)
    }
  }

  /// The taps with dilation - 1 zeros between them.
  private func spread(_ taps: [Double]) -> [Double] {
    var kernel = [Double](repeating: 0, count: kernelSpan)
    for (index, tap) in taps.enumerated() { kernel[index * parameters.dilation] = tap }
    return kernel
  }

  /// - Parameter body: gets d, c and where w[d, c] stands among the weights.
  private func forEachKernel(
    _ body: (Int, Int, Range<Int>) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    for d in 0..<outputChannels {
      let firstChannel = d / outputChannelsPerGroup * inputChannelsPerGroup
      for c in 0..<inputChannelsPerGroup {
        let start = (d * inputChannelsPerGroup + c) * kernelSize
        // The tables and rows of one kernel are gone when the next one's turn comes.
        try Budget.releasing { () throws(Diagnostic) in
          try body(d, firstChannel + c, start..<start + kernelSize)
        }
      }
    }
  }
}

/// Nanoseconds for one multiplication and addition of the direct sum, measured on processors with AVX2
/// and AVX-512.
private let directCostPerProduct = 0.06
