import Compute

/// A network on its way: weights, the optimiser's memory, the random stream, what happened so far.
///
/// A value: a copy goes on by itself, with the same bits. Whether it is run epoch by epoch, batch by
/// batch or stage by stage makes no difference either. Large parts are shared until one of the copies
/// goes on: a copy costs nothing, and the next batch after it less than a millisecond.
package struct Training: Sendable {
  package struct Settings: Hashable, Sendable {
    package var optimizer: Optimizer
    package var epochs: Int
    package var batchSize: Int

    package init(
      optimizer: Optimizer = .asgd(learningRate: 0.01), epochs: Int = 1000, batchSize: Int = 64
    ) {
      self.optimizer = optimizer
      self.epochs = epochs
      self.batchSize = batchSize
    }
  }

  /// The five steps of one batch, in their order.
  package enum Stage: Int, Sendable, CaseIterable {
    case zeroGrad, forward, loss, backward, step
  }

  package private(set) var settings: Settings
  package let layer: Layer
  package let data: DataSet
  package let test: DataSet?

  /// Epochs that are complete.
  package private(set) var epoch = 0
  /// The mean training loss of each epoch, over its samples while the weights changed.
  package private(set) var history: [Double] = []
  /// The mean test loss after each epoch; empty without a test set.
  package private(set) var testHistory: [Double] = []
  /// The part of the test set that is classified rightly after each epoch, 0 … 1.
  package private(set) var testAccuracy: [Double] = []

  private let network: Network
  private let kernels: any BatchKernels
  private var weights: Weights
  private var gradients: [Float]
  private var optimizer: OptimizerState
  private var random: PyTorchGenerator
  private var batch: Batch

  /// The samples' order in the epoch under way; empty between epochs.
  private var order: [Int] = []
  /// The batch under way, and what is next to do with it.
  private var batchIndex = 0
  private var nextStage = Stage.zeroGrad
  /// The mean loss of the batch under way, once it is known.
  private var batchLoss: Double?
  /// Of the samples of this epoch so far.
  private var lossSum = 0.0
  /// The test after the last batch of an epoch, which ends with it.
  private var evaluation: Evaluation?

  /// Draws the weights from the data's stream (seed 0 when it has none), as PyTorch does.
  ///
  /// - Parameter kernels: compute; all give the same curves, up to rounding.
  /// - Throws: when the shapes of the layers, the data and the classes do not fit, or a setting makes
  ///   no sense.
  package init(
    layer: Layer, data: DataSet, test: DataSet? = nil, settings: Settings = Settings(),
    kernels: any BatchKernels = AvailableKernels.chosen
  ) throws(NetworkError) {
    let network = try Network(layer, sampleShape: data.sampleShape)
    try settings.check()
    try network.check(data, named: "the data")
    if let test { try network.check(test, named: "the test data") }
    try network.checkBatches(of: data.count, size: settings.batchSize)
    try network.checkWork(ofBatch: min(settings.batchSize, data.count))
    self.layer = layer
    self.data = data
    self.test = test
    self.settings = settings
    self.network = network
    self.kernels = kernels
    random = data.random ?? PyTorchGenerator(seed: 0)
    weights = Weights(drawing: network.entries, from: &random)
    gradients = [Float](repeating: 0, count: network.parameterCount)
    optimizer = OptimizerState(settings.optimizer)
    batch = try Batch(
      limit: min(settings.batchSize, data.count), of: network, withGradients: true)
  }

  /// What a training takes beside its data, before it is made: weights, gradients, the optimiser's
  /// memory, and the signals of a batch; in bytes, as a float that no product overflows.
  ///
  /// - Throws: as ``init(layer:data:test:settings:kernels:)`` when shapes do not fit.
  package static func workingByteCount(
    layer: Layer, data: DataSet, batchSize: Int
  ) throws(NetworkError) -> Double {
    let network = try Network(layer, sampleShape: data.sampleShape)
    let slices = sliceCount(ofBatch: min(max(0, batchSize), data.count))
    return 4 * (4 * Double(network.parameterCount) + 2 * Double(slices) * Double(network.sliceSize))
  }

  /// What it holds, the data included; copies share most of it.
  package var byteCount: Int {
    // Weights, gradients, and up to two arrays of the optimiser.
    let floats = 4 * network.parameterCount + batch.values.count + batch.gradients.count
    let curves = history.count + testHistory.count + testAccuracy.count
    return data.byteCount + (test?.byteCount ?? 0) + 4 * floats + 8 * curves
  }

  package var isFinished: Bool { epoch >= settings.epochs }

  /// Goes on for `epochs` more, perhaps with another optimiser (which then starts without memory).
  package mutating func extend(epochs: Int, optimizer: Optimizer? = nil) {
    settings.epochs = epoch + min(max(0, epochs), 1 << 40)
    if let optimizer {
      settings.optimizer = optimizer
      self.optimizer = OptimizerState(optimizer)
    }
  }

  /// To the end of the epoch under way.
  ///
  /// - Throws: when the loss is no longer finite: says the epoch and the learning rate.
  package mutating func runEpoch() throws(NetworkError) {
    let end = epoch + 1
    while epoch < end { try advance() }
  }

  /// The next stage of the batch under way. With a test set an epoch does not end with the `step` of
  /// its last batch: while ``isTesting``, this goes on with the test, some samples at a time.
  ///
  /// - Returns: the stage that was run, and what there is to see of it.
  /// - Throws: as ``runEpoch()``.
  package mutating func runStage() throws(NetworkError) -> BatchView {
    if order.isEmpty { startEpoch() }
    var view = BatchView(
      stage: isTesting ? .step : nextStage, batch: batchIndex, batchCount: batchCount,
      signal: Array(data.inputs(ofSample: order[sampleRange.lowerBound])),
      label: data.labels[order[sampleRange.lowerBound]])
    try advance()
    // The last step starts a new batch; its view shows the old one.
    if view.stage.rawValue >= Stage.forward.rawValue {
      view.probabilities = CrossEntropy.probabilities(batch.samples(of: network.output)[0])
    }
    if view.stage.rawValue >= Stage.loss.rawValue { view.loss = batchLoss }
    if view.stage != .forward && view.stage != .loss {
      view.gradientNorm = gradients.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
    return view
  }

  /// Whether the batches of the epoch are done, and its test is not.
  package var isTesting: Bool { evaluation != nil }

  /// What the weights take, running statistics included.
  package var modelByteCount: Int { 4 * (weights.parameters.count + weights.statistics.count) }

  /// The trained network as it is now.
  package var model: Model { Model(layer: layer, orderedState: weights.state(network.entries)) }

  /// The logits for each sample: `[count, classes]`.
  ///
  /// - Parameter checkpoint: called now and then; what it throws ends the work.
  /// - Throws: when the samples have another shape than those of the training.
  package func logits(
    of data: DataSet, checkpoint: () throws -> Void = {}
  ) throws -> NDArray {
    guard data.sampleShape == self.data.sampleShape else {
      throw NetworkError(
        "the network was trained with samples of shape "
          + "\(NDArray.describe(shape: self.data.sampleShape)), and these have "
          + NDArray.describe(shape: data.sampleShape))
    }
    return try network.logits(
      of: data, weights: weights, kernels: kernels, checkpoint: checkpoint)
  }

  /// What is needed to go on later; nil in the middle of an epoch.
  package var checkpoint: Checkpoint? {
    guard order.isEmpty else { return nil }
    return Checkpoint(
      history: history, testHistory: testHistory, testAccuracy: testAccuracy,
      state: weights.state(network.entries), optimizer: optimizer.memory, random: random)
  }

  /// Goes to where another training with the same layers, data and settings stood.
  ///
  /// - Throws: when the checkpoint is not that of such a training, or holds numbers that are not
  ///   finite; it is then as it was before.
  package mutating func resume(from checkpoint: Checkpoint) throws(NetworkError) {
    try checkpoint.check(parameterCount: network.parameterCount, hasTest: test != nil)
    let model = try Model(layer: layer, state: checkpoint.state)
    let memory = checkpoint.optimizer
    optimizer = try OptimizerState(settings.optimizer, remembering: memory)
    weights = Weights(model.state ?? [], of: network.entries)
    random = checkpoint.random
    (history, epoch) = (checkpoint.history, checkpoint.history.count)
    (testHistory, testAccuracy) = (checkpoint.testHistory, checkpoint.testAccuracy)
    (order, evaluation) = ([], nil)
    (batchIndex, nextStage, batchLoss, lossSum) = (0, .zeroGrad, nil, 0)
  }

  /// As it was after the first epochs, as far as its curves show it: the weights are those of now.
  package func atEpoch(_ count: Int) -> Training {
    var earlier = self
    earlier.history = Array(history.prefix(count))
    earlier.testHistory = Array(testHistory.prefix(count))
    earlier.testAccuracy = Array(testAccuracy.prefix(count))
    earlier.epoch = earlier.history.count
    return earlier
  }

  /// How long the epochs that are left will take on an idle machine, from a few batches of a copy;
  /// it takes some milliseconds itself. Nil when the copy fails.
  package func estimatedSeconds() -> Double? {
    guard !isFinished else { return 0 }
    var trial = self
    // A part of a test is no batch.
    if trial.isTesting { trial.endEpoch() }
    let clock = ContinuousClock()
    // Memory is touched and shared arrays are copied in the first batch: it is slower, and all that
    // is run when it is slow.
    var start = clock.now
    guard (try? trial.runBatch()) != nil else { return nil }
    var fastest = clock.now - start
    start = clock.now
    while fastest < .milliseconds(50), clock.now - start < .milliseconds(4) {
      if trial.isTesting { trial.endEpoch() }
      let batchStart = clock.now
      guard (try? trial.runBatch()) != nil else { return nil }
      fastest = min(fastest, clock.now - batchStart)
    }
    let seconds = fastest / .seconds(1)
    // Testing goes forwards only, a third of the work.
    let testBatches = Double(test?.count ?? 0) / Double(min(settings.batchSize, data.count)) / 3
    return seconds * (Double(batchCount) + testBatches) * Double(settings.epochs - epoch)
  }
}

extension Training {
  private var batchCount: Int { (data.count - 1) / settings.batchSize + 1 }

  /// Of the batch under way, in the order of the epoch.
  private var sampleRange: Range<Int> {
    let start = batchIndex * settings.batchSize
    return start..<min(data.count, start + settings.batchSize)
  }

  /// A pass over PyTorch's DataLoader draws its base seed, which is not used here, then the seed of
  /// the generator that shuffles.
  private mutating func startEpoch() {
    _ = random.int64()
    var shuffling = PyTorchGenerator(seed: random.int64())
    order = shuffling.permutation(data.count)
  }

  /// To the end of the batch under way, or the next one; after the last one, as much of the test as
  /// a batch takes.
  ///
  /// - Throws: as ``runEpoch()``.
  package mutating func runBatch() throws(NetworkError) {
    repeat { try advance() } while nextStage != .zeroGrad
  }

  private mutating func advance() throws(NetworkError) {
    if order.isEmpty { startEpoch() }
    try flushingTinyNumbers { () throws(NetworkError) in
      if isTesting { try goOnTesting() } else { try run(nextStage) }
    }
  }

  private mutating func run(_ stage: Stage) throws(NetworkError) {
    switch stage {
    case .zeroGrad:
      gradients.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
      batchLoss = nil
      nextStage = .forward
    case .forward:
      batch.load(order[sampleRange], of: data, as: network.input)
      network.forward(
        &batch, parameters: weights.parameters, statistics: &weights.statistics, random: &random,
        isTraining: true, kernels: kernels)
      weights.batchesSeen += 1
      nextStage = .loss
    case .loss:
      let sum = CrossEntropy.loss(of: batch, logits: network.output).sum
      guard sum.isFinite else { throw lossError }
      batchLoss = sum / Double(batch.count)
      lossSum += sum
      nextStage = .backward
    case .backward:
      CrossEntropy.backward(&batch, logits: network.output)
      network.backward(
        &batch, parameters: weights.parameters, gradients: &gradients, kernels: kernels)
      nextStage = .step
    case .step:
      optimizer.step(&weights.parameters, gradients: gradients)
      nextStage = .zeroGrad
      if batchIndex + 1 < batchCount {
        batchIndex += 1
      } else if let test {
        evaluation = try Evaluation(of: test, by: network)
      } else {
        endEpoch()
      }
    }
  }

  /// - Throws: before the epoch counts as done; whoever tries again hears the same.
  private mutating func goOnTesting() throws(NetworkError) {
    guard let test, var evaluation else { return }
    // Moved out, so that its signals are not copied when they change.
    self.evaluation = nil
    if evaluation.runBatch(of: test, by: network, weights: weights, kernels: kernels) {
      evaluation.countLoss(at: network.output)
      self.evaluation = evaluation
      return
    }
    guard evaluation.lossSum.isFinite else {
      self.evaluation = evaluation
      throw lossError
    }
    testHistory.append(evaluation.lossSum / Double(test.count))
    testAccuracy.append(Double(evaluation.rightCount) / Double(test.count))
    endEpoch()
  }

  private mutating func endEpoch() {
    evaluation = nil
    history.append(lossSum / Double(data.count))
    lossSum = 0
    order = []
    batchIndex = 0
    epoch += 1
  }

  /// Why the loss of the batch or the test under way is not finite.
  private var lossError: NetworkError {
    let rate = text(settings.optimizer.learningRate)
    let greatest = data.inputs.reduce(0) { max($0, abs($1)) }
    // No step has been made: what the loss comes from is the data, and weights as they were drawn.
    guard weights.batchesSeen > 1 || isTesting else {
      return NetworkError(
        "the loss is not finite in the first batch, before any step; the values of the data go up to "
          + "\(greatest)", mend: "scale them, as in X / np.max(np.abs(X))")
    }
    return NetworkError(
      "the loss is no longer finite in epoch \(epoch + 1), with a learning rate of \(rate)",
      mend: greatest < 1000
        ? "take a smaller learning rate"
        : "take a smaller learning rate, or scale the data, whose values go up to \(greatest)")
  }
}

extension Training.Settings {
  fileprivate func check() throws(NetworkError) {
    try optimizer.check()
    guard epochs >= 0 else {
      throw NetworkError("epochs is \(epochs), and must be 0 or more")
    }
    guard batchSize >= 1 else {
      throw NetworkError("batch_size is \(batchSize), and must be at least 1", mend: "64 is usual")
    }
  }
}
