import CKernels

/// Which weights are multiplied with which inputs for each output of a convolution; all offsets count
/// floats within a chunk.
///
/// Columns whose taps inside the input are the same form a run: padding and ends then cost nothing in
/// the inner loop, and no padded copy is needed.
package struct ConvolutionPlan: Sendable {
  struct Run {
    var taps: Range<Int>
    var columns: Range<Int>
  }

  /// Sizes and strides; the number of chunks is that of the batch.
  var shape: etude_convolution
  var taps: [etude_tap] = []
  var columns: [etude_column] = []
  var runs: [Run] = []

  /// Signal [C, L] to outputs [D, P].
  init(convolving geometry: ConvolutionGeometry) {
    let (parameters, size) = (geometry.parameters, geometry.kernelSize)
    shape = etude_convolution(
      groups: parameters.groups, rows: geometry.outputChannelsPerGroup,
      depth: geometry.inputChannelsPerGroup,
      chunks: 0, weight_group: geometry.weightsPerGroup,
      weight_row: geometry.inputChannelsPerGroup * size, weight_depth: size,
      input_depth: geometry.length * chunkWidth,
      input_chunk: geometry.inputChannels * geometry.length * chunkWidth,
      output_row: geometry.outputLength * chunkWidth,
      output_chunk: geometry.outputChannels * geometry.outputLength * chunkWidth)
    taps = (0..<size).map {
      etude_tap(weight: $0, input: $0 * parameters.dilation * chunkWidth)
    }
    for position in 0..<geometry.outputLength {
      let start = position * parameters.stride - parameters.padding
      let first = min(size, max(0, (-start).dividedUp(by: parameters.dilation)))
      let end = min(size, max(first, (geometry.length - start).dividedUp(by: parameters.dilation)))
      append(etude_column(input: start * chunkWidth, output: position * chunkWidth), first..<end)
    }
  }

  /// Outputs [D, P] to signal [C, L]: tap `k` adds the output at
  /// `(n + padding - k · dilation) / stride` to the sample at `n`, where that is a whole number. So
  /// samples fall into `stride` phases, each with taps of its own.
  init(transposing geometry: ConvolutionGeometry) {
    let (parameters, size) = (geometry.parameters, geometry.kernelSize)
    let stride = parameters.stride
    shape = etude_convolution(
      groups: parameters.groups, rows: geometry.inputChannelsPerGroup,
      depth: geometry.outputChannelsPerGroup,
      chunks: 0, weight_group: geometry.weightsPerGroup, weight_row: size,
      weight_depth: geometry.inputChannelsPerGroup * size,
      input_depth: geometry.outputLength * chunkWidth,
      input_chunk: geometry.outputChannels * geometry.outputLength * chunkWidth,
      output_row: geometry.length * chunkWidth,
      output_chunk: geometry.inputChannels * geometry.length * chunkWidth)
    let tapsOfPhase = Dictionary(grouping: 0..<size) { $0 * parameters.dilation % stride }
    // A phase beyond the last sample has no columns.
    for phase in 0..<min(stride, parameters.padding + geometry.length) {
      let phaseTaps = tapsOfPhase[phase] ?? []
      let distances = phaseTaps.map { ($0 * parameters.dilation - phase) / stride }
      let firstTap = taps.count
      for (tap, distance) in zip(phaseTaps, distances) {
        taps.append(etude_tap(weight: tap, input: -distance * chunkWidth))
      }
      var (low, high) = (0, 0)
      let skipped = max(0, (parameters.padding - phase).dividedUp(by: stride))
      var position = skipped
      var sample = position * stride + phase - parameters.padding
      while sample < geometry.length {
        while high < distances.count, distances[high] <= position { high += 1 }
        while low < high, distances[low] <= position - geometry.outputLength { low += 1 }
        append(
          etude_column(input: position * chunkWidth, output: sample * chunkWidth),
          firstTap + low..<firstTap + high)
        position += 1
        sample += stride
      }
    }
  }

  private mutating func append(_ column: etude_column, _ taps: Range<Int>) {
    columns.append(column)
    if let last = runs.last, last.taps == taps {
      runs[runs.count - 1].columns = last.columns.lowerBound..<columns.count
    } else {
      runs.append(Run(taps: taps, columns: columns.count - 1..<columns.count))
    }
  }
}

/// Which outputs and samples are multiplied for each weight's gradient; offsets as in
/// ``ConvolutionPlan``.
package struct WeightGradientPlan: Sendable {
  var shape: etude_weight_gradient
  /// For each tap, the outputs for which it is inside the signal.
  var spans: [etude_span]

  init(_ geometry: ConvolutionGeometry) {
    let parameters = geometry.parameters
    shape = etude_weight_gradient(
      groups: parameters.groups, rows: geometry.outputChannelsPerGroup,
      columns: geometry.inputChannelsPerGroup, taps: geometry.kernelSize, chunks: 0,
      row_channel: geometry.outputLength * chunkWidth,
      row_chunk: geometry.outputChannels * geometry.outputLength * chunkWidth,
      column_channel: geometry.length * chunkWidth,
      column_chunk: geometry.inputChannels * geometry.length * chunkWidth,
      column_step: parameters.stride * chunkWidth)
    spans = (0..<geometry.kernelSize).map { tap in
      let start = tap * parameters.dilation - parameters.padding
      let first = min(geometry.outputLength, max(0, (-start).dividedUp(by: parameters.stride)))
      let end = min(
        geometry.outputLength,
        max(first, (geometry.length - start).dividedUp(by: parameters.stride)))
      return etude_span(
        first: first, count: end - first,
        column_side: (first * parameters.stride + start) * chunkWidth)
    }
  }
}

extension ConvolutionGeometry {
  fileprivate var weightsPerGroup: Int {
    outputChannelsPerGroup * inputChannelsPerGroup * kernelSize
  }
}

extension Int {
  /// The quotient rounded up, for negative numbers too.
  fileprivate func dividedUp(by divisor: Int) -> Int {
    self > 0 ? (self - 1) / divisor + 1 : -(-self / divisor)
  }
}
