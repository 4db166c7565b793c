import Compute
import Concurrency
import DeviceSuite
import Glibc
import Messages
import NeuralNetworks
import Testing

@Suite("Training")
struct TrainingTests {
  /// As in train.json.
  struct Run: Decodable, CustomTestStringConvertible {
    var key: String
    var model: String
    var optimizer: String
    var horizon: Int
    var epochs: Int
    var test_accuracy: Double

    var layer: Layer { model == "cnn" ? .lesson : .perceptron }
    var settings: Training.Settings {
      let optimizer: Optimizer =
        switch optimizer {
        case "ASGD": .asgd(learningRate: 0.01)
        case "Adam": .adam(learningRate: 0.01)
        default: .sgd(learningRate: 0.01, momentum: 0.9)
        }
      return .init(optimizer: optimizer, epochs: epochs)
    }
    var testDescription: String { key }

    static let all = (try? Fixtures.json("train.json", as: [Run].self)) ?? []
  }

  @Test("The notebook's runs: weights bit for bit, then PyTorch's loss", arguments: Run.all)
  func notebook(run: Run) throws {
    let expected = try SafeTensors("train-\(run.key).safetensors")
    let (train, test) = try DataSet.lesson()
    var training = try Training(
      layer: run.layer, data: train, test: test, settings: run.settings)
    for (name, array) in try #require(training.model.state) {
      #expect(try array.values(as: Float.self) == expected.floats("initial.\(name)"), "\(name)")
    }
    for _ in 0..<run.horizon { try training.runEpoch() }
    let history = try expected.doubles("history")
    let difference = largestDifference(training.history, Array(history[..<run.horizon]))
    #expect(difference < 1e-3)
    #expect(training.testHistory.count == run.horizon)
  }

  @Test("ASGD's accuracy after 1000 epochs is PyTorch's")
  func finalAccuracy() throws {
    let run = try #require(Run.all.first { $0.key == "seed0-cnn-asgd" })
    let (train, test) = try DataSet.lesson()
    var training = try Training(
      layer: run.layer, data: train, test: test, settings: run.settings)
    while !training.isFinished { try training.runEpoch() }
    #expect(training.history.count == 1000)
    #expect(abs(try #require(training.testAccuracy.last) - run.test_accuracy) * 120 <= 5)
    let logits = try training.logits(of: test).doubles
    let rightCount = test.labels.indices.count { index in
      let row = logits[(3 * index)..<(3 * index + 3)]
      return row.firstIndex(of: row.max() ?? 0) == 3 * index + test.labels[index]
    }
    #expect(Double(rightCount) / 120 == training.testAccuracy.last)
  }

  @Test("Stages, epochs and copies give the same bits", arguments: Implementation.devices)
  func sameBits(implementation: Implementation) throws {
    let settings = Training.Settings(optimizer: .adam(learningRate: 0.01), batchSize: 20)
    let data = try EveryKind().data(seed: 7)
    let start = try Training(
      layer: .everyKind, data: data, test: data, settings: settings, on: implementation.device)
    var whole = start
    for _ in 0..<3 { try whole.runEpoch() }
    var staged = start
    while staged.epoch < 3 { _ = try staged.runStage() }
    #expect(staged.bits == whole.bits)
    #expect(staged.testHistory == whole.testHistory)

    // Back and forth, with independent copies.
    var mixed = start
    for stage in 0..<7 {
      #expect(try mixed.runStage().stage.rawValue == stage % 5)
    }
    var copy = mixed
    try copy.runEpoch()
    _ = copy.estimatedSeconds()
    try mixed.runEpoch()
    #expect(mixed.bits == copy.bits)
    #expect(mixed.epoch == 1)
    _ = try mixed.runStage()
    while mixed.epoch < 3 { try mixed.runEpoch() }
    #expect(mixed.bits == whole.bits)
    #expect(copy.epoch == 1)
    #expect(start.epoch == 0)
    #expect(start.bits != whole.bits)
  }

  @Test(
    "A batch, slowly: what there is to see after each stage", arguments: Implementation.devices)
  func stages(implementation: Implementation) throws {
    let (train, _) = try DataSet.lesson()
    var training = try Training(
      layer: .lesson, data: train, settings: .init(optimizer: .sgd(learningRate: 0.01)),
      on: implementation.device)
    let views = try (0..<6).map { _ in try training.runStage() }
    #expect(views.map(\.stage) == [.zeroGrad, .forward, .loss, .backward, .step, .zeroGrad])
    #expect(views.map(\.batch) == [0, 0, 0, 0, 0, 1])
    #expect(views.allSatisfy { $0.batchCount == 8 && $0.signal.count == 128 })
    #expect(views[0].gradientNorm == 0)
    #expect(views[0].probabilities == nil)
    #expect(views[0].loss == nil)
    let probabilities = try #require(views[1].probabilities)
    #expect(abs(probabilities.reduce(0, +) - 1) < 1e-12)
    #expect(views[1].loss == nil)
    #expect(abs(try #require(views[2].loss) - 1.1) < 0.02)
    #expect(try #require(views[3].gradientNorm) > 0)
    #expect(views[4].gradientNorm == views[3].gradientNorm)
    #expect(views[4].signal == views[0].signal)
    // The network has no layer that trains differently from how it is used.
    let losses = try #require(views[4].stepLosses)
    #expect(abs(losses.before - (try #require(views[2].loss))) < 1e-6)
    #expect(losses.after < losses.before)
    #expect(views[3].stepLosses == nil && views[5].stepLosses == nil)
    #expect(views[5].signal != views[0].signal)
    #expect(views[5].gradientNorm == 0)
  }

  @Test(
    "The gradient is the loss's slope: a small step lowers it by rate times norm squared",
    arguments: Implementation.devices)
  func slope(implementation: Implementation) throws {
    let (train, _) = try DataSet.lesson()
    let data = try train.selecting(Array(0..<60))
    let rate = 1e-3
    var training = try Training(
      layer: .lesson, data: data, settings: .init(optimizer: .sgd(learningRate: rate)),
      on: implementation.device)
    var views: [BatchView] = []
    for _ in 0..<10 { views.append(try training.runStage()) }
    let fall = try #require(views[2].loss) - (try #require(views[7].loss))
    let norm = try #require(views[3].gradientNorm)
    #expect(abs(fall / (rate * norm * norm) - 1) < 0.01)
  }

  @Test(
    "A loss that is no longer finite stops the run with a sentence",
    arguments: Implementation.devices)
  func diverging(implementation: Implementation) throws {
    let (train, _) = try DataSet.lesson()
    var training = try Training(
      layer: .lesson, data: train, settings: .init(optimizer: .sgd(learningRate: 1e30)),
      on: implementation.device)
    #expect {
      for _ in 0..<20 { try training.runEpoch() }
    } throws: { error in
      let error = error as? Diagnostic
      return error?.message
        == "the loss is no longer finite in epoch 1, with a learning rate of 1e+30"
        && error?.hint == "use a smaller learning rate"
    }
    #expect(training.epoch == 0)
    #expect(training.estimatedSeconds() == nil)
    #expect(throws: Diagnostic.self) { try training.runEpoch() }
  }

  @Test("A loss that is not finite before any step is not the learning rate's fault")
  func hugeValues() throws {
    // Their sum is beyond all float32.
    let data = DataSet(
      inputs: [Float](repeating: 3e38, count: 64), sampleShape: [1, 8],
      labels: (0..<8).map { $0 % 2 })
    var training = try Training(
      layer: .sequential([
        .avgPool1d(.init(kernelSize: 8)), .flatten,
        .linear(inputs: 1, outputs: 2, hasBias: true),
      ]), data: data, settings: .init(batchSize: 4))
    #expect {
      try training.runEpoch()
    } throws: { error in
      let error = error as? Diagnostic
      return error?.message.hasPrefix("the loss is not finite in the first batch") == true
        && error?.message.hasSuffix("the values of the data go up to 3e+38") == true
        && error?.hint == "scale them, as in X / np.max(np.abs(X))"
    }
  }

  @Test(
    "The test of an epoch runs in parts, so that it can be interrupted",
    arguments: Implementation.devices)
  func testingInParts(implementation: Implementation) throws {
    let (train, _) = try DataSet.lesson()
    let data = try train.selecting(Array(0..<32))
    let test = try train.selecting((0..<1000).map { $0 % 480 })
    let settings = Training.Settings(optimizer: .sgd(learningRate: 0.1), batchSize: 32)
    var whole = try Training(
      layer: .lesson, data: data, test: test, settings: settings, on: implementation.device)
    var parted = whole
    var staged = whole
    try whole.runEpoch()
    try parted.runBatch()
    var steps = 0
    while parted.epoch == 0 {
      #expect(parted.isTesting)
      #expect(parted.testHistory.isEmpty && parted.history.isEmpty)
      try parted.runBatch()
      steps += 1
    }
    // 128 signals at a time.
    #expect(steps == 8)
    #expect(!parted.isTesting)
    #expect(parted.testHistory == whole.testHistory)
    #expect(parted.testAccuracy == whole.testAccuracy)
    for _ in 0..<5 { _ = try staged.runStage() }
    #expect(staged.isTesting)
    #expect(try staged.runStage().stage == .step)
    while staged.isTesting { _ = try staged.runStage() }
    #expect(staged.epoch == 1 && staged.testHistory == whole.testHistory)
    #expect(try staged.runStage().stage == .zeroGrad)
  }

  @Test("Weights ruined by the last step fail the test, every time")
  func divergingAtTheEnd() throws {
    let (train, test) = try DataSet.lesson()
    var training = try Training(
      layer: .lesson, data: train, test: test,
      settings: .init(optimizer: .sgd(learningRate: 1e30), batchSize: 480))
    for _ in 0..<3 {
      #expect(throws: Diagnostic.self) { try training.runEpoch() }
      #expect(training.epoch == 0)
      #expect(training.history.isEmpty && training.testHistory.isEmpty)
    }
  }

  @Test("A finished run can be extended", arguments: Implementation.devices)
  func extending(implementation: Implementation) throws {
    let data = try EveryKind().data(seed: 7)
    let settings = Training.Settings(optimizer: .adam(learningRate: 0.01), epochs: 2)
    var training = try Training(
      layer: .everyKind, data: data, settings: settings, on: implementation.device)
    var longer = training
    longer.extend(epochs: 5)
    #expect(longer.settings.epochs == 5)
    for _ in 0..<2 { try training.runEpoch() }
    #expect(training.isFinished)
    training.extend(epochs: 3)
    #expect(!training.isFinished)
    while !training.isFinished { try training.runEpoch() }
    while !longer.isFinished { try longer.runEpoch() }
    #expect(training.bits == longer.bits)
    training.extend(epochs: 1, optimizer: .sgd(learningRate: 0))
    let before = try #require(training.model.state)[0].array
    try training.runEpoch()
    #expect(try #require(training.model.state)[0].array == before)
    #expect(training.settings.optimizer == .sgd(learningRate: 0))
  }

  @Test("Copies made in the middle of a batch are independent", arguments: 0..<6)
  func copiesWithinABatch(stages: Int) throws {
    let data = try EveryKind().data(seed: 7)
    var training = try Training(
      layer: .everyKind, data: data, test: data,
      settings: .init(optimizer: .adam(learningRate: 0.01), batchSize: 20))
    try training.runBatch()
    for _ in 0..<stages { _ = try training.runStage() }
    var copy = training
    let views = (try training.runStage(), try copy.runStage())
    #expect(views.0.stage == views.1.stage && views.0.batch == views.1.batch)
    #expect(views.0.gradientNorm == views.1.gradientNorm)
    #expect(views.0.loss == views.1.loss && views.0.probabilities == views.1.probabilities)
    try copy.runEpoch()
    try copy.runEpoch()
    try training.runEpoch()
    let halfway = training
    try training.runEpoch()
    #expect(copy.bits == training.bits && copy.testHistory == training.testHistory)
    #expect(halfway.epoch == 1 && halfway.bits != training.bits)
  }

  @Test("A backend is made when training begins, and again for a copy that trains on")
  func backends() throws {
    let device = CountingDevice()
    let data = try EveryKind().data(seed: 7)
    var training = try Training(
      layer: .everyKind, data: data, test: data, settings: .init(batchSize: 20), on: device)
    #expect(device.count == 0)
    var checkpoints: [TrainingState] = []
    for _ in 0..<3 {
      try training.runEpoch()
      checkpoints.append(try #require(training.checkpoint))
    }
    #expect(device.count == 1)
    var copy = training
    try copy.runEpoch()
    try training.runEpoch()
    #expect(device.count == 2)
    #expect(checkpoints.map(\.epoch) == [1, 2, 3])
  }

  @Test("A fit computes its logits on the device that trained it")
  func fitUsesItsDevice() throws {
    let device = CountingDevice()
    let data = try EveryKind().data(seed: 7)
    var training = try Training(
      layer: .everyKind, data: data, settings: .init(batchSize: 20), on: device)
    try training.runEpoch()
    let fit = try #require(Fit(training))
    let count = device.count
    #expect(try fit.logits(of: data) == training.logits(of: data))
    #expect(device.count == count + 2)
  }

  @Test("Requests are compared without being run")
  func requests() throws {
    let data = try EveryKind().data(seed: 7)
    func request(_ settings: Training.Settings = .init()) throws -> TrainingRequest {
      TrainingRequest(try TrainingPlan(layer: .everyKind, data: data, settings: settings))
    }
    let first = try request()
    #expect(first.title == "CNN, ASGD, rate 0.01, batches of 64" && first.epochCount == 1000)
    #expect(first.isIdentical(to: try request()))
    #expect(!first.isIdentical(to: try request(.init(batchSize: 20))))
    #expect(first.takesAsLong(as: try request()))
    var training = try first.training()
    try training.runEpoch()
    let fit = try #require(Fit(training, seconds: 2))
    let more = TrainingRequest(extending: fit, epochs: 5, device: .cpu)
    #expect(more.startEpoch == 1 && more.epochCount == 5 && more.earlierSeconds == 2)
    #expect(!more.isIdentical(to: first))
    #expect(more.isIdentical(to: TrainingRequest(extending: fit, epochs: 5, device: .cpu)))
    var rest = try more.training()
    try rest.runEpoch()
    try training.runEpoch()
    #expect(rest.bits == training.bits)
    #expect(fit.isIdentical(to: fit) && fit.epoch == 1)
    let other = TrainingRequest(
      extending: fit, epochs: 1, optimizer: .sgd(learningRate: 0), device: .cpu)
    #expect(other.state?.optimizer.steps == 0)
  }

  @Test("A run's time can be estimated without changing the run")
  func estimate() throws {
    let (train, test) = try DataSet.lesson()
    let training = try Training(layer: .lesson, data: train, test: test)
    let seconds = try #require(training.estimatedSeconds())
    #expect(seconds > 0.1 && seconds < 1000)
    #expect(training.epoch == 0)
    // With one batch an epoch, every other thing that a run does is a test.
    let large = try Training(
      layer: .lesson, data: train, test: test, settings: .init(batchSize: 480))
    #expect(try #require(large.estimatedSeconds()) > 0.1)
  }

  @Test("A device that takes long to set up does so once, also in the estimate")
  func estimateOfASlowStart() throws {
    let (train, test) = try DataSet.lesson()
    let training = try Training(
      layer: .lesson, data: train, test: test, on: SlowlyStartingDevice())
    // Eight batches in each of a thousand epochs: 480 s if each took as long as the first.
    #expect(try #require(training.estimatedSeconds()) < 240)
  }
}

/// Takes 60 ms to set up.
private final class SlowlyStartingDevice: TrainingDevice {
  let kind = DeviceKind.cpu
  let name = "slowly starting"

  func makeTrainingBackend(for plan: TrainingPlan) throws(Diagnostic) -> any TrainingBackend {
    usleep(60_000)
    return Devices.cpu.makeTrainingBackend(for: plan)
  }
}

/// Counts the backends that it makes.
private final class CountingDevice: TrainingDevice {
  let kind = DeviceKind.cpu
  let name = "counting"
  private let backends = Monitor(0)

  var count: Int { backends.withLock { $0 } }

  func makeTrainingBackend(for plan: TrainingPlan) throws(Diagnostic) -> any TrainingBackend {
    backends.withLock { $0 += 1 }
    return Devices.cpu.makeTrainingBackend(for: plan)
  }
}

extension Training {
  /// All weights and losses, for comparison.
  fileprivate var bits: [UInt64] {
    (model.state ?? []).flatMap { $0.array.numbers.map(\.bitPattern) } + history.map(\.bitPattern)
  }
}
