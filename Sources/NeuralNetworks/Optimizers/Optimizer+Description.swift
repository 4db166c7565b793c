import Messages

extension Optimizer {
  /// With what differs from PyTorch's defaults: "ASGD, rate 0.01", "SGD, rate 0.1, momentum 0.9".
  package var title: String {
    switch self {
    case .sgd(let rate, let momentum, _, let nesterov, let decay):
      "SGD, rate \(Quantity(rate))" + (momentum > 0 ? ", momentum \(Quantity(momentum))" : "")
        + (nesterov ? ", Nesterov" : "") + Self.decayTitle(decay)
    case .asgd(let rate, _, _, _, let decay):
      "ASGD, rate \(Quantity(rate))" + Self.decayTitle(decay)
    case .adam(let rate, _, _, _, let decay):
      "Adam, rate \(Quantity(rate))" + Self.decayTitle(decay)
    case .adamW(let rate, _, _, _, let decay):
      "AdamW, rate \(Quantity(rate))" + Self.decayTitle(decay, standard: 0.01)
    }
  }

  /// As one would write it in a cell, without what has PyTorch's default. Swift and Python write
  /// floats alike.
  package var code: String {
    switch self {
    case .sgd(let rate, let momentum, let dampening, let nesterov, let decay):
      Self.call(
        "SGD", rate,
        [("momentum", momentum, 0), ("dampening", dampening, 0), ("weight_decay", decay, 0)],
        rest: nesterov ? ", nesterov=True" : "")
    case .asgd(let rate, let lambda, let alpha, let t0, let decay):
      Self.call(
        "ASGD", rate,
        [
          ("lambd", lambda, 1e-4), ("alpha", alpha, 0.75), ("t0", t0, 1e6),
          ("weight_decay", decay, 0),
        ])
    case .adam(let rate, let beta1, let beta2, let epsilon, let decay):
      Self.call(
        "Adam", rate, [("eps", epsilon, 1e-8), ("weight_decay", decay, 0)],
        rest: Self.code(betas: beta1, beta2))
    case .adamW(let rate, let beta1, let beta2, let epsilon, let decay):
      Self.call(
        "AdamW", rate, [("eps", epsilon, 1e-8), ("weight_decay", decay, 0.01)],
        rest: Self.code(betas: beta1, beta2))
    }
  }

  private static func code(betas beta1: Double, _ beta2: Double) -> String {
    (beta1, beta2) == (0.9, 0.999) ? "" : ", betas=(\(beta1), \(beta2))"
  }

  private static func call(
    _ name: String, _ rate: Double, _ options: [(name: String, value: Double, standard: Double)],
    rest: String = ""
  ) -> String {
    let given = options.filter { $0.value != $0.standard }
    return "optim.\(name)(lr=\(rate)"
      + given.map { ", \($0.name)=\($0.value)" }.joined() + rest + ")"
  }

  private static func decayTitle(_ decay: Double, standard: Double = 0) -> String {
    decay == standard ? "" : ", weight decay \(Quantity(decay))"
  }
}
