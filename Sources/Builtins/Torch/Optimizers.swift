import Interpreter
import Messages
import NeuralNetworks

/// The optimisers of `torch.optim`, without the model's parameters: `train` supplies them.
extension Builtins {
  static let optimizers: [Builtin] = [
    Builtin(
      "optim.SGD",
      [
        rate(0.001),
        Parameter(
          "momentum", kind: .keywordOnly, default: .int(0),
          note: "the fraction of the previous step that is added"),
        Parameter("dampening", kind: .keywordOnly, default: .int(0), note: "of the gradient"),
        weightDecay,
        Parameter("nesterov", kind: .keywordOnly, default: .bool(false)),
      ],
      "Stochastic gradient descent: each step is the gradient of a batch times -lr."
    ) { call in
      let arguments = call.arguments
      return try checked(
        .sgd(
          learningRate: arguments.double("lr"), momentum: arguments.double("momentum"),
          dampening: arguments.double("dampening"), nesterov: arguments.bool("nesterov"),
          weightDecay: arguments.double("weight_decay")))
    },

    Builtin(
      "optim.ASGD",
      [
        rate(0.01),
        Parameter(
          "lambd", kind: .keywordOnly, default: .float(1e-4), note: "how fast the weights decay"),
        Parameter(
          "alpha", kind: .keywordOnly, default: .float(0.75), note: "how fast the rate falls"),
        Parameter(
          "t0", kind: .keywordOnly, default: .float(1e6), note: "the step at which averaging begins"
        ),
        weightDecay,
      ],
      """
      Averaged stochastic gradient descent: the rate falls slowly, and an average of the weights \
      is kept. As in PyTorch, the model uses the weights themselves.
      """
    ) { call in
      let arguments = call.arguments
      return try checked(
        .asgd(
          learningRate: arguments.double("lr"), lambda: arguments.double("lambd"),
          alpha: arguments.double("alpha"), t0: arguments.double("t0"),
          weightDecay: arguments.double("weight_decay")))
    },

    Builtin(
      "optim.Adam", [rate(0.001), betas, epsilon, weightDecay],
      "Each weight has a rate of its own: steps are divided by the typical size of its gradient."
    ) { call in
      try adam(call.arguments) {
        .adam(learningRate: $0, beta1: $1, beta2: $2, epsilon: $3, weightDecay: $4)
      }
    },

    Builtin(
      "optim.AdamW",
      [
        rate(0.001), betas, epsilon,
        Parameter(
          "weight_decay", kind: .keywordOnly, default: .float(0.01),
          note: "each step first multiplies the weights by 1 - lr * weight_decay"),
      ],
      "Adam whose weights decay by themselves, whatever their gradients are."
    ) { call in
      try adam(call.arguments) {
        .adamW(learningRate: $0, beta1: $1, beta2: $2, epsilon: $3, weightDecay: $4)
      }
    },
  ]

  /// - Parameter make: from lr, two betas, eps and weight_decay.
  private static func adam(
    _ arguments: Arguments, _ make: (Double, Double, Double, Double, Double) -> Optimizer
  ) throws -> Value {
    guard let items = try? arguments.list("betas") else {
      throw arguments.error("betas", "must be two numbers", hint: "write betas=(0.9, 0.999)")
    }
    let betas = items.compactMap(\.realNumber)
    guard items.count == 2, betas.count == 2 else {
      throw arguments.error("betas", "must be two numbers")
    }
    let optimizer = try checked(
      make(
        arguments.double("lr"), betas[0], betas[1], arguments.double("eps"),
        arguments.double("weight_decay")))
    for (index, item) in items.enumerated() where item.wholeNumber != nil {
      throw arguments.error(
        "betas", "must be floats, which PyTorch insists on, and not \(item.repr)",
        hint: "write \(betas[index])")
    }
    return optimizer
  }

  /// - Throws: when a number is out of range.
  private static func checked(_ optimizer: Optimizer) throws -> Value {
    try optimizer.check()
    return .optimizer(optimizer)
  }

  private static func rate(_ value: Double) -> Parameter {
    Parameter("lr", kind: .keywordOnly, default: .float(value), note: "the learning rate")
  }

  private static let betas = Parameter(
    "betas", kind: .keywordOnly, default: .tuple([.float(0.9), .float(0.999)]),
    note: "of the running means of the gradient and its square")
  private static let epsilon = Parameter("eps", kind: .keywordOnly, default: .float(1e-8))
  private static let weightDecay = Parameter(
    "weight_decay", kind: .keywordOnly, default: .int(0), note: "pulls the weights towards 0")
}
