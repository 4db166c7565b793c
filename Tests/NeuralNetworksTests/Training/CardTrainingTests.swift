import Compute
import DeviceSuite
import FakeCards
import Messages
import NeuralNetworks
import Testing

/// A card, which trains whole epochs in one launch, has the CPU's bits.
@Suite(
  "Training on a card",
  .enabled(
    if: AvailableKernels.chosen.isFused, "this processor cannot fuse products and sums, as cards do"
  ))
struct CardTrainingTests {
  /// Curves, weights, and what the optimiser remembers.
  private func bits(_ training: Training) throws -> [UInt64] {
    let state = try #require(training.checkpoint)
    let curves = [state.history, state.testHistory, state.testAccuracy].flatMap(\.values)
    let floats =
      state.weights.parameters + state.weights.statistics + state.optimizer.first
      + state.optimizer.second
    // Any nan equals any other.
    return curves.map { $0.isNaN ? 0 : $0.bitPattern }
      + floats.map { $0.isNaN ? 1 : UInt64($0.bitPattern) }
      + [UInt64(state.weights.batchesSeen), UInt64(state.optimizer.steps)]
  }

  func check(
    _ plan: TrainingPlan, epochs: Int, on card: FakeCard, _ comment: Comment? = nil,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) throws {
    var expected = Training(plan)
    while expected.epoch < epochs { try expected.runEpoch() }
    var training = Training(plan, on: card.device)
    while training.epoch < epochs {
      try training.runEpochs(atMost: epochs - training.epoch) { true }
    }
    #expect(
      try bits(training) == bits(expected), comment, sourceLocation: sourceLocation)
    // The stream is where it would be.
    try expected.runEpoch()
    training.move(to: Devices.cpu)
    try training.runEpoch()
    #expect(
      try bits(training) == bits(expected), comment, sourceLocation: sourceLocation)
  }

  @Test("Networks of any layers", arguments: ["forward", "backward", "shuffled"])
  func randomNetworks(order: String) throws {
    let card = FakeCard(order: order)
    for seed in 0..<12 where seed % 3 != 0 {
      let network = try RandomNetwork(seed: seed, isLarge: false)
      try check(network.plan, epochs: 2, on: card, "\(network.testDescription)")
    }
  }

  @Test("Every kind of layer, a test, weights of classes and label smoothing, with every optimiser")
  func everyKind() throws {
    let card = FakeCard()
    let data = try EveryKind().data(seed: 7)
    let optimizers: [Optimizer] = [
      .sgd(learningRate: 0.1), .sgd(learningRate: 0.05, momentum: 0.9, nesterov: true),
      .sgd(learningRate: 0.05, momentum: 0.9, dampening: 0.1, weightDecay: 0.01),
      .asgd(learningRate: 0.1), .asgd(learningRate: 0.1, t0: 2),
      .adam(learningRate: 0.01, weightDecay: 0.1), .adamW(learningRate: 0.01),
    ]
    for optimizer in optimizers {
      let plan = try TrainingPlan(
        layer: .everyKind, data: data, test: data,
        settings: .init(
          optimizer: optimizer, epochs: 9, batchSize: 20,
          criterion: CrossEntropyLoss(weight: [0.5, 2, 1.25], labelSmoothing: 0.1)))
      try check(plan, epochs: 3, on: card, "\(optimizer)")
    }
  }

  @Test("The lesson's networks", arguments: [Layer.lesson, .perceptron])
  func lesson(layer: Layer) throws {
    let (train, test) = try DataSet.lesson()
    let plan = try TrainingPlan(
      layer: layer, data: train.selecting(Array(0..<100)), test: test.selecting(Array(0..<30)))
    try check(plan, epochs: 2, on: FakeCard())
  }

  @Test("A card whose blocks cannot wait for each other runs one")
  func oneBlock() throws {
    let data = try EveryKind().data(seed: 0)
    let plan = try TrainingPlan(
      layer: .everyKind, data: data, settings: .init(epochs: 5, batchSize: 20))
    try check(plan, epochs: 1, on: FakeCard(failing: "one-block"))
  }

  @Test("Back and forth between card and CPU, by epochs, stages and launches")
  func movesBetweenDevices() throws {
    let card = FakeCard()
    let data = try EveryKind().data(seed: 7)
    let plan = try TrainingPlan(
      layer: .everyKind, data: data, test: data,
      settings: .init(optimizer: .adam(learningRate: 0.01), epochs: 8, batchSize: 20))
    var expected = Training(plan)
    while !expected.isFinished { try expected.runEpoch() }
    var training = Training(plan, on: card.device)
    try training.runEpoch()
    _ = try training.runStage()
    training.move(to: Devices.cpu)
    try training.runEpoch()
    training.move(to: card.device)
    for _ in 0..<7 { _ = try training.runStage() }
    try training.runEpochs(atMost: .max) { true }
    let copy = training
    while !training.isFinished { try training.runEpochs(atMost: 2) { true } }
    #expect(try bits(training) == bits(expected))
    var other = copy
    while !other.isFinished { try other.runEpochs(atMost: .max) { true } }
    #expect(try bits(other) == bits(expected))
  }

  @Test("A launch ends with the current epoch when it is to stop")
  func stops() throws {
    let card = FakeCard()
    let data = try EveryKind().data(seed: 7)
    let plan = try TrainingPlan(
      layer: .everyKind, data: data, settings: .init(epochs: 200, batchSize: 43))
    var training = Training(plan, on: card.device)
    try training.runEpoch()
    try training.runEpochs(atMost: .max) { false }
    #expect(training.epoch > 1 && training.epoch < 200)
    var expected = Training(plan)
    while expected.epoch < training.epoch { try expected.runEpoch() }
    #expect(try bits(training) == bits(expected))
  }

  @Test("A loss that is not finite is the CPU's, in the middle of a launch, too")
  func failsAsOnTheCPU() throws {
    let card = FakeCard()
    let (train, _) = try DataSet.lesson()
    let plan = try TrainingPlan(
      layer: .sequential([.flatten, .linear(inputs: 128, outputs: 3, hasBias: true)]),
      data: train.selecting(Array(0..<40)),
      settings: .init(optimizer: .sgd(learningRate: 3, weightDecay: 30), epochs: 50))
    func run(on device: any TrainingDevice) throws -> (Training, Diagnostic) {
      var training = Training(plan, on: device)
      let error = #expect(throws: Diagnostic.self) {
        while !training.isFinished { try training.runEpochs(atMost: .max) { true } }
      }
      return (training, try #require(error))
    }
    let (expected, reason) = try run(on: Devices.cpu)
    let (training, error) = try run(on: card.device)
    #expect(error == reason)
    #expect(training.epoch == expected.epoch && training.epoch > 1)
    #expect(training.history == expected.history)
  }

  @Test(
    "When the card is lost, the CPU goes on from the last launch", arguments: ["lost", "stopped"])
  func losesTheCard(failure: String) throws {
    let card = FakeCard()
    let data = try EveryKind().data(seed: 7)
    let plan = try TrainingPlan(
      layer: .everyKind, data: data, settings: .init(epochs: 4, batchSize: 20))
    var training = Training(plan, on: card.device)
    try training.runEpoch()
    card.fail(failure)
    #expect(throws: Diagnostic.self) { try training.runEpoch() }
    #expect(training.epoch == 1)
    #expect(card.device.reason != nil)
    #expect(training.checkpoint != nil)
    let fit = try #require(Fit(training))
    #expect(try fit.logits(of: data).shape == [data.count, 3], "the CPU answers")
    training.move(to: Devices.cpu)
    var expected = Training(plan)
    while !expected.isFinished {
      if !training.isFinished { try training.runEpoch() }
      try expected.runEpoch()
    }
    #expect(try bits(training) == bits(expected))
  }

  @Test("What is asked for is the same on every device, since its bits are")
  func requests() throws {
    let data = try EveryKind().data(seed: 7)
    let plan = try TrainingPlan(layer: .everyKind, data: data, settings: .init(batchSize: 20))
    let request = TrainingRequest(plan)
    #expect(request.on(.cuda).device == .cuda)
    #expect(request.isIdentical(to: request.on(.cuda)))
    #expect(!request.takesAsLong(as: request.on(.cuda)))
  }

  @Test("A card without enough memory says so, and is not given up")
  func lacksMemory() throws {
    let card = FakeCard()
    #expect(card.device.isAvailable)
    card.fail("out-of-memory")
    let data = try EveryKind().data(seed: 7)
    var training = Training(
      try TrainingPlan(layer: .everyKind, data: data, settings: .init(epochs: 2, batchSize: 20)),
      on: card.device)
    let error = #expect(throws: Diagnostic.self) { try training.runEpoch() }
    #expect(error?.message.contains("no room") == true)
    #expect(card.device.isAvailable)
  }
}
