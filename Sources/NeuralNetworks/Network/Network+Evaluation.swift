import Compute

extension Network {
  /// The mean loss over a data set, and the part of it that is classified rightly.
  func evaluate(
    _ data: DataSet, weights: Weights, kernels: any BatchKernels
  ) throws(NetworkError) -> (loss: Double, accuracy: Double) {
    var (sum, rightCount) = (0.0, 0)
    try forEachBatch(of: data, weights, kernels) { batch in
      let result = CrossEntropy.loss(of: batch, logits: output)
      sum += result.sum
      rightCount += result.rightCount
    }
    return (sum / Double(data.count), Double(rightCount) / Double(data.count))
  }

  /// What the network makes of each sample: `[count][outputs]`, channel by channel.
  func logits(
    of data: DataSet, weights: Weights, kernels: any BatchKernels
  ) throws(NetworkError) -> [[Float]] {
    var logits: [[Float]] = []
    let flat = Region(
      offset: output.offset, channels: output.channels * output.length, length: 1)
    try forEachBatch(of: data, weights, kernels) { logits += $0.samples(of: flat) }
    return logits
  }

  /// Forward only, with BatchNorm's running statistics and without Dropout.
  private func forEachBatch(
    of data: DataSet, _ weights: Weights, _ kernels: any BatchKernels, _ body: (Batch) -> Void
  ) throws(NetworkError) {
    let size = 8 * sliceWidth
    var batch = try Batch(limit: min(size, data.count), of: self, withGradients: false)
    var statistics = weights.statistics
    var random = PyTorchGenerator(seed: 0)  // Draws nothing: only training drops.
    for start in stride(from: 0, to: data.count, by: size) {
      batch.load(start..<min(data.count, start + size), of: data, as: input)
      flushingTinyNumbers {
        forward(
          &batch, parameters: weights.parameters, statistics: &statistics, random: &random,
          isTraining: false, kernels: kernels)
      }
      body(batch)
    }
  }
}

extension Model {
  /// What the network makes of each sample: `[count][outputs]`, channel by channel.
  ///
  /// - Throws: when it has no weights, or the samples have a shape that it does not take.
  package func logits(
    of data: DataSet, kernels: any BatchKernels = AvailableKernels.chosen
  ) throws(NetworkError) -> [[Float]] {
    guard let state else {
      throw NetworkError(
        "the model has no weights", mend: "train it, or load weights with load(file, like=model)")
    }
    let network = try Network(layer, sampleShape: data.sampleShape)
    return try network.logits(
      of: data, weights: Weights(state, of: network.entries), kernels: kernels)
  }
}
