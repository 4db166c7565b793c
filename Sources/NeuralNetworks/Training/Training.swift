import Compute
import Concurrency
import Curves
import Messages

/// A network in training: a plan, its state so far, and the device that computes.
///
/// A value: copies train independently, with the same bits. Running by epochs, by batches or by
/// stages gives the same bits, too. Working memory belongs to the backend, which is made for the
/// first batch, and again when a copy trains on.
package struct Training: Sendable {
  /// The five stages of one batch, in order.
  package enum Stage: Int, Sendable, CaseIterable {
    case zeroGrad, forward, loss, backward, step
  }

  package private(set) var plan: TrainingPlan
  package private(set) var device: any TrainingDevice

  /// While there is a live backend, it holds the weights and the optimiser's memory instead.
  private var state: TrainingState
  private var live: LiveBackend?
  /// The current epoch.
  private var progress: EpochProgress?
  /// The batch that is being run stage by stage.
  private var cursor: StageCursor?
  /// Why it cannot continue.
  private var failure: Diagnostic?

  /// - Parameter state: where to start; nil draws new weights.
  package init(
    _ plan: TrainingPlan, state: TrainingState? = nil, on device: any TrainingDevice = Devices.cpu
  ) {
    self.plan = plan
    self.device = device
    self.state = state ?? TrainingState(beginning: plan)
  }

  /// - Throws: as ``TrainingPlan/init(layer:data:test:settings:)``.
  package init(
    layer: Layer, data: DataSet, test: DataSet? = nil, settings: Settings = Settings(),
    on device: any TrainingDevice = Devices.cpu
  ) throws(Diagnostic) {
    self.init(
      try TrainingPlan(layer: layer, data: data, test: test, settings: settings), on: device)
  }

  package var settings: Settings { plan.settings }
  package var layer: Layer { plan.layer }
  package var data: DataSet { plan.data }
  package var test: DataSet? { plan.test }

  /// The number of complete epochs.
  package var epoch: Int { state.epoch }
  /// The curves, as in ``TrainingState``.
  package var history: Trace { state.history }
  package var testHistory: Trace { state.testHistory }
  package var testAccuracy: Trace { state.testAccuracy }

  package var isFinished: Bool { epoch >= settings.epochs }
  /// Of the newest batch, where looking does not hold up the device; nil before the first.
  package var gradientNorm: Double? {
    guard device.kind == .cpu, let live, live.hasBatch else { return nil }
    return live.backend.gradientNorm()
  }
  /// Whether the epoch's batches are done but its test is not.
  package var isTesting: Bool { progress?.isTesting(plan) ?? false }

  /// With the current weights, even in the middle of an epoch.
  private var currentState: TrainingState { live?.completed(state) ?? state }

  /// What is needed to resume later; nil in the middle of an epoch.
  package var checkpoint: TrainingState? { progress == nil ? currentState : nil }

  /// The network with the current weights.
  package var model: Model { Model(plan, currentState) }

  /// The logits for each sample: `[count, classes]`.
  ///
  /// - Parameter checkpoint: called now and then; what it throws ends the work.
  /// - Throws: when the samples have another shape than those of the training.
  package func logits(
    of data: DataSet, checkpoint: () throws -> Void = {}
  ) throws -> NDArray {
    try device.logits(of: data, plan, currentState, checkpoint: checkpoint)
  }

  /// Adds `epochs` to the run, perhaps with another optimiser, which then starts without memory.
  package mutating func extend(epochs: Int, optimizer: Optimizer? = nil) {
    if optimizer != nil {
      state = currentState
      state.optimizer = OptimizerState.Memory()
      cursor?.start.optimizer = OptimizerState.Memory()
      live = nil
    }
    plan = plan.extended(epochs: epochs, from: epoch, optimizer: optimizer)
  }

  /// Goes on on another device, with the same bits. A training whose device has failed goes on from its
  /// last complete epoch.
  package mutating func move(to device: any TrainingDevice) {
    guard device.kind != self.device.kind else { return }
    if !self.device.isAvailable { failure = nil }
    state = currentState
    live = nil
    self.device = device
  }

  // MARK: Running

  /// Runs to the end of the current epoch.
  ///
  /// - Throws: when the loss is no longer finite: says the epoch and the learning rate. A training
  ///   that has failed throws the same again.
  package mutating func runEpoch() throws(Diagnostic) {
    try runEpoch { true }
  }

  /// Runs to the end of the current epoch, or until `shouldContinue`, called between batches, is
  /// false.
  ///
  /// - Throws: as ``runEpoch()``.
  package mutating func runEpoch(while shouldContinue: () -> Bool) throws(Diagnostic) {
    try runEpochs(atMost: 1, while: shouldContinue)
  }

  /// As ``runEpoch(while:)``, but a device that runs whole epochs in one go may run several.
  ///
  /// - Parameter limit: the most epochs.
  /// - Throws: as ``runEpoch()``.
  package mutating func runEpochs(
    atMost limit: Int, while shouldContinue: () -> Bool
  ) throws(Diagnostic) {
    if device.runsWholeEpochs, progress == nil, try runWholeEpochs(limit, while: shouldContinue) {
      return
    }
    try runBatches(while: shouldContinue)
  }

  /// - Returns: false when the next epoch is to be run batch by batch.
  private mutating func runWholeEpochs(
    _ limit: Int, while shouldContinue: () -> Bool
  ) throws(Diagnostic) -> Bool {
    if let failure { throw failure }
    let live = try takeBackend()
    do throws(Diagnostic) {
      let epochs = try live.backend.runEpochs(
        max(1, min(limit, settings.epochs - epoch)), after: epoch, random: &state.random,
        while: shouldContinue)
      live.hasBatch = false
      for epoch in epochs { state.add(epoch, plan) }
      return !epochs.isEmpty
    } catch {
      failure = error
      throw error
    }
  }

  /// Runs batches to the end of the current epoch, or until `shouldContinue` is false.
  private mutating func runBatches(while shouldContinue: () -> Bool) throws(Diagnostic) {
    let epoch = epoch
    let hadCursor = cursor != nil
    while cursor != nil { _ = try runStage() }
    guard self.epoch == epoch, !hadCursor || shouldContinue() else { return }
    try run { live, state, progress throws(Diagnostic) in
      live.hasBatch = true
      try live.backend.run(&progress, random: &state.random, while: shouldContinue)
    }
  }

  /// Runs to the end of the current batch, or the next one; after the last one, as much of the test
  /// as a batch takes.
  ///
  /// - Throws: as ``runEpoch()``.
  package mutating func runBatch() throws(Diagnostic) {
    try runBatches { false }
  }

  /// Runs the next stage of the current batch. With a test set an epoch does not end with the
  /// `step` of its last batch: while ``isTesting``, this runs the test, a few samples at a time.
  ///
  /// - Returns: the stage, with its results.
  /// - Throws: as ``runEpoch()``.
  package mutating func runStage() throws(Diagnostic) -> BatchView {
    let plan = plan
    var cursor = cursor
    defer { self.cursor = cursor }
    return try run { live, state, progress throws(Diagnostic) in
      let backend = live.backend
      if progress.isTesting(plan) {
        let view = BatchView(.step, of: progress, plan, live.hasBatch ? backend : nil)
        try backend.runTest(&progress)
        return view
      }
      if cursor == nil {
        cursor = StageCursor(
          start: live.completed(state),
          batch: progress.nextBatch(plan, random: &state.random))
      }
      guard var current = cursor else { preconditionFailure("there is a batch") }
      let stage = current.stage
      var view = BatchView(stage, of: progress, plan, nil)
      live.forget()
      live.hasBatch = true
      let samples = stage == .step ? try plan.data.selecting(current.batch.samples) : nil
      let before = samples.map(backend.meanLoss)
      try backend.run(stage, of: current.batch, in: &progress)
      view.show(backend, progress)
      if let samples, let before {
        view.stepLosses = BatchView.StepLosses(before: before, after: backend.meanLoss(of: samples))
      }
      current.stage = Stage(rawValue: stage.rawValue + 1) ?? .zeroGrad
      cursor = stage == .step ? nil : current
      return view
    }
  }

  /// Runs a part of an epoch on a backend that is not shared, and ends the epoch after its last
  /// part.
  private mutating func run<Result>(
    _ body: (LiveBackend, inout TrainingState, inout EpochProgress) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    if let failure { throw failure }
    let live = try takeBackend()
    var progress =
      self.progress ?? EpochProgress(number: epoch + 1, of: plan, random: &state.random)
    self.progress = nil
    defer {
      if progress.isFinished(plan) { state.add(progress, plan) } else { self.progress = progress }
    }
    do throws(Diagnostic) {
      return try body(live, &state, &progress)
    } catch {
      failure = error
      throw error
    }
  }

  /// The backend if it is not shared; otherwise a new one in the same state.
  private mutating func takeBackend() throws(Diagnostic) -> LiveBackend {
    if isKnownUniquelyReferenced(&live), let live {
      live.forget()
      return live
    }
    let backend = try device.makeTrainingBackend(for: plan)
    let current = LiveBackend(backend)
    if let cursor, var progress {
      backend.load(cursor.start)
      for stage in Stage.allCases where stage.rawValue < cursor.stage.rawValue {
        try backend.run(stage, of: cursor.batch, in: &progress)
      }
      current.hasBatch = true
    } else {
      backend.load(currentState)
    }
    state.weights = Weights()
    state.optimizer = OptimizerState.Memory()
    live = current
    return current
  }

  // MARK: Estimating

  /// How many batches are timed at least, for how long at least, and for how long at most, in seconds.
  private static let (leastTrials, trialTime, longestTrial) = (5, 0.02, 0.5)

  /// How long the remaining epochs will take on an idle machine, measured on some batches of a
  /// copy, which takes a fiftieth of a second. Nil when the copy fails.
  package func estimatedSeconds() -> Double? {
    guard !isFinished else { return 0 }
    if device.runsWholeEpochs { return estimatedSecondsOfWholeEpochs() }
    var trial = self
    // The first batch is slower, since the device is set up with it and memory is touched; and whatever
    // else runs on the machine makes batches slower for a while, never faster. Taken alone, such a batch of
    // some 50 ms would make minutes of seconds.
    let start = Clock.now()
    var fastest = Double.infinity
    for count in 1... {
      let batchStart = Clock.now()
      guard (try? trial.runTrainingBatch()) != nil else { return nil }
      let now = Clock.now()
      fastest = min(fastest, now - batchStart)
      let isEnough = count >= Self.leastTrials && now - start >= Self.trialTime
      if isEnough || now - start >= Self.longestTrial { break }
    }
    // Testing goes forwards only, a third of the work.
    let testBatches = Double(test?.count ?? 0) / Double(plan.batchSize) / 3
    return fastest * (Double(plan.batchCount) + testBatches) * Double(settings.epochs - epoch)
  }

  private func estimatedSecondsOfWholeEpochs() -> Double? {
    var trial = self
    var start = Clock.now()
    guard (try? trial.runEpoch()) != nil else { return nil }
    // With the first one the device was set up. Where it is the only one, it has to do.
    var first = epoch
    if !trial.isFinished {
      (start, first) = (Clock.now(), trial.epoch)
      guard (try? trial.runEpochs(atMost: .max) { true }) != nil else { return nil }
    }
    return (Clock.now() - start) / Double(trial.epoch - first) * Double(settings.epochs - epoch)
  }

  /// Runs a batch of the training data, never a part of a test.
  private mutating func runTrainingBatch() throws(Diagnostic) {
    if isTesting { progress = nil }
    try runBatch()
  }
}

/// A batch between two of its stages.
private struct StageCursor: Sendable {
  /// Before the batch: a copy of the training runs it again from there.
  var start: TrainingState
  let batch: TrainingBatch
  /// The next stage.
  var stage = Training.Stage.zeroGrad
}

extension TrainingState {
  /// Ends an epoch.
  fileprivate mutating func add(_ epoch: EpochProgress, _ plan: TrainingPlan) {
    history.append(epoch.lossSum / Double(plan.data.count))
    guard let test = plan.test else { return }
    testHistory.append(epoch.test.lossSum / epoch.test.weightSum)
    testAccuracy.append(Double(epoch.test.correctCount) / Double(test.count))
  }
}
