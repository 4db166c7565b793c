import Compute

/// The signals of some samples in every layer of a network, and their gradients.
///
/// A region of the network takes its part of each chunk: the chunks of one region follow each
/// other, so that an operation goes through the whole batch.
struct Batch: Sendable {
  /// Samples; lanes of the last chunk beyond them hold zeros at first, and no gradient ever.
  private(set) var count = 0
  private(set) var labels: [Int32] = []
  var values = AlignedFloats(count: 0)
  var gradients = AlignedFloats(count: 0)
  /// Of each sample: `[chunk][class][16]`.
  private(set) var probabilities: [Double] = []
  private(set) var losses: [Double] = []

  var chunks: Int { chunkCount(ofBatch: count) }

  /// Takes memory once, for all batches to come.
  ///
  /// - Parameter limit: the most samples that it will hold.
  /// - Precondition: they do not take too much memory; see ``Network/checkMemory(ofBatch:)``.
  mutating func reserve(_ limit: Int, of network: Network, withGradients: Bool = false) {
    let size = chunkCount(ofBatch: limit) * network.chunkSize
    guard values.count < size else { return }
    values = AlignedFloats(count: size)
    gradients = AlignedFloats(count: withGradients ? size : 0)
  }

  /// The pointers of ``values`` and ``gradients``.
  mutating func withPointers(
    _ body: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) {
    values.withMutablePointer { values in
      gradients.withMutablePointer { gradients in body(values, gradients) }
    }
  }

  /// Where the signals of a region start.
  func start(of region: Network.Region) -> Int { region.offset * chunks }

  /// Takes samples of a data set: their number and labels, but not yet their values.
  mutating func begin(_ indices: some Collection<Int>, of data: DataSet) {
    count = indices.count
    labels = indices.map { Int32(data.labels[$0]) }
  }

  /// What a region without length holds of one sample.
  func sample(_ index: Int, of region: Network.Region) -> [Float] {
    let first = start(of: region)
    return values.withPointer { values in
      let at = values + first + index / chunkWidth * region.count + index % chunkWidth
      return (0..<region.channels).map { at[$0 * chunkWidth] }
    }
  }

  /// Softmax and loss of each sample.
  ///
  /// - Returns: the mean loss times the number of samples.
  mutating func computeLoss(
    of logits: Network.Region, _ targets: CrossEntropyTargets, kernels: any BatchKernels
  ) -> Double {
    let size = logits.channels * chunks * chunkWidth
    if probabilities.count < size { probabilities = [Double](repeating: 0, count: size) }
    if losses.count < count { losses = [Double](repeating: 0, count: count) }
    let first = start(of: logits)
    labels.withUnsafeBufferPointer { labels in
      values.withPointer { values in
        kernels.crossEntropy(
          targets, labels: labels, logits: values + first, probabilities: &probabilities,
          losses: &losses)
      }
    }
    let sum = losses[..<count].reduce(0, +)
    return sum * (Double(count) / targets.weightSum(of: labels))
  }

  /// Writes the gradient of the mean loss; after ``computeLoss(of:_:kernels:)``.
  mutating func computeLossGradient(
    of logits: Network.Region, _ targets: CrossEntropyTargets, kernels: any BatchKernels
  ) {
    let first = start(of: logits)
    let divisor = targets.weightSum(of: labels)
    labels.withUnsafeBufferPointer { labels in
      gradients.withMutablePointer { gradients in
        kernels.crossEntropyGradient(
          targets, labels: labels, probabilities: probabilities, divisor: divisor,
          gradient: gradients + first)
      }
    }
  }
}

extension Network.Pass {
  /// Lays the samples of a data set side by side: one thread's share.
  ///
  /// - Parameter indices: of the batch's samples.
  func load(
    _ indices: UnsafeBufferPointer<Int>, of data: DataSet, into input: Network.Region,
    _ share: Share
  ) {
    let size = input.channels * input.length
    let to = values(input)
    data.inputs.withUnsafeBufferPointer { inputs in
      for sample in share.range(of: chunks * chunkWidth, step: chunkWidth) {
        let to = to + (sample / chunkWidth * size * chunkWidth + sample % chunkWidth)
        guard sample < count else {
          for offset in 0..<size { to[offset * chunkWidth] = 0 }
          continue
        }
        let from = inputs.baseAddress! + indices[sample] * size
        for offset in 0..<size { to[offset * chunkWidth] = from[offset] }
      }
    }
  }
}
