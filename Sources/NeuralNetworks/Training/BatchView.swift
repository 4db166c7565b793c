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
