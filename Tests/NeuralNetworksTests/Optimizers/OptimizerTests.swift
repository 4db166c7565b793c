import Messages
import NeuralNetworks
import Testing

@Suite("Optimisers")
struct OptimizerTests {
  /// As in optimizers.json, with PyTorch's names.
  struct Case: Decodable {
    var key: String
    var optimizer: String
    var options: Options

    struct Options: Decodable {
      var lr: Double
      var momentum: Double?
      var dampening: Double?
      var nesterov: Bool?
      var weight_decay: Double?
      var lambd: Double?
      var alpha: Double?
      var t0: Double?
      var betas: [Double]?
      var eps: Double?
    }

    var value: Optimizer {
      let decay = options.weight_decay ?? 0
      return switch optimizer {
      case "SGD":
        .sgd(
          learningRate: options.lr, momentum: options.momentum ?? 0,
          dampening: options.dampening ?? 0, nesterov: options.nesterov ?? false,
          weightDecay: decay)
      case "ASGD":
        .asgd(
          learningRate: options.lr, lambda: options.lambd ?? 1e-4, alpha: options.alpha ?? 0.75,
          t0: options.t0 ?? 1e6, weightDecay: decay)
      case "AdamW":
        .adamW(
          learningRate: options.lr, beta1: options.betas?[0] ?? 0.9,
          beta2: options.betas?[1] ?? 0.999, epsilon: options.eps ?? 1e-8,
          weightDecay: options.weight_decay ?? 0.01)
      default:
        .adam(
          learningRate: options.lr, beta1: options.betas?[0] ?? 0.9,
          beta2: options.betas?[1] ?? 0.999, epsilon: options.eps ?? 1e-8, weightDecay: decay)
      }
    }
  }

  @Test("Step by step as PyTorch", arguments: ["optimizers", "optimizer-options"])
  func steps(file: String) throws {
    let arrays = try SafeTensors("\(file).safetensors")
    let start = try arrays.floats("start")
    let gradients = try arrays.floats("grads")
    let count = start.count
    for example in try Fixtures.json("\(file).json", as: [Case].self) {
      let expected = try arrays.floats(example.key)
      var state = OptimizerState(example.value)
      var parameters = start
      for step in 0..<expected.count / count {
        state.step(&parameters, gradients: Array(gradients[step * count..<(step + 1) * count]))
        let difference = zip(parameters, expected[(step * count)...]).map { abs($0 - $1) }.max()
        #expect(try #require(difference) < 1e-6, "\(example.key), step \(step)")
      }
      if example.optimizer == "ASGD" {
        let average = try arrays.floats("\(example.key).average")
        let difference = zip(state.average(of: parameters), average).map { abs($0 - $1) }.max()
        #expect(try #require(difference) < 1e-6, "\(example.key), average")
      }
    }
  }

  @Test("Settings that PyTorch refuses are refused")
  func refusals() {
    let refusals: [(Optimizer, String)] = [
      (.sgd(learningRate: -1), "lr is -1, but must be a finite number, 0 or more"),
      (.asgd(learningRate: .nan), "lr is nan, but must be a finite number, 0 or more"),
      (
        .sgd(learningRate: 1, momentum: -0.5),
        "momentum is -0.5, but must be a finite number, 0 or more"
      ),
      (
        .sgd(learningRate: 1, nesterov: true),
        "nesterov takes a momentum above 0 and no dampening"
      ),
      (.adam(learningRate: 1, beta2: 1), "betas are at least 0 and less than 1, not 1"),
      (.adamW(learningRate: 1, beta1: -1), "betas are at least 0 and less than 1, not -1"),
      (
        .adamW(learningRate: 1, weightDecay: -0.5),
        "weight_decay is -0.5, but must be a finite number, 0 or more"
      ),
    ]
    for (optimizer, message) in refusals {
      #expect { try optimizer.check() } throws: { ($0 as? Diagnostic)?.message == message }
    }
    #expect(throws: Never.self) { try Optimizer.adam(learningRate: 0.1).check() }
  }

  @Test(
    "An option that makes weights grow without bounds is named",
    arguments: [
      (Optimizer.sgd(learningRate: 0.1, momentum: 1.5), "momentum"),
      (.sgd(learningRate: 0.1, weightDecay: 100), "weight_decay"),
      (.asgd(learningRate: 0.01, lambda: 1e6), "lambd"),
      (.asgd(learningRate: 0.01, weightDecay: 1e6), "weight_decay"),
      (.adam(learningRate: 0.01, epsilon: 0), "eps"),
      (.adamW(learningRate: 0.01, epsilon: 0), "eps"),
      (.adamW(learningRate: 0.1, weightDecay: 100), "weight_decay"),
      (.sgd(learningRate: 100), nil), (.asgd(learningRate: 100), nil),
      (.adam(learningRate: 100), nil), (.sgd(learningRate: 0.1, momentum: 0.9), nil),
    ] as [(Optimizer, String?)])
  func unstableOptions(optimizer: Optimizer, name: String?) throws {
    try optimizer.check()
    #expect(optimizer.unstableOption?.name == name)
  }

  @Test(arguments: [
    (Optimizer.asgd(learningRate: 0.01, lambda: -1), "lambd is -1, but must be"),
    (.asgd(learningRate: 0.01, alpha: -0.5), "alpha is -0.5, but must be"),
    (.asgd(learningRate: 0.01, alpha: 1e30), "alpha is 1e+30, too large"),
  ])
  func optionsOutOfRangeAreNamed(optimizer: Optimizer, message: String) {
    let error = #expect(throws: Diagnostic.self) { try optimizer.check() }
    #expect(error?.message.hasPrefix(message) == true)
  }
}
