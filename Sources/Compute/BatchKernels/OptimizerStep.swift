/// One step of an optimiser, with everything in it that is the same for all parameters.
///
/// `first` and `second` are what the optimiser remembers of each parameter.
package enum OptimizerStep: Hashable, Sendable {
  /// `first` is the velocity; none without momentum.
  case sgd(rate: Float, momentum: Float, share: Float, nesterov: Bool, weightDecay: Float)
  /// `first` is the average; none as long as it equals the parameters.
  case asgd(rate: Float, decay: Float, average: Float, weightDecay: Float)
  /// `first` is the mean of the gradients, `second` that of their squares. Of the parameter itself,
  /// the part `keep` is kept: 1 in Adam, less in AdamW, whose gradients have no weight decay.
  case adam(
    step: Float, correction: Float, share1: Float, share2: Float, keep2: Float, epsilon: Float,
    keep: Float, weightDecay: Float)
}
