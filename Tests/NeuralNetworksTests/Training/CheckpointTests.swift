import Compute
import NeuralNetworks
import Testing

@Suite("Checkpoints")
struct CheckpointTests {
  static let optimizers: [Optimizer] = [
    .sgd(learningRate: 0.05), .sgd(learningRate: 0.05, momentum: 0.9),
    .asgd(learningRate: 0.05, t0: 2), .adam(learningRate: 0.01, weightDecay: 0.1),
  ]

  private func training(_ optimizer: Optimizer) throws -> Training {
    let data = try EveryKind().data(seed: 7)
    return try Training(
      layer: .everyKind, data: data, test: data,
      settings: .init(optimizer: optimizer, epochs: 4, batchSize: 20))
  }

  @Test(
    "A training that goes on from one has the bits of one that never stopped", arguments: optimizers
  )
  func goingOn(optimizer: Optimizer) throws {
    var whole = try training(optimizer)
    for _ in 0..<2 { try whole.runEpoch() }
    var rest = try training(optimizer)
    try rest.resume(from: try #require(whole.checkpoint))
    #expect(rest.epoch == 2)
    while !whole.isFinished {
      try whole.runEpoch()
      try rest.runEpoch()
    }
    #expect(rest.isFinished)
    #expect(rest.history == whole.history)
    #expect(rest.testHistory == whole.testHistory && rest.testAccuracy == whole.testAccuracy)
    for (ours, theirs) in zip(rest.model.state ?? [], whole.model.state ?? []) {
      #expect(ours.name == theirs.name && ours.array == theirs.array)
    }
    #expect(try rest.logits(of: rest.data) == whole.logits(of: whole.data))
  }

  @Test("There is none in the middle of an epoch")
  func middle() throws {
    var training = try training(.sgd(learningRate: 0.1))
    #expect(training.checkpoint != nil)
    _ = try training.runStage()
    #expect(training.checkpoint == nil)
  }

  @Test("What cannot be that of the network is refused, and changes nothing")
  func refused() throws {
    var source = try training(.adam(learningRate: 0.01))
    try source.runEpoch()
    let good = try #require(source.checkpoint)
    let damages: [(inout Checkpoint) -> Void] = [
      { $0.history.append(0) },
      { $0.testAccuracy[0] = 1.5 },
      { $0.history[0] = .nan },
      { $0.testHistory = [] },
      { $0.optimizer.first.removeLast() },
      { $0.optimizer.second = [] },
      { $0.optimizer.second[0] = -1 },
      { $0.optimizer.first[3] = .infinity },
      { $0.optimizer.steps = -1 },
      { $0.optimizer.steps = .max },
      { $0.state.removeLast() },
      { $0.state[0].name = "other" },
      { $0.state[0].array = NDArray(shape: [1], values: [Float(0)]) },
      {
        $0.state[0].array = NDArray(
          shape: $0.state[0].array.shape,
          values: [Float](repeating: .nan, count: $0.state[0].array.count))
      },
    ]
    for (index, damage) in damages.enumerated() {
      var checkpoint = good
      damage(&checkpoint)
      var training = try training(.adam(learningRate: 0.01))
      let before = try training.logits(of: training.data)
      #expect(throws: NetworkError.self, "damage \(index)") {
        try training.resume(from: checkpoint)
      }
      #expect(training.epoch == 0)
      #expect(try training.logits(of: training.data) == before)
    }
  }

  @Test(
    "Batches that BatchNorm has counted are a number that can be counted on", arguments: [-1, .max])
  func batchCounts(count: Int) throws {
    var source = try training(.sgd(learningRate: 0.05))
    try source.runEpoch()
    var checkpoint = try #require(source.checkpoint)
    let index = try #require(checkpoint.state.firstIndex { $0.array.type == .int64 })
    checkpoint.state[index].array = NDArray(scalar: count)
    var training = try training(.sgd(learningRate: 0.05))
    #expect(throws: NetworkError.self) { try training.resume(from: checkpoint) }
  }

  @Test("A random stream is its words, and goes on from them")
  func stream() throws {
    var stream = PyTorchGenerator(seed: 3)
    for _ in 0..<700 { _ = stream.int64() }
    var copy = try #require(PyTorchGenerator(words: stream.words))
    #expect(copy == stream)
    for _ in 0..<700 { #expect(copy.int64() == stream.int64()) }
    #expect(PyTorchGenerator(words: []) == nil)
    #expect(PyTorchGenerator(words: stream.words.dropLast() + [625]) == nil)
  }
}
