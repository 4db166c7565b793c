import Compute

/// What a network makes of a data set, batch by batch, so that whoever runs it can stop in between:
/// forwards only, with BatchNorm's running statistics and without Dropout.
struct Evaluation: Sendable {
  /// Where the newest results are.
  private(set) var batch: Batch
  /// Of the samples so far.
  private(set) var lossSum = 0.0
  private(set) var rightCount = 0
  private var nextSample = 0
  private let batchSize: Int

  /// - Throws: when the signals of a few samples take more than an array may.
  init(of data: DataSet, by network: Network) throws(NetworkError) {
    batchSize = network.evaluationBatchSize
    batch = try Batch(limit: min(batchSize, data.count), of: network, withGradients: false)
  }

  /// The next samples; they are all those that are left when they are few.
  ///
  /// - Returns: false when there were none left.
  mutating func runBatch(
    of data: DataSet, by network: Network, weights: Weights, kernels: any BatchKernels
  ) -> Bool {
    guard nextSample < data.count else { return false }
    let end = min(data.count, nextSample + batchSize)
    batch.load(nextSample..<end, of: data, as: network.input)
    var statistics = weights.statistics
    var random = PyTorchGenerator(seed: 0)  // Draws nothing: only training drops.
    flushingTinyNumbers {
      network.forward(
        &batch, parameters: weights.parameters, statistics: &statistics, random: &random,
        isTraining: false, kernels: kernels)
    }
    nextSample = end
    return true
  }

  /// Counts the results of the newest batch.
  mutating func countLoss(at logits: Network.Region) {
    let result = CrossEntropy.loss(of: batch, logits: logits)
    lossSum += result.sum
    rightCount += result.rightCount
  }
}

extension Network {
  /// As many samples as take neither long nor much memory together, but at least one slice.
  fileprivate var evaluationBatchSize: Int {
    let products = productCount * Double(sliceWidth)
    let bytes = Double(4 * sliceSize)
    let slices = min(8, Self.productLimit / max(1, products), 64 * 1024 * 1024 / max(1, bytes))
    return max(1, Int(slices)) * sliceWidth
  }

  /// What the network makes of each sample: `[count, outputs]`, channel by channel.
  ///
  /// - Parameter checkpoint: called after each batch; what it throws ends the work.
  func logits(
    of data: DataSet, weights: Weights, kernels: any BatchKernels, checkpoint: () throws -> Void
  ) throws -> NDArray {
    var logits: [Float] = []
    let size = output.channels * output.length
    logits.reserveCapacity(data.count * size)
    let flat = Region(offset: output.offset, channels: size, length: 1)
    var evaluation = try Evaluation(of: data, by: self)
    while evaluation.runBatch(of: data, by: self, weights: weights, kernels: kernels) {
      for sample in evaluation.batch.samples(of: flat) { logits += sample }
      try checkpoint()
    }
    return NDArray(shape: [data.count, size], values: logits)
  }
}

extension Model {
  /// What the network makes of each sample: `[count, outputs]`, channel by channel.
  ///
  /// - Parameter checkpoint: called now and then; what it throws ends the work.
  /// - Throws: when it has no weights, or the samples have a shape that it does not take.
  package func logits(
    of data: DataSet, kernels: any BatchKernels = AvailableKernels.chosen,
    checkpoint: () throws -> Void = {}
  ) throws -> NDArray {
    guard let state else {
      throw NetworkError(
        "the model has no weights", mend: "train it, or load weights with load(file, like=model)")
    }
    let network = try Network(layer, sampleShape: data.sampleShape)
    try network.checkWork(ofBatch: 1)
    return try network.logits(
      of: data, weights: Weights(state, of: network.entries), kernels: kernels,
      checkpoint: checkpoint)
  }
}
