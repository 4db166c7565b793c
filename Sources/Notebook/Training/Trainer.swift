import Interpreter
import Messages
import NeuralNetworks

/// One call of `train` in the reader: what it asks for, and the run that the student started.
struct Trainer: Sendable {
  /// What the cell asks for now.
  private(set) var request: TrainingRequest
  private(set) var run: TrainingRun?
  /// The newest fit: that of the run before as long as the new one has no epoch.
  private(set) var fit: Fit?
  /// The last run that came to its end.
  private(set) var finishedRun: FinishedRun?
  /// Grows when there is news for the cell: another fit, an end.
  private(set) var version = 0
  /// Tells the runs of a call from one another.
  private(set) var runNumber: Int
  /// An input has changed since the run was started.
  private(set) var isStale = false
  /// What a whole run will take; nil when it is not known.
  var estimatedSeconds: Double?
  /// Whether the estimate is for a request that takes longer or shorter, or was never made.
  private(set) var needsEstimate = true
  private var previous: TrainerState.Curves?
  /// How far the fit of this run is; nil while it has none.
  private var fitEpoch: Int?
  private var pace: Pace

  /// - Parameter number: of the last run that the call may have had before.
  init(_ request: TrainingRequest, afterRun number: Int = 0) {
    self.request = request
    runNumber = number
    pace = Pace(forEpochs: request.epochCount)
  }

  /// The cell ran again, perhaps with other inputs: the run goes on as it is.
  mutating func ask(for newRequest: TrainingRequest) {
    guard !request.isIdentical(to: newRequest) else { return }
    if run == nil, request.epochCount != newRequest.epochCount {
      pace = Pace(forEpochs: newRequest.epochCount)
    }
    if !request.takesAsLong(as: newRequest) { needsEstimate = true }
    request = newRequest
    if let run { isStale = !run.request.isIdentical(to: newRequest) }
  }

  /// Takes a run of an earlier session for its own; it is stale when the cell asks for another now.
  mutating func restore(_ finished: FinishedRun) {
    finishedRun = finished
    run = TrainingRun(finished)
    isStale = !finished.request.isIdentical(to: request)
    noteFit()
  }

  // MARK: Commands

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

  /// Starts a run of what the cell asks for now.
  mutating func start() {
    if let run, !run.curves.loss.isEmpty { previous = run.curves }
    run = TrainingRun(request)
    run?.goal = .end
    runNumber += 1
    fitEpoch = nil
    isStale = false
  }

  /// Whether it is to start when the call before it is done: it has not run what is asked for, nor
  /// is it about something else.
  var isToFollow: Bool { run == nil || isStale && run?.goal == .nothing }

  /// Whether what is asked for trains a fit further: perhaps that of the call before, of which there
  /// are newer ones while it runs.
  var goesOnFromAFit: Bool { request.startEpoch > 0 }

  private mutating func advance(by goal: TrainingRun.Goal) {
    if run == nil { start() }
    guard run?.isOver == false else { return }
    run?.goal = goal
    run?.hurry()
  }

  // MARK: The training thread

  /// When the run may go on; nil when it is not to, or is being worked on.
  var dueTime: Double? {
    guard let run, run.goal != .nothing, run.training != nil else { return nil }
    return run.dueTime
  }

  /// Hands the run to the thread; nil when it is not to go on.
  mutating func takeWork() -> TrainingRun.Work? { run?.takeWork(number: runNumber) }

  /// - Returns: whether there is news for the cell.
  mutating func takeBack(
    _ work: TrainingRun.Work, of id: TrainerID, seconds: Double, batch: BatchView?,
    failure: Diagnostic?,
    now: Double
  ) -> Bool {
    // Else it was started again in the meantime.
    guard work.number == runNumber else { return false }
    let before = version
    run?.takeBack(
      work, seconds: seconds, batch: batch, failure: failure, pace: pace, now: now)
    noteFit()
    if run?.isOver == true { version += 1 }
    if let run, run.isFinished, let fit = run.fit {
      finishedRun = FinishedRun(
        id: id, request: run.request, fit: fit, seconds: run.seconds)
    }
    return version != before
  }

  private mutating func noteFit() {
    guard let newFit = run?.fit, newFit.epoch != fitEpoch else { return }
    fit = newFit
    fitEpoch = newFit.epoch
    version += 1
  }

  /// What is to be measured, unless a run was started: once for all requests that take as long.
  mutating func takeEstimation() -> TrainingRequest? {
    guard needsEstimate, run == nil else { return nil }
    needsEstimate = false
    return request
  }

  // MARK: For drawing

  var state: TrainerState {
    let shown = run?.request ?? request
    var state = TrainerState(
      activity: activity, title: shown.title, startEpoch: shown.startEpoch,
      epochs: shown.plan.settings.epochs, classCount: shown.plan.data.classCount,
      testCount: shown.plan.test?.count ?? 0)
    state.curves = run?.curves ?? TrainerState.Curves(request.state)
    state.previous = previous
    state.seconds = run?.seconds ?? 0
    state.estimatedSeconds = estimatedSeconds
    state.pace = pace.epochsPerSecond
    state.device = shown.device.rawValue.uppercased()
    state.isStale = isStale
    state.batch = run?.batch
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
