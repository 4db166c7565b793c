import Compute
import DeviceSuite
import Messages
import NeuralNetworks
import Testing

@Suite("Checkpoints")
struct CheckpointTests {
  static let optimizers: [Optimizer] = [
    .sgd(learningRate: 0.05), .sgd(learningRate: 0.05, momentum: 0.9),
    .asgd(learningRate: 0.05, t0: 2), .adam(learningRate: 0.01, weightDecay: 0.1),
  ]

  private func plan(_ optimizer: Optimizer) throws -> TrainingPlan {
    let data = try EveryKind().data(seed: 7)
    return try TrainingPlan(
      layer: .everyKind, data: data, test: data,
      settings: .init(optimizer: optimizer, epochs: 4, batchSize: 20))
  }

  /// What a file holds.
  private struct Saved {
    var history: [Double]
    var testHistory: [Double]
    var testAccuracy: [Double]
    var arrays: [(name: String, array: NDArray)]
    var optimizer: OptimizerState.Memory
    var random: PyTorchGenerator

    init(_ state: TrainingState, _ plan: TrainingPlan) {
      history = state.history.values
      testHistory = state.testHistory.values
      testAccuracy = state.testAccuracy.values
      arrays = state.stateDictionary(for: plan)
      optimizer = state.optimizer
      random = state.random
    }

    func state(for plan: TrainingPlan) throws -> TrainingState {
      try TrainingState(
        history: history, testHistory: testHistory, testAccuracy: testAccuracy,
        stateDictionary: arrays, optimizer: optimizer, random: random, for: plan)
    }
  }

  @Test(
    "A resumed training has the bits of one that never stopped",
    arguments: optimizers, Implementation.devices)
  func goingOn(optimizer: Optimizer, implementation: Implementation) throws {
    let plan = try plan(optimizer)
    var whole = Training(plan, on: implementation.device)
    for _ in 0..<2 { try whole.runEpoch() }
    let saved = Saved(try #require(whole.checkpoint), plan)
    var rest = Training(plan, state: try saved.state(for: plan), on: implementation.device)
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

  @Test("There is no checkpoint in the middle of an epoch")
  func middle() throws {
    var training = Training(try plan(.sgd(learningRate: 0.1)))
    #expect(training.checkpoint != nil)
    _ = try training.runStage()
    #expect(training.checkpoint == nil)
  }

  @Test("What cannot be that of the network is refused")
  func refused() throws {
    let plan = try plan(.adam(learningRate: 0.01))
    var source = Training(plan)
    try source.runEpoch()
    let good = Saved(try #require(source.checkpoint), plan)
    _ = try good.state(for: plan)
    let damages: [(inout Saved) -> Void] = [
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
      { $0.arrays.removeLast() },
      { $0.arrays[0].name = "other" },
      { $0.arrays[0].array = NDArray(shape: [1], values: [Float(0)]) },
      {
        $0.arrays[0].array = NDArray(
          shape: $0.arrays[0].array.shape,
          values: [Float](repeating: .nan, count: $0.arrays[0].array.count))
      },
    ]
    for (index, damage) in damages.enumerated() {
      var saved = good
      damage(&saved)
      #expect(throws: Diagnostic.self, "damage \(index)") { try saved.state(for: plan) }
    }
  }

  @Test(
    "The number of batches that BatchNorm has counted is checked", arguments: [-1, .max])
  func batchCounts(count: Int) throws {
    let plan = try plan(.sgd(learningRate: 0.05))
    var saved = Saved(TrainingState(beginning: plan), plan)
    _ = try saved.state(for: plan)
    let index = try #require(saved.arrays.firstIndex { $0.array.type == .int64 })
    saved.arrays[index].array = NDArray(scalar: count)
    #expect(throws: Diagnostic.self) { try saved.state(for: plan) }
  }

  @Test("A random stream resumes from its state words")
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
