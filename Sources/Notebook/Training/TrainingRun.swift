import NeuralNetworks

/// A run that the student started: how far it has come, and what it is to do.
struct TrainingRun: Sendable {
  /// How far it may go by itself.
  enum Goal: Hashable, Sendable {
    case nothing, stage, epoch, end
  }

  let request: TrainingRequest
  /// Nil while the training thread works on it.
  var training: Training?
  /// As of the last complete epoch; nil before the first one.
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

  init(_ request: TrainingRequest) {
    self.request = request
    training = request.start
    curves = TrainerState.Curves(request.start)
  }

  var isOver: Bool { isFinished || failure != nil }

  /// Takes back what the thread has worked on.
  ///
  /// - Parameter batch: what the stage showed, when it was one.
  /// - Returns: whether an epoch was completed.
  mutating func takeBack(
    _ training: Training, seconds: Double, batch: BatchView?, failure: NetworkError?, pace: Pace,
    now: Double
  ) -> Bool {
    self.seconds += seconds
    self.batch = batch
    let isEpochComplete = training.epoch > curves.loss.count
    if isEpochComplete {
      curves = TrainerState.Curves(training)
      fit = Fit(training: training, seconds: self.seconds, device: request.device)
      dueTime = pace.next(after: dueTime, now: now)
    }
    if goal == .stage || goal == .epoch && isEpochComplete { goal = .nothing }
    if let failure {
      self.failure = failure
      goal = .nothing
    } else if training.isFinished {
      isFinished = true
      goal = .nothing
    }
    self.training = training
    return isEpochComplete
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
