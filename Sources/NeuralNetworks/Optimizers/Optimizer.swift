/// How weights follow their gradients. Parameters and defaults are those of `torch.optim`.
package enum Optimizer: Hashable, Sendable {
  case sgd(
    learningRate: Double, momentum: Double = 0, dampening: Double = 0, nesterov: Bool = false,
    weightDecay: Double = 0)
  /// Averaged stochastic gradient descent; the average is kept, and the model uses the weights
  /// themselves, as in PyTorch.
  case asgd(
    learningRate: Double, lambda: Double = 1e-4, alpha: Double = 0.75, t0: Double = 1e6,
    weightDecay: Double = 0)
  case adam(
    learningRate: Double, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    weightDecay: Double = 0)
}
