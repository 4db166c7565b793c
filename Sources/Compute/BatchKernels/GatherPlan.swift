import CKernels

/// Which weights meet which inputs for each output of a convolution; all offsets count floats within
/// a slice.
///
/// Columns at which the same taps are inside of the input form a run: padding and ends then cost
/// nothing in the inner loop, and no padded copy is needed.
package struct GatherPlan: Sendable {
  struct Run {
    var taps: Range<Int>
    var columns: Range<Int>
  }

  /// Sizes and strides; the number of slices is that of the batch.
  var shape: etude_gather
  var taps: [etude_tap] = []
  var columns: [etude_column] = []
  var runs: [Run] = []

  /// Signal [C, L] to places [D, P].
  init(convolving geometry: ConvolutionGeometry) {
    let (parameters, size) = (geometry.parameters, geometry.kernelSize)
    shape = etude_gather(
      groups: parameters.groups, rows: geometry.kernelsPerGroup, depth: geometry.channelsPerGroup,
      slices: 0, weight_group: geometry.weightsPerGroup,
      weight_row: geometry.channelsPerGroup * size, weight_depth: size,
      input_depth: geometry.length * sliceWidth,
      input_slice: geometry.channels * geometry.length * sliceWidth,
      output_row: geometry.places * sliceWidth,
      output_slice: geometry.kernels * geometry.places * sliceWidth)
    taps = (0..<size).map {
      etude_tap(weight: $0, input: $0 * parameters.dilation * sliceWidth)
    }
    for place in 0..<geometry.places {
      let start = place * parameters.stride - parameters.padding
      let first = min(size, max(0, (-start).dividedUp(by: parameters.dilation)))
      let end = min(size, max(first, (geometry.length - start).dividedUp(by: parameters.dilation)))
      append(etude_column(input: start * sliceWidth, output: place * sliceWidth), first..<end)
    }
  }

  /// Places [D, P] to signal [C, L]: the sample at `n` gets what the tap `k` makes of the place
  /// `(n + padding - k · dilation) / stride`, where that is a whole number. So samples fall into as
  /// many phases as the stride has samples, and each phase has taps of its own.
  init(transposing geometry: ConvolutionGeometry) {
    let (parameters, size) = (geometry.parameters, geometry.kernelSize)
    let stride = parameters.stride
    shape = etude_gather(
      groups: parameters.groups, rows: geometry.channelsPerGroup, depth: geometry.kernelsPerGroup,
      slices: 0, weight_group: geometry.weightsPerGroup, weight_row: size,
      weight_depth: geometry.channelsPerGroup * size,
      input_depth: geometry.places * sliceWidth,
      input_slice: geometry.kernels * geometry.places * sliceWidth,
      output_row: geometry.length * sliceWidth,
      output_slice: geometry.channels * geometry.length * sliceWidth)
    let tapsOfPhase = Dictionary(grouping: 0..<size) { $0 * parameters.dilation % stride }
    // A phase beyond the last sample has no columns.
    for phase in 0..<min(stride, parameters.padding + geometry.length) {
      let phaseTaps = tapsOfPhase[phase] ?? []
      let distances = phaseTaps.map { ($0 * parameters.dilation - phase) / stride }
      let firstTap = taps.count
      for (tap, distance) in zip(phaseTaps, distances) {
        taps.append(etude_tap(weight: tap, input: -distance * sliceWidth))
      }
      var (low, high) = (0, 0)
      let skipped = max(0, (parameters.padding - phase).dividedUp(by: stride))
      var place = skipped
      var sample = place * stride + phase - parameters.padding
      while sample < geometry.length {
        while high < distances.count, distances[high] <= place { high += 1 }
        while low < high, distances[low] <= place - geometry.places { low += 1 }
        append(
          etude_column(input: place * sliceWidth, output: sample * sliceWidth),
          firstTap + low..<firstTap + high)
        place += 1
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

/// Which places and samples meet for each weight's gradient; offsets as in ``GatherPlan``.
package struct CorrelationPlan: Sendable {
  var shape: etude_correlation
  /// For each tap, the places at which it is inside of the signal.
  var spans: [etude_span]

  init(_ geometry: ConvolutionGeometry) {
    let parameters = geometry.parameters
    shape = etude_correlation(
      groups: parameters.groups, rows: geometry.kernelsPerGroup,
      columns: geometry.channelsPerGroup, taps: geometry.kernelSize, slices: 0,
      row_channel: geometry.places * sliceWidth,
      row_slice: geometry.kernels * geometry.places * sliceWidth,
      column_channel: geometry.length * sliceWidth,
      column_slice: geometry.channels * geometry.length * sliceWidth,
      column_step: parameters.stride * sliceWidth)
    spans = (0..<geometry.kernelSize).map { tap in
      let start = tap * parameters.dilation - parameters.padding
      let first = min(geometry.places, max(0, (-start).dividedUp(by: parameters.stride)))
      let end = min(
        geometry.places, max(first, (geometry.length - start).dividedUp(by: parameters.stride)))
      return etude_span(
        row_side: first * sliceWidth,
        column_side: (first * parameters.stride + start) * sliceWidth, count: end - first)
    }
  }
}

extension ConvolutionGeometry {
  fileprivate var weightsPerGroup: Int { kernelsPerGroup * channelsPerGroup * kernelSize }
}

extension Int {
  /// The quotient rounded up, for negative numbers too.
  fileprivate func dividedUp(by divisor: Int) -> Int {
    self > 0 ? (self - 1) / divisor + 1 : -(-self / divisor)
  }
}
