import Compute

/// A network on its way: weights, the optimiser's memory, the random stream, what happened so far.
///
/// A value: a copy goes on by itself, with the same bits. Whether it is run epoch by epoch, batch by
/// batch or stage by stage makes no difference either.
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

  /// Draws the weights from the data's stream (seed 0 when it has none), as PyTorch does.
  ///
  /// - Throws: when the shapes of the layers, the data and the classes do not fit.
  package init(
    layer: Layer, data: DataSet, test: DataSet? = nil, settings: Settings = Settings()
  ) throws(NetworkError) {
    self.layer = layer
    self.data = data
    self.test = test
    self.settings = settings
  }

  package var isFinished: Bool { epoch >= settings.epochs }

  /// Goes on for `epochs` more, perhaps with another optimiser (which then starts without memory).
  package mutating func extend(epochs: Int, optimizer: Optimizer? = nil) {
    settings.epochs = epoch + epochs
  }

  /// To the end of the epoch under way.
  ///
  /// - Throws: when the loss is no longer finite: says the epoch and the learning rate.
  package mutating func runEpoch() throws(NetworkError) {
    fatalError("to be written")
  }

  /// The next stage of the batch under way; an epoch ends with the `step` of its last batch.
  ///
  /// - Returns: the stage that was run, and what there is to see of it.
  package mutating func runStage() throws(NetworkError) -> BatchView {
    fatalError("to be written")
  }

  /// The trained network as it is now.
  package var model: Model { fatalError("to be written") }

  /// The logits for each sample: `[count][classes]`.
  package func logits(of data: DataSet) throws(NetworkError) -> [[Float]] {
    fatalError("to be written")
  }
}

/// What one batch, slowly, shows after a stage.
package struct BatchView: Sendable {
  package var stage: Training.Stage
  /// From 0, and of how many.
  package var batch: Int
  package var batchCount: Int
  /// The first signal of the batch, its class, and its probabilities once `forward` has run.
  package var signal: [Float]
  package var label: Int
  package var probabilities: [Double]?
  /// The mean loss of the batch, once `loss` has run.
  package var loss: Double?
  /// The Euclidean norm of all gradients: 0 after `zeroGrad`, known again after `backward`.
  package var gradientNorm: Double?

  package init(
    stage: Training.Stage, batch: Int, batchCount: Int, signal: [Float], label: Int,
    probabilities: [Double]? = nil, loss: Double? = nil, gradientNorm: Double? = nil
  ) {
    self.stage = stage
    self.batch = batch
    self.batchCount = batchCount
    self.signal = signal
    self.label = label
    self.probabilities = probabilities
    self.loss = loss
    self.gradientNorm = gradientNorm
  }
}
