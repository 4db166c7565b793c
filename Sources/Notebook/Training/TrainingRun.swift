import Compute
import Curves
import Messages
import NeuralNetworks

/// A run that the student started: its progress and its goal.
struct TrainingRun: Sendable {
  /// How far it may run before it pauses.
  enum Goal: Hashable, Sendable {
    case nothing, stage, epoch, end
  }

  /// A run that the thread is working on.
  struct Work: Sendable {
    var training: Training
    let goal: Goal
    /// The most epochs to run before it comes back.
    let epochLimit: Int
    /// The run number within its trainer.
    let number: Int
  }

  private(set) var request: TrainingRequest
  /// Nil while the training thread is working on it.
  private(set) var training: Training?
  /// The fit of the last complete epoch; nil before the first.
  private(set) var fit: Fit?
  private(set) var curves: TrainerState.Curves
  /// Of the last batch of each epoch, where it is known.
  private(set) var gradientNorms = Trace()
  /// The computing time of this run, without pauses.
  private(set) var seconds = 0.0
  /// The current batch, while stepping through stages.
  private(set) var batch: BatchView?
  var goal = Goal.nothing
  private(set) var isFinished = false
  /// Why it cannot continue.
  private(set) var failure: Diagnostic?
  /// Why it goes on on another device than was asked for; a sentence.
  private(set) var remark: String?
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

  /// A run of an earlier session; an unfinished one is paused.
  ///
  /// - Parameter device: where it goes on.
  init(_ saved: SavedRun, on device: DeviceKind) {
    request = saved.request.on(device)
    fit = saved.fit
    seconds = saved.seconds
    curves = TrainerState.Curves(saved.fit.state)
    guard saved.isUnfinished else {
      isFinished = true
      isRestored = true
      return
    }
    resume()
  }

  /// Makes the training that goes on from the fit; not without the inputs, which may still be supplied.
  private mutating func resume() {
    guard request.plan.hasInputs, let fit else { return }
    do throws(Diagnostic) {
      training = try TrainingRequest(
        request.plan, from: fit.state, device: request.device
      ).training()
    } catch {
      failure = error
    }
  }

  /// Whether it cannot go on, since the file that it was read from does not hold its inputs.
  var lacksInputs: Bool { !request.plan.hasInputs }

  /// Takes the inputs that are missing from a plan with the same ones.
  mutating func supplyInputs(from plan: TrainingPlan) {
    guard lacksInputs else { return }
    request = request.supplied(from: plan)
    fit = fit?.supplied(data: plan.data, test: plan.test)
    if !isOver { resume() }
  }

  var isOver: Bool { isFinished || failure != nil }

  /// Moves the training to the thread, so that changing it copies no array.
  ///
  /// - Parameter pace: a device that runs several epochs in one go does so only without a pace.
  mutating func beginWork(number: Int, pace: Pace) -> Work? {
    guard goal != .nothing, let training else { return nil }
    self.training = nil
    let isFree = goal == .end && pace.epochsPerSecond == nil
    return Work(
      training: training, goal: goal, epochLimit: isFree ? .max : 1, number: number)
  }

  /// Takes back the training from the thread. A stage that was requested in the meantime is still
  /// to be done, without waiting for the pace.
  ///
  /// - Parameter batch: the result of a stage; nil after other work.
  mutating func finishWork(
    _ work: Work, seconds: Double, batch: BatchView?, failure: Diagnostic?, pace: Pace,
    now: Double
  ) {
    var training = work.training
    var failure = failure
    if failure != nil, let reason = training.device.reason {
      // The device has failed, not the network: what it had computed before is there.
      failure = nil
      remark = "\(reason) The run goes on on the CPU."
      request = request.on(.cpu)
      goal = .nothing
    }
    if let device = try? Devices.training(on: request.device) { training.move(to: device) }
    self.training = training
    self.seconds += seconds
    self.batch = batch
    if training.epoch > curves.loss.count {
      curves = TrainerState.Curves(training)
      if let norm = training.gradientNorm { gradientNorms.append(norm) }
      fit = Fit(training, seconds: request.earlierSeconds + self.seconds)
      dueTime = goal == .stage ? now : pace.next(after: dueTime, now: now)
      if goal == .epoch { goal = .nothing }
    }
    // The last step of an epoch includes the test.
    if goal == .stage, work.goal == .stage, !training.isTesting { goal = .nothing }
    self.failure = failure
    isFinished = failure == nil && training.isFinished
    if isOver { goal = .nothing }
  }

  /// Goes on on another device, with the same bits.
  mutating func move(to device: DeviceKind) {
    guard device != request.device else { return }
    request = request.on(device)
    remark = nil
    // While the thread works on it, it is moved when it comes back.
    guard let target = try? Devices.training(on: device) else { return }
    training?.move(to: target)
  }

  /// Makes the next epoch due now, so that a new pace takes effect at once.
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
