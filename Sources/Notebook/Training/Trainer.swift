import Compute
import Curves
import Interpreter
import Messages
import NeuralNetworks

/// One call of `train` in the reader: its current request, and the run that the student started.
struct Trainer: Sendable {
  /// The cell's current request.
  private(set) var request: TrainingRequest
  private(set) var run: TrainingRun?
  /// The newest fit: the previous run's until the new one has an epoch.
  private(set) var fit: Fit?
  /// The last run that finished.
  private(set) var finishedRun: SavedRun?
  /// Incremented when the cell must run again: a new fit, or the end of the run.
  private(set) var version = 0
  /// Distinguishes the runs of a call.
  private(set) var runNumber: Int
  /// An input has changed since the run was started.
  private(set) var isStale = false
  /// The estimated duration of a whole run; nil when unknown.
  var estimatedSeconds: Double?
  /// Whether the estimate is missing, or for a request of another duration.
  private(set) var needsEstimate = true
  /// How many calls of `train` the cell has, as far as that is known.
  var callCount = 1
  private var earlier: [TrainerState.EarlierRun] = []
  static let keptRuns = 5
  /// The epoch of this run's fit; nil while it has none.
  private var fitEpoch: Int?
  private var pace: Pace
  /// The epoch and the time at which a checkpoint of this run was last taken.
  private var checkpointEpoch = 0
  private var checkpointTime: Double?

  /// How often checkpoints are taken, in seconds: a file is written each time.
  private static let secondsBetweenCheckpoints = (running: 60.0, paused: 2.0)

  /// - Parameter number: not below that of any earlier run of the call.
  init(_ request: TrainingRequest, afterRun number: Int = 0) {
    self.request = request
    runNumber = number
    pace = Pace(forEpochs: request.epochCount)
  }

  /// The cell ran again, perhaps with other inputs; a run in progress continues unchanged.
  mutating func ask(for newRequest: TrainingRequest) {
    supplyInputs(from: newRequest.plan)
    guard !request.isIdentical(to: newRequest) else {
      if request.device != newRequest.device { move(to: newRequest.device) }
      return
    }
    if run == nil, request.epochCount != newRequest.epochCount {
      pace = Pace(forEpochs: newRequest.epochCount)
    }
    if !request.takesAsLong(as: newRequest) { needsEstimate = true }
    request = newRequest
    if let run { isStale = !run.request.isIdentical(to: newRequest) }
  }

  /// The student has chosen another device: what is there goes on on it.
  private mutating func move(to device: DeviceKind) {
    request = request.on(device)
    needsEstimate = true
    run?.move(to: device)
  }

  /// Restores a run of an earlier session; it is stale when the cell's request differs.
  mutating func restore(_ finished: SavedRun) {
    if !finished.isUnfinished { finishedRun = finished }
    run = TrainingRun(finished, on: request.device)
    earlier = finished.earlier
    run?.supplyInputs(from: request.plan)
    isStale = run?.request.isIdentical(to: request) == false
    checkpointEpoch = finished.fit.epoch
    noteFit()
  }

  private mutating func supplyInputs(from plan: TrainingPlan) {
    guard run?.lacksInputs == true else { return }
    run?.supplyInputs(from: plan)
    if let supplied = run?.fit, supplied.epoch == fitEpoch { fit = supplied }
  }

  /// Gives up a restored run, which belongs to another call.
  mutating func releaseRun() -> SavedRun? {
    defer { (run, fit, finishedRun, fitEpoch, isStale) = (nil, nil, nil, nil, false) }
    version += 1
    return finishedRun
  }

  // MARK: Commands

  /// Runs of one cell take one pace.
  mutating func take(paceOf other: Trainer) {
    pace = other.pace
    run?.hurry()
  }

  mutating func perform(_ command: TrainerCommand) {
    switch command {
    case .startOrPause:
      if let run, !run.isOver {
        if run.goal != .nothing {
          self.run?.goal = .nothing
        } else if isStale {
          start()
        } else {
          self.run?.goal = .end
        }
      } else {
        start()
      }
    case .oneEpoch: advance(by: .epoch)
    case .oneStage: advance(by: .stage)
    case .changePace(let steps):
      pace.change(by: steps)
      run?.hurry()
    case .runFree:
      pace.runFree()
      run?.hurry()
    case .startAgain: start()
    }
  }

  /// Starts a run of the current request.
  mutating func start() {
    if let run, !run.curves.loss.isEmpty {
      earlier.append(
        TrainerState.EarlierRun(
          title: run.request.title, curves: run.curves, seconds: run.seconds))
      earlier.removeFirst(max(0, earlier.count - Self.keptRuns))
    }
    run = TrainingRun(request)
    run?.goal = .end
    runNumber += 1
    fitEpoch = nil
    (checkpointEpoch, checkpointTime) = (0, nil)
    isStale = false
  }

