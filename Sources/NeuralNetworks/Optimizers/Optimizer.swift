import Glibc
import Messages

/// How weights are updated from their gradients. Parameters and defaults are those of
/// `torch.optim`.
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
  /// Adam whose weights decay by themselves, rather than through their gradients.
  case adamW(
    learningRate: Double, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    weightDecay: Double = 0.01)
}

extension Optimizer {
  package var learningRate: Double {
    switch self {
    case .sgd(let rate, _, _, _, _), .asgd(let rate, _, _, _, _), .adam(let rate, _, _, _, _),
      .adamW(let rate, _, _, _, _):
      rate
    }
  }

  /// - Throws: when a number is not what PyTorch takes; says which, and what it may be.
  package func check() throws(Diagnostic) {
    try check("lr", learningRate)
    switch self {
    case .sgd(_, let momentum, let dampening, let nesterov, let weightDecay):
      try check("momentum", momentum)
      try check("weight_decay", weightDecay)
      guard dampening.isFinite else {
        throw Diagnostic("dampening is \(text(dampening)), but must be a finite number")
      }
      guard !nesterov || (momentum > 0 && dampening == 0) else {
        throw Diagnostic(
          "nesterov takes a momentum above 0 and no dampening", hint: "try momentum=0.9")
      }
    case .asgd(let rate, let lambda, let alpha, let t0, let weightDecay):
      try check("lambd", lambda)
      try check("alpha", alpha)
      try check("weight_decay", weightDecay)
      guard t0.isFinite else {
        throw Diagnostic("t0 is \(text(t0)), but must be a finite number")
      }
      // What divides the rate in the second step.
      guard pow(1 + lambda * rate, alpha).isFinite else {
        throw Diagnostic(
          "alpha is \(text(alpha)), too large: (1 + lambd * lr)**alpha exceeds every number",
          hint: "PyTorch's default is 0.75")
      }
    case .adam(_, let beta1, let beta2, let epsilon, let weightDecay),
      .adamW(_, let beta1, let beta2, let epsilon, let weightDecay):
      try check("weight_decay", weightDecay)
      try check("eps", epsilon)
      for beta in [beta1, beta2] where !(beta >= 0 && beta < 1) {
        throw Diagnostic("betas are at least 0 and less than 1, not \(text(beta))")
      }
    }
  }

  /// The option that makes the weights grow without bounds, whatever the gradients are, and what it
  /// should be; nil when no option does.
  package var unstableOption: (name: String, value: Double, advice: String)? {
    func decay(_ name: String, _ value: Double) -> (name: String, value: Double, advice: String)? {
      // Each step multiplies the weights by 1 - lr * value.
      learningRate * value > 2
        ? (name, value, "use a \(name) below \(text(2 / learningRate)), which is 2 / lr") : nil
    }
    switch self {
    case .sgd(_, let momentum, _, _, let weightDecay):
      if momentum >= 1 { return ("momentum", momentum, "use a momentum below 1") }
      return decay("weight_decay", weightDecay)
    case .asgd(_, let lambda, _, _, let weightDecay):
      return decay("lambd", lambda) ?? decay("weight_decay", weightDecay)
    case .adam(_, _, _, let epsilon, _): return self.epsilon(epsilon)
    case .adamW(_, _, _, let epsilon, let weightDecay):
      return decay("weight_decay", weightDecay) ?? self.epsilon(epsilon)
    }
  }

  /// Where a gradient has been 0 so far, the step is 0 / 0 without it.
  private func epsilon(_ value: Double) -> (name: String, value: Double, advice: String)? {
    value == 0 ? ("eps", value, "use eps=1e-8, so that no step is 0 / 0") : nil
  }

  private func check(_ name: String, _ value: Double) throws(Diagnostic) {
    guard value >= 0, value.isFinite else {
      throw Diagnostic("\(name) is \(text(value)), but must be a finite number, 0 or more")
    }
  }
}

/// Without a fraction where there is none.
func text(_ value: Double) -> String {
  value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
}
