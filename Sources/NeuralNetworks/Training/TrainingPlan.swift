import Compute
import Messages

/// What stays the same during a training: layers, data and settings that fit each other, and the
/// network laid out for the data's samples. Holds no weights and no working memory, so it is cheap
/// to make, copy and compare.
package struct TrainingPlan: Sendable {
  package let layer: Layer
  package let data: DataSet
  package let test: DataSet?
  package let settings: Training.Settings
  /// Which operation reads and writes what, and where its weights are.
  package let network: Network
  /// What the loss compares the network's outputs with.
  package let targets: CrossEntropyTargets

  /// - Throws: when the shapes of the layers, the data and the classes do not fit, a batch would
  ///   take too long or too much memory, or a setting is invalid.
  package init(
    layer: Layer, data: DataSet, test: DataSet? = nil,
    settings: Training.Settings = Training.Settings()
  ) throws(Diagnostic) {
    let network = try Network(layer, sampleShape: data.sampleShape)
    try settings.check()
    try network.check(data, named: "the data")
    if let test { try network.check(test, named: "the test data") }
    let classes = network.outputShape[0]
    try settings.criterion.check(classes: classes, of: data, named: "the data")
    if let test {
      try settings.criterion.check(classes: classes, of: test, named: "the test data")
    }
    try network.checkBatches(of: data.count, size: settings.batchSize)
    let batchSize = min(settings.batchSize, data.count)
    try network.checkWork(ofBatch: batchSize)
    try network.checkMemory(ofBatch: batchSize)
    if let test { try network.checkMemory(ofBatch: min(network.testBatchSize, test.count)) }
    self.init(layer, data, test, settings, network)
  }

  private init(
    _ layer: Layer, _ data: DataSet, _ test: DataSet?, _ settings: Training.Settings,
    _ network: Network
  ) {
    self.layer = layer
    self.data = data
    self.test = test
    self.settings = settings
    self.network = network
    targets = settings.criterion.targets(classes: network.outputShape[0])
  }

  /// The plan for `epochs` more than are complete, perhaps with another optimiser.
  ///
  /// - Precondition: the optimiser's settings are valid.
  func extended(epochs: Int, from epoch: Int, optimizer: Optimizer? = nil) -> TrainingPlan {
    var settings = settings
    settings.epochs = epoch + min(max(0, epochs), 1 << 40)
    if let optimizer { settings.optimizer = optimizer }
    return TrainingPlan(layer, data, test, settings, network)
  }

  /// Whether it can be trained: a saved run does not keep the inputs.
  package var hasInputs: Bool { data.hasInputs && test?.hasInputs != false }

  /// With inputs for data sets whose own are missing, where they are the same.
  package func supplied(data other: DataSet, test otherTest: DataSet?) -> TrainingPlan {
    guard !hasInputs else { return self }
    return TrainingPlan(
      layer, data.supplied(from: other), test.map { $0.supplied(from: otherTest) }, settings,
      network)
  }

  /// The number of samples in the largest batch.
  package var batchSize: Int { min(settings.batchSize, data.count) }

  /// The number of batches in an epoch.
  package var batchCount: Int { (data.count - 1) / settings.batchSize + 1 }

  /// The memory that a training needs besides its data, before it is planned: weights, gradients,
  /// the optimiser's memory, and the signals of a batch; in bytes, as a float that no product
  /// overflows.
  ///
  /// - Throws: as ``init(layer:data:test:settings:)`` when shapes do not fit.
  package static func workingByteCount(
    layer: Layer, data: DataSet, batchSize: Int
  ) throws(Diagnostic) -> Double {
    let network = try Network(layer, sampleShape: data.sampleShape)
    return network.workingByteCount(batchSize: min(max(0, batchSize), data.count))
  }
}

extension TrainingPlan {
  /// Whether both lead to the same runs, bit for bit. Linear in the size of the data, and constant
  /// for copies of one data set.
  package func isIdentical(to other: TrainingPlan) -> Bool {
    guard layer == other.layer, settings == other.settings, data.isIdentical(to: other.data)
    else { return false }
    return switch (test, other.test) {
    case (nil, nil): true
    case (let test?, let other?): test.isIdentical(to: other)
    default: false
    }
  }
}

extension Training {
  package struct Settings: Hashable, Sendable {
    package var optimizer: Optimizer
    package var epochs: Int
    package var batchSize: Int
    package var criterion: CrossEntropyLoss

    package init(
      optimizer: Optimizer = .asgd(learningRate: 0.01), epochs: Int = 1000, batchSize: Int = 64,
      criterion: CrossEntropyLoss = CrossEntropyLoss()
    ) {
      self.optimizer = optimizer
      self.epochs = epochs
      self.batchSize = batchSize
      self.criterion = criterion
    }

    fileprivate func check() throws(Diagnostic) {
      try optimizer.check()
      try criterion.check()
      guard epochs >= 0 else { throw Diagnostic("epochs is \(epochs), but must be 0 or more") }
      guard batchSize >= 1 else {
        throw Diagnostic(
          "batch_size is \(batchSize), but must be at least 1", hint: "64 is usual")
      }
    }
  }
}
