import Compute
import Concurrency
import Messages

extension Network {
  /// Samples that are tested or predicted at a time: few enough to take neither long nor much
  /// memory, and at least one chunk. Part of the arithmetic of a test: losses are summed part by
  /// part.
  package var testBatchSize: Int {
    let multiplications = multiplicationCount * Double(chunkWidth)
    let bytes = Double(4 * chunkSize)
    let chunks = min(
      8, Self.multiplicationLimit / max(1, multiplications), 64 * 1024 * 1024 / max(1, bytes))
    return max(1, Int(chunks)) * chunkWidth
  }

  /// What a batch holds of the output, `[count][outputs]`, channel by channel.
  func logits(in batch: Batch) -> [Float] {
    let size = output.channels * output.length
    let flat = Region(offset: output.offset, channels: size, length: 1)
    var logits: [Float] = []
    logits.reserveCapacity(batch.count * size)
    for index in 0..<batch.count { logits += batch.sample(index, of: flat) }
    return logits
  }

  /// All samples, a few at a time: `[count, outputs]`.
  ///
  /// - Parameters:
  ///   - checkpoint: called after each part; what it throws ends the work.
  ///   - part: what the network makes of some of them, as ``logits(in:)``.
  func logits(
    of data: DataSet, checkpoint: () throws -> Void, part: (Range<Int>) -> [Float]
  ) throws -> NDArray {
    let size = output.channels * output.length
    try [Float].reserve(data.count * size)
    var logits: [Float] = []
    logits.reserveCapacity(data.count * size)
    for start in stride(from: 0, to: data.count, by: testBatchSize) {
      logits += part(start..<min(data.count, start + testBatchSize))
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
      throw Diagnostic(
        "the model has no weights", hint: "train it, or load weights with load(file, like=model)")
    }
    let network = try Network(layer, sampleShape: data.sampleShape)
    try network.checkWork(ofBatch: 1)
    let batchSize = min(network.testBatchSize, data.count)
    try network.checkMemory(ofBatch: batchSize)
    try Budget.reserve(
      network.workingByteCount(batchSize: batchSize), for: "the network at work")
    let runner = NetworkRunner(network, kernels: kernels)
    runner.weights = try Weights(state, of: network.entries)
    runner.batch.reserve(batchSize, of: network)
    return try network.logits(of: data, checkpoint: checkpoint) { samples in
      runner.forward(Array(samples), of: data, masks: nil)
      return network.logits(in: runner.batch)
    }
  }
}

extension TrainingDevice {
  /// What a network in training makes of each sample: `[count, classes]`.
  ///
  /// - Throws: when the samples have another shape than those of the training.
  func logits(
    of data: DataSet, _ plan: TrainingPlan, _ state: TrainingState, checkpoint: () throws -> Void
  ) throws -> NDArray {
    guard data.sampleShape == plan.data.sampleShape else {
      throw Diagnostic(
        "the network was trained with samples of shape "
          + "\(NDArray.describe(shape: plan.data.sampleShape)), and these have "
          + NDArray.describe(shape: data.sampleShape))
    }
    let backend = try makeTrainingBackend(for: plan)
    backend.load(state)
    return try plan.network.logits(of: data, checkpoint: checkpoint) { samples in
      backend.logits(of: data, samples: samples)
    }
  }
}
