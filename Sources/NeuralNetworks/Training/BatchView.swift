/// What there is to see of a batch after one of its stages.
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
  /// The mean loss of the batch before and after `step`, both in evaluation mode.
  package var stepLosses: StepLosses?

  package struct StepLosses: Hashable, Sendable {
    package var before: Double
    package var after: Double

    package init(before: Double, after: Double) {
      self.before = before
      self.after = after
    }
  }

  /// - Parameter backend: holds a batch; nil when there is nothing to see of it yet.
  init(
    _ stage: Training.Stage, of epoch: EpochProgress, _ plan: TrainingPlan,
    _ backend: (any TrainingBackend)?
  ) {
    let index = min(epoch.batchIndex, plan.batchCount - 1)
    let first = epoch.samples(ofBatch: index, plan).first ?? 0
    self.init(
      stage: stage, batch: index, batchCount: plan.batchCount,
      signal: Array(plan.data.inputs(ofSample: first)), label: plan.data.labels[first])
    if let backend { show(backend, epoch) }
  }

  /// Takes over what is known after the stage.
  mutating func show(_ backend: any TrainingBackend, _ epoch: EpochProgress) {
    if stage.rawValue >= Training.Stage.forward.rawValue {
      probabilities = CrossEntropy.probabilities(backend.logits(ofBatchSample: 0))
    }
    if stage.rawValue >= Training.Stage.loss.rawValue { loss = epoch.batchLoss }
    if stage != .forward && stage != .loss { gradientNorm = backend.gradientNorm() }
  }

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
