import NeuralNetworks

/// A run that the student started: how far it has come, and what it is to do.
struct TrainingRun: Sendable {
  /// How far it may go by itself.
  enum Goal: Hashable, Sendable {
    case nothing, stage, epoch, end
  }

  /// A run in the hands of the thread.
  struct Work: Sendable {
    var training: Training
    let goal: Goal
    /// Which run of its trainer it is.
    let number: Int
  }

  let request: TrainingRequest
  /// Nil while the training thread works on it.
  private(set) var training: Training?
  /// Without a part of an epoch; nil before the first one is complete.
  private(set) var fit: Fit?
  private(set) var curves: TrainerState.Curves
  /// What was computed, without waiting.
  private(set) var seconds = 0.0
  /// The batch under way, while it goes by stages.
  private(set) var batch: BatchView?
  var goal = Goal.nothing
  private(set) var isFinished = false
  /// Why it cannot go on.
  private(set) var failure: NetworkError?
  /// When the next epoch may begin, by the monotonic clock.
  private(set) var dueTime = 0.0
  /// When a fit was made last.
  private var fitTime = 0.0
  private var isBetweenEpochs = false

  /// A fit is a copy of all weights, and of the memory of the optimiser: quick epochs go without.
  /// Those longer than the thread computes at a stretch all have theirs: it may pause within one.
  private static let secondsBetweenFits = TrainingWorker.secondsOfWork

  init(_ request: TrainingRequest) {
    self.request = request
    training = request.start
    curves = TrainerState.Curves(request.start)
  }

  var isOver: Bool { isFinished || failure != nil }

  /// Hands the training to the thread: moved, so that no array of it is copied when it changes.
  mutating func takeWork(number: Int) -> Work? {
    guard goal != .nothing, let training else { return nil }
    self.training = nil
    return Work(training: training, goal: goal, number: number)
  }

  /// Takes back what the thread has worked on.
  ///
  /// - Parameter batch: what the stage showed, when it was one.
  mutating func takeBack(
    _ training: Training, seconds: Double, batch: BatchView?, failure: NetworkError?, pace: Pace,
    now: Double
  ) {
    self.training = training
    self.seconds += seconds
    self.batch = batch
    isBetweenEpochs = training.epoch > curves.loss.count
    if isBetweenEpochs {
      curves = TrainerState.Curves(training)
      dueTime = pace.next(after: dueTime, now: now)
    }
    if goal == .stage || goal == .epoch && isBetweenEpochs { goal = .nothing }
    self.failure = failure
    isFinished = failure == nil && training.isFinished
    if isOver { goal = .nothing }
    if goal == .nothing || now - fitTime >= Self.secondsBetweenFits {
      fitTime = now
      updateFit()
    }
  }

  mutating func pause() {
    goal = .nothing
    updateFit()
  }

  private mutating func updateFit() {
    guard isBetweenEpochs, let training, training.epoch != fit?.training.epoch else { return }
    fit = Fit(training: training, seconds: seconds, device: request.device)
  }

  /// A changed pace counts from now on.
  mutating func hurry() { dueTime = 0 }
}

extension TrainerState.Curves {
  init(_ training: Training) {
    self.init()
    loss = training.history
    testLoss = training.testHistory
    testAccuracy = training.testAccuracy
  }
}
