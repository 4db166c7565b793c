import Compute
import DeviceSuite
import NeuralNetworks
import Testing

/// PyTorch's runs of a network of every kind of layer, by Fixtures/make_networks.py.
struct EveryKind {
  let arrays: SafeTensors

  init() throws { arrays = try SafeTensors("networks.safetensors") }

  func data(seed: UInt32) throws -> DataSet {
    DataSet(
      inputs: try arrays.floats("x"), sampleShape: [2, 30], labels: try arrays.integers("y"),
      random: PyTorchGenerator(seed: seed))
  }
}

@Suite("A network of every kind of layer, as PyTorch trains it")
struct EveryKindTests {
  static let seeds: [UInt32] = [0, 7, .max]

  @Test("Each gradient", arguments: seeds, Implementation.all)
  func gradients(seed: UInt32, implementation: Implementation) throws {
    let expected = try EveryKind()
    var training = try Training(
      layer: .everyKind, data: expected.data(seed: seed),
      settings: .init(optimizer: .sgd(learningRate: 1), epochs: 1, batchSize: 43),
      on: implementation.device)
    try compare(training, with: expected.arrays, "sgd\(seed).0", tolerance: 0)
    try training.runEpoch()
    try compare(training, with: expected.arrays, "sgd\(seed).1", tolerance: 1e-5)
    #expect(
      largestDifference(training.history, try expected.arrays.doubles("sgd\(seed).history"))
        < 1e-5)
  }

  @Test(
    "Some epochs of Adam, then the answers of the trained network", arguments: seeds,
    Implementation.devices)
  func training(seed: UInt32, implementation: Implementation) throws {
    let expected = try EveryKind()
    let data = try expected.data(seed: seed)
    var training = try Training(
      layer: .everyKind, data: data,
      settings: .init(
        optimizer: .adam(learningRate: 0.01, weightDecay: 0.1), epochs: 3, batchSize: 20),
      on: implementation.device)
    while !training.isFinished { try training.runEpoch() }
    try compare(training, with: expected.arrays, "adam\(seed).1", tolerance: 1e-4)
    #expect(
      largestDifference(training.history, try expected.arrays.doubles("adam\(seed).history"))
        < 1e-4)
    let logits = try training.logits(of: data)
    let answers = try expected.arrays.floats("adam\(seed).logits")
    #expect(try largestDifference(logits.doubles, answers.map(Double.init)) < 1e-3)
    let alone = try training.model.logits(of: data)
    #expect(try largestDifference(logits.doubles, alone.doubles) < 1e-3)
    let fit = try #require(Fit(training))
    #expect(try fit.logits(of: data) == logits)
  }

  @Test(
    "Some epochs of AdamW with class weights and label smoothing", arguments: seeds,
    Implementation.all)
  func weightedTraining(seed: UInt32, implementation: Implementation) throws {
    let expected = try EveryKind()
    let data = try expected.data(seed: seed)
    var training = try Training(
      layer: .everyKind, data: data, test: data,
      settings: .init(
        optimizer: .adamW(learningRate: 0.01, epsilon: 0.1, weightDecay: 0.1), epochs: 3,
        batchSize: 20,
        criterion: CrossEntropyLoss(weight: [0.5, 2, 1.25], labelSmoothing: 0.1)),
      on: implementation.device)
    while !training.isFinished { try training.runEpoch() }
    let key = "adamw\(seed)"
    try compare(training, with: expected.arrays, "\(key).1", tolerance: 1e-4)
    for (curve, name) in [(training.history, "history"), (training.testHistory, "test")] {
      let difference = largestDifference(curve, try expected.arrays.doubles("\(key).\(name)"))
      #expect(difference < 1e-4, "\(name)")
    }
  }

  @Test("Without eps, the lanes of a batch that hold no sample do not make GroupNorm's weights nan")
  func groupNormWithoutEpsilon() throws {
    let data = try EveryKind().data(seed: 7)
    var training = try Training(
      layer: .sequential([
        .groupNorm(groups: 1, channels: 2, epsilon: 0, isAffine: true),
        .conv1d(ConvolutionLayer(inputChannels: 2, outputChannels: 3, kernelSize: 3)), .flatten,
        .linear(inputs: 84, outputs: 3, hasBias: true),
      ]), data: data, settings: .init(epochs: 1, batchSize: 5))
    try training.runEpoch()
    for (name, array) in try #require(training.model.state) {
      let isFinite = array.numbers.allSatisfy(\.isFinite)
      #expect(isFinite, "\(name)")
    }
  }

  @Test("Every activation trains alike in every implementation", arguments: Implementation.all)
  func activations(implementation: Implementation) throws {
    let data = try EveryKind().data(seed: 7)
    let layers: [Layer] =
      [.flatten, .linear(inputs: 60, outputs: 12, hasBias: true)]
      + Self.activations.flatMap {
        [.activation($0), .linear(inputs: 12, outputs: 12, hasBias: true)]
      }
      + [.linear(inputs: 12, outputs: 3, hasBias: true)]
    let plan = try TrainingPlan(
      layer: .sequential(layers), data: data,
      settings: .init(optimizer: .sgd(learningRate: 0.5), batchSize: 20))
    var expected = Training(plan, on: NaiveDevice())
    var training = Training(plan, on: implementation.device)
    for _ in 0..<3 {
      try expected.runEpoch()
      try training.runEpoch()
    }
    #expect(largestDifference(training.history, expected.history) < 1e-5)
    for (ours, theirs) in zip(training.model.state ?? [], expected.model.state ?? []) {
      #expect(
        largestDifference(ours.array.numbers, theirs.array.numbers) < 1e-5, "\(ours.name)")
    }
  }

  private static let activations: [Activation] = [
    .gelu(), .gelu(approximation: .tanh), .leakyReLU(negativeSlope: 0.2), .elu(alpha: 0.5), .silu,
    .tanh, .sigmoid, .relu,
  ]

  private func compare(
    _ training: Training, with arrays: SafeTensors, _ key: String, tolerance: Double
  ) throws {
    let state = try #require(training.model.state)
    #expect(state.count == arrays.names.count { $0.hasPrefix(key + ".") })
    for (name, array) in state {
      let values =
        array.type == .int64
        ? try arrays.integers("\(key).\(name)").map(Double.init)
        : try arrays.floats("\(key).\(name)").map(Double.init)
      #expect(array.shape == (try arrays.shape("\(key).\(name)")))
      #expect(try largestDifference(array.doubles, values) <= tolerance, "\(key), \(name)")
    }
  }
}
