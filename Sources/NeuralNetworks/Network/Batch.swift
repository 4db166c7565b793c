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

  /// Where a batch lies in memory.
  struct Pointers {
    var values: UnsafeMutablePointer<Float>
    /// The gradients of ``values``.
    var slopes: UnsafeMutablePointer<Float>
    /// Of each sample, as the next two.
    var labels: UnsafeBufferPointer<Int32>
    /// `[chunk][class][16]`.
    var probabilities: UnsafeMutablePointer<Double>
    var losses: UnsafeMutablePointer<Double>
  }

  mutating func withPointers(_ body: (Pointers) -> Void) {
    values.withMutablePointer { values in
      gradients.withMutablePointer { slopes in
        labels.withUnsafeBufferPointer { labels in
          probabilities.withUnsafeMutableBufferPointer { probabilities in
            losses.withUnsafeMutableBufferPointer { losses in
              body(
                Pointers(
                  values: values, slopes: slopes, labels: labels,
                  probabilities: probabilities.baseAddress!, losses: losses.baseAddress!))
            }
          }
        }
      }
    }
  }

  /// Where the signals of a region start.
  func start(of region: Network.Region) -> Int { region.offset * chunks }

  /// Takes samples of a data set: their number and labels, but not yet their values.
  mutating func begin(_ indices: some Collection<Int>, of data: DataSet, _ network: Network) {
    count = indices.count
    labels = indices.map { Int32(data.labels[$0]) }
    let size = network.output.channels * chunks * chunkWidth
    if probabilities.count < size { probabilities = [Double](repeating: 0, count: size) }
    if losses.count < count { losses = [Double](repeating: 0, count: count) }
  }

  /// What a region without length holds of one sample.
  func sample(_ index: Int, of region: Network.Region) -> [Float] {
    withSample(index, of: region) { Array($0) }
  }

  private func withSample<Result>(
    _ index: Int, of region: Network.Region,
    _ body: (LazyMapCollection<Range<Int>, Float>) -> Result
  ) -> Result {
    let first = start(of: region)
    return values.withPointer { values in
      let at = values + first + index / chunkWidth * region.count + index % chunkWidth
      return body((0..<region.channels).lazy.map { at[$0 * chunkWidth] })
    }
  }

  /// What the network makes of the batch; after ``Network/Pass/computeLoss(of:_:kernels:)``.
  func result(of logits: Network.Region, _ targets: CrossEntropyTargets) -> TestResult {
    var result = TestResult()
    result.count = count
    result.lossSum = losses[..<count].reduce(0, +)
    result.weightSum = targets.weightSum(of: labels)
    for (index, label) in labels.enumerated()
    where withSample(index, of: logits, CrossEntropy.predictedClass) == Int(label) {
      result.correctCount += 1
    }
    return result
  }

  /// The mean loss times the number of samples; after ``Network/Pass/computeLoss(of:_:kernels:)``.
  func lossSum(_ targets: CrossEntropyTargets) -> Double {
    let sum = losses[..<count].reduce(0, +)
    return sum * (Double(count) / targets.weightSum(of: labels))
  }
}

extension Network.Pass {
  /// Softmax and loss of each sample.
  func computeLoss(
    of logits: Network.Region, _ targets: CrossEntropyTargets, kernels: any BatchKernels
  ) {
    kernels.crossEntropy(
      targets, labels: signals.labels, logits: values(logits), probabilities: probabilities(logits),
      losses: signals.losses)
  }

  /// The gradient of the mean loss; after ``computeLoss(of:_:kernels:)``.
  ///
  /// - Parameter divisor: the weights of all labels of the batch.
  func computeLossGradient(
    of logits: Network.Region, _ targets: CrossEntropyTargets, divisor: Double,
    kernels: any BatchKernels
  ) {
    kernels.crossEntropyGradient(
      targets, labels: signals.labels, probabilities: probabilities(logits), divisor: divisor,
      gradient: slopes(logits))
  }

  private func probabilities(_ logits: Network.Region) -> UnsafeMutablePointer<Double> {
    signals.probabilities + firstChunk * logits.count
  }
}
