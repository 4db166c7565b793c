import Messages
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
  /// That of the last complete epoch; nil before the first one is.
  private(set) var fit: Fit?
  private(set) var curves: TrainerState.Curves
  /// What this run has computed, without waiting.
  private(set) var seconds = 0.0
  /// The batch under way, while it goes by stages.
  private(set) var batch: BatchView?
  var goal = Goal.nothing
  private(set) var isFinished = false
  /// Why it cannot go on.
  private(set) var failure: Diagnostic?
  /// When the next epoch may begin, by the monotonic clock.
  private(set) var dueTime = 0.0
  /// Whether it ended in an earlier session.
  private(set) var isRestored = false

  init(_ request: TrainingRequest) {
    self.request = request
    curves = TrainerState.Curves(request.state)
    do throws(Diagnostic) {
      training = try request.training()
    } catch {
      failure = error
    }
  }

  /// A run that has come to its end.
  init(_ request: TrainingRequest, endingWith fit: Fit, seconds: Double) {
    self.request = request
    self.fit = fit
    self.seconds = seconds
    curves = TrainerState.Curves(fit.state)
    isFinished = true
    isRestored = true
  }

  var isOver: Bool { isFinished || failure != nil }

  /// Hands the training to the thread: moved, so that no array of it is copied when it changes.
  mutating func takeWork(number: Int) -> Work? {
    guard goal != .nothing, let training else { return nil }
    self.training = nil
    return Work(training: training, goal: goal, number: number)
  }

  /// Takes back what the thread has worked on. A stage that was asked for in the meantime is still
  /// to come, and does not wait for the pace.
  ///
  /// - Parameter batch: what the stage showed, when it was one.
  mutating func takeBack(
    _ work: Work, seconds: Double, batch: BatchView?, failure: Diagnostic?, pace: Pace,
    now: Double
  ) {
    let training = work.training
    self.training = training
    self.seconds += seconds
    self.batch = batch
    if training.epoch > curves.loss.count {
      curves = TrainerState.Curves(training)
      fit = Fit(training, seconds: request.earlierSeconds + self.seconds)
      dueTime = goal == .stage ? now : pace.next(after: dueTime, now: now)
      if goal == .epoch { goal = .nothing }
    }
    // The last step of an epoch is over when its test is.
    if goal == .stage, work.goal == .stage, !training.isTesting { goal = .nothing }
    self.failure = failure
    isFinished = failure == nil && training.isFinished
    if isOver { goal = .nothing }
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

  /// - Parameter state: nil for the beginning.
  init(_ state: TrainingState?) {
    self.init()
    guard let state else { return }
    loss = state.history
    testLoss = state.testHistory
    testAccuracy = state.testAccuracy
  }
}