  /// Whether to start when the previous call of the cell is done: the current request has not been
  /// run, and no other run is in progress.
  var isToFollow: Bool { run == nil || isStale && run?.goal == .nothing }

  /// Whether the request continues a fit, perhaps that of the previous call, which changes while
  /// that one runs.
  var continuesFit: Bool { request.startEpoch > 0 }

  private mutating func advance(by goal: TrainingRun.Goal) {
    if run == nil || run?.isOver == false && run?.lacksInputs == true { start() }
    guard run?.isOver == false else { return }
    run?.goal = goal
    run?.hurry()
  }

  // MARK: The training thread

  /// When the run may continue; nil when it should not, or the thread is working on it.
  var dueTime: Double? {
    guard let run, run.goal != .nothing, run.training != nil else { return nil }
    return run.dueTime
  }

  /// Hands the run to the thread; nil when it should not continue.
  mutating func beginWork() -> TrainingRun.Work? { run?.beginWork(number: runNumber, pace: pace) }

  /// - Returns: whether the cell must run again.
  mutating func finishWork(
    _ work: TrainingRun.Work, of id: TrainerID, seconds: Double, batch: BatchView?,
    failure: Diagnostic?,
    now: Double
  ) -> Bool {
    // Otherwise the run was restarted in the meantime.
    guard work.number == runNumber else { return false }
    let before = version
    run?.finishWork(
      work, seconds: seconds, batch: batch, failure: failure, pace: pace, now: now)
    noteFit()
    if run?.isOver == true { version += 1 }
    if let run, run.isFinished, let fit = run.fit {
      finishedRun = SavedRun(
        id: id, request: run.request, fit: fit, seconds: run.seconds, earlier: earlier)
    }
    return version != before
  }

  private mutating func noteFit() {
    guard let newFit = run?.fit, newFit.epoch != fitEpoch else { return }
    fit = newFit
    fitEpoch = newFit.epoch
    version += 1
  }

  /// The request to estimate, unless a run was started: once per request of another duration.
  mutating func takeEstimation() -> TrainingRequest? {
    guard needsEstimate, run == nil else { return nil }
    needsEstimate = false
    return request
  }

  // MARK: Keeping

  /// The run in progress as of its last complete epoch; nil when there is none, or no epoch yet.
  func unfinishedRun(_ id: TrainerID) -> SavedRun? {
    guard let run, !run.isOver, let fit = run.fit else { return nil }
    return SavedRun(
      id: id, request: run.request, fit: fit, seconds: run.seconds, earlier: earlier)
  }

  /// The unfinished run, if it has changed and it is time to keep it again.
  ///
  /// - Parameter isLast: the last chance, so it is always time.
  mutating func takeCheckpoint(_ id: TrainerID, at now: Double, isLast: Bool) -> SavedRun? {
    guard let unfinished = unfinishedRun(id), unfinished.fit.epoch != checkpointEpoch else {
      return nil
    }
    if !isLast {
      let isPaused = run?.goal == .nothing
      if checkpointTime == nil, !isPaused { checkpointTime = now }
      let interval =
        isPaused ? Self.secondsBetweenCheckpoints.paused : Self.secondsBetweenCheckpoints.running
      if let checkpointTime, now - checkpointTime < interval { return nil }
    }
    (checkpointEpoch, checkpointTime) = (unfinished.fit.epoch, now)
    return unfinished
  }

  // MARK: For drawing

  var state: TrainerState {
    let shown = run?.request ?? request
    var state = TrainerState(
      activity: activity, title: shown.title, startEpoch: shown.startEpoch,
      epochs: shown.plan.settings.epochs, classCount: shown.plan.data.classCount,
      testCount: shown.plan.test?.count ?? 0)
    state.curves = run?.curves ?? TrainerState.Curves(request.state)
    state.classNames = request.plan.data.classNames
    state.layers = shown.plan.layer.layerCodes
    state.earlier = earlier
    state.fit = run?.fit
    state.gradientNorms = run?.gradientNorms ?? Trace()
    state.seconds = run?.seconds ?? 0
    state.estimatedSeconds = estimatedSeconds
    state.callCount = callCount
    state.pace = pace.epochsPerSecond
    state.device = shown.device.rawValue.uppercased()
    state.isStale = isStale
    state.batch = run?.batch
    state.remark = run?.remark
    return state
  }

  private var activity: TrainerState.Activity {
    guard let run else { return .waiting }
    if let failure = run.failure {
      return .failed(failure.message + (failure.hint.map { "; \($0)" } ?? ""))
    }
    if run.isFinished { return .finished }
    return run.goal == .nothing ? .paused : .running
  }
}
