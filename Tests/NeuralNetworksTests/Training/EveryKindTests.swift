import Compute
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

  @Test("Each gradient, in every implementation", arguments: seeds)
  func gradients(seed: UInt32) throws {
    let expected = try EveryKind()
    for kernels in AvailableKernels.all {
      var training = try Training(
        layer: .everyKind, data: expected.data(seed: seed),
        settings: .init(optimizer: .sgd(learningRate: 1), epochs: 1, batchSize: 43),
        kernels: kernels)
      try compare(training, with: expected.arrays, "sgd\(seed).0", tolerance: 0)
      try training.runEpoch()
      try compare(training, with: expected.arrays, "sgd\(seed).1", tolerance: 1e-5)
      #expect(
        largestDifference(training.history, try expected.arrays.doubles("sgd\(seed).history"))
          < 1e-5, "\(kernels.name)")
    }
  }

  @Test("Some epochs of Adam, then the answers of the trained network", arguments: seeds)
  func training(seed: UInt32) throws {
    let expected = try EveryKind()
    let data = try expected.data(seed: seed)
    var training = try Training(
      layer: .everyKind, data: data,
      settings: .init(
        optimizer: .adam(learningRate: 0.01, weightDecay: 0.1), epochs: 3, batchSize: 20))
    while !training.isFinished { try training.runEpoch() }
    try compare(training, with: expected.arrays, "adam\(seed).1", tolerance: 1e-4)
    #expect(
      largestDifference(training.history, try expected.arrays.doubles("adam\(seed).history"))
        < 1e-4)
    let logits = try training.logits(of: data)
    let answers = try expected.arrays.floats("adam\(seed).logits")
    #expect(largestDifference(logits.doubles, answers.map(Double.init)) < 1e-3)
    #expect(try training.model.logits(of: data) == logits)
  }

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
      #expect(largestDifference(array.doubles, values) <= tolerance, "\(key), \(name)")
    }
  }
}
