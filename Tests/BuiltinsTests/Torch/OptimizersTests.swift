import NeuralNetworks
import RunningCells
import Testing

@Suite struct OptimizersTests {
  private func optimizer(_ code: String) throws -> Optimizer? {
    if case .optimizer(let optimizer) = try value(of: code) { optimizer } else { nil }
  }

  /// PyTorch's defaults.
  @Test func defaultsMatchPyTorch() throws {
    #expect(try optimizer("optim.SGD()") == .sgd(learningRate: 0.001))
    #expect(try optimizer("optim.ASGD()") == .asgd(learningRate: 0.01))
    #expect(try optimizer("optim.Adam()") == .adam(learningRate: 0.001))
    #expect(try optimizer("optim.AdamW()") == .adamW(learningRate: 0.001, weightDecay: 0.01))
  }

  @Test func optionsAreKeptAndPrinted() throws {
    #expect(
      try optimizer("optim.SGD(lr=0.1, momentum=0.9, nesterov=True, weight_decay=1e-3)")
        == .sgd(learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 1e-3))
    #expect(
      try optimizer("optim.ASGD(lr=1, lambd=0.1, alpha=0.5, t0=10)")
        == .asgd(learningRate: 1, lambda: 0.1, alpha: 0.5, t0: 10))
    let code = "optim.Adam(lr=0.02, eps=1e-06, betas=(0.8, 0.99))"
    #expect(
      try optimizer(code) == .adam(learningRate: 0.02, beta1: 0.8, beta2: 0.99, epsilon: 1e-6))
    #expect(try value(of: code).repr == code)
    let decoupled = "optim.AdamW(lr=0.02, weight_decay=0.5, betas=(0.8, 0.99))"
    #expect(try value(of: decoupled).repr == decoupled)
    #expect(try optimizer(decoupled)?.title == "AdamW, rate 0.02, weight decay 0.5")
    #expect(try optimizer("optim.AdamW(lr=0.02)")?.title == "AdamW, rate 0.02")
    #expect(
      try value(of: "optim.SGD(lr=0.1, momentum=0.9)").repr.hasSuffix("(lr=0.1, momentum=0.9)"))
  }

  @Test(arguments: [
    ("optim.SGD(lr=-1)", "optim.SGD: lr is -1, but must be"), ("optim.SGD(lr=np.inf)", "lr is inf"),
    ("optim.SGD(nesterov=True)", "nesterov takes a momentum"),
    ("optim.SGD(momentum=0.9, dampening=0.5, nesterov=True)", "nesterov"),
    ("optim.Adam(betas=(0.9, 1))", "less than 1, not 1"), ("optim.Adam(betas=(0.9,))", "betas"),
    ("optim.Adam(betas=(0.5, \"x\", 0.6))", "betas must be two numbers"),
    ("optim.Adam(lr=\"fast\")", "lr must be a number"),
    ("optim.AdamW(weight_decay=-1)", "optim.AdamW: weight_decay is -1, but must be"),
    ("optim.ASGD(0.01)", "no positional arguments"),
    ("optim.RMSprop(lr=1)", "optim has no RMSprop"),
  ])
  func badOptionsAreExplained(code: String, message: String) {
    let error = failure(of: "o = \(code)")
    #expect(error?.contains(message) == true, "\(error ?? "no error")")
  }
}
