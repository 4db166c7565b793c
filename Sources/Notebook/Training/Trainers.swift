import Concurrency
import Interpreter
import Messages
import NeuralNetworks

/// All trainers of a lesson: the requests of their cells, the student's commands, and what to
/// compute next. The training thread and the session share it under a lock.
struct Trainers: Sendable {
  /// The next task of the thread.
  enum Task: Sendable {
    case run(TrainerID)
    /// Estimates how long a run will take.
    case estimate(TrainerID, TrainingRequest)
    /// Announces changes to draw and, with `needsRerun`, that cells must run again.
    case announce(needsRerun: Bool)
    case stop
  }

  private var trainers: [TrainerID: Trainer] = [:]
  /// Runs of an earlier session whose calls have not been evaluated in this one.
  private var restored: [TrainerID: SavedRun] = [:]
  /// Runs of cells that are not in the lesson any more, for calls that ask for the same training.
  private var unplaced: [SavedRun] = []
  /// Runs that belong to another call than before, to be saved.
  private var moved: [SavedRun] = []
  /// The highest run number of removed trainers: the thread may still be working for one.
  private var lastGoneRun = 0
  /// The trainers with a finished run that has not been collected yet.
  private var newlyFinished: Set<TrainerID> = []
  /// The cells whose calls run one after another since an Enter.
  private var sequences: Set<String> = []
  private var isStopping = false
  /// A screen does not need more.
  private var drawing = Throttle(interval: 1 / 30)
  /// More often, cells that depend on a run would slow it down.
  private var rerun = Throttle(interval: 1 / 10)
  /// Incremented with every visible change.
  private(set) var revision = 0

  // MARK: The session's side

  /// A call of `train` was evaluated.
  ///
  /// - Parameters:
  ///   - before: the version of the fit that the cell's previous call returned in this run.
  ///   - callCount: how many calls of `train` the cell has, as far as that is known.
  mutating func ask(
    for request: TrainingRequest, _ id: TrainerID, after before: Int?, callCount: Int = 1
  ) -> TrainingProgress {
    var trainer = trainers[id] ?? newTrainer(request, id)
    trainer.callCount = max(callCount, id.call + 1)
    trainer.ask(for: request)
    if trainer.run == nil, let run = takeRestored(id, request) { trainer.restore(run) }
    // After one Enter, the calls of a cell run one after another.
    if trainer.run == nil || trainer.isToFollow && trainer.continuesFit,
      sequences.contains(id.cell), let predecessor = predecessor(of: id),
      predecessor.version == before, let run = predecessor.run, run.isFinished, !run.isRestored
    {
      trainer.start()
    }
    trainers[id] = trainer
    noteChange()
    return TrainingProgress(
      fit: trainer.fit, version: trainer.version, failure: trainer.run?.failure)
  }

  /// The runs of a cell share one pace.
  private func newTrainer(_ request: TrainingRequest, _ id: TrainerID) -> Trainer {
    var trainer = Trainer(request, afterRun: lastGoneRun)
    if let predecessor = predecessor(of: id) { trainer.take(paceOf: predecessor) }
    return trainer
  }

  /// The run of an earlier session for a call: its own, or one that was trained on just the same, since
  /// calls may have come or gone in front of it.
  private mutating func takeRestored(_ id: TrainerID, _ request: TrainingRequest) -> SavedRun? {
    let own = restored.removeValue(forKey: id)
    if let own, own.request.isIdentical(to: request) { return own }
    let other = restored.first { other, run in
      other.cell == id.cell && run.request.isIdentical(to: request)
    }
    if let (otherID, run) = other {
      restored[otherID] = nil
      return adopt(run, for: id, insteadOf: own)
    }
    let stale = trainers.first { other, trainer in
      other.cell == id.cell && trainer.isStale && trainer.run?.isRestored == true
        && trainer.finishedRun?.request.isIdentical(to: request) == true
    }
    if let (otherID, _) = stale, let run = trainers[otherID]?.releaseRun() {
      noteChange(needsRerun: true)
      return adopt(run, for: id, insteadOf: own)
    }
    if own == nil,
      let index = unplaced.firstIndex(where: { $0.request.isIdentical(to: request) })
    {
      return adopt(unplaced.remove(at: index), for: id, insteadOf: nil)
    }
    return own
  }

  /// Takes a run for a call that it was not saved for, so that it is saved anew.
  ///
  /// - Parameter own: the call's own run, which waits for a call that asks for it.
  private mutating func adopt(
    _ run: SavedRun, for id: TrainerID, insteadOf own: SavedRun?
  ) -> SavedRun {
    var (run, own) = (run, own)
    if own != nil {
      // The two exchange their files.
      own?.id = run.id
      own?.file = nil
      run.file = nil
      restored[run.id] = own
      if let own { moved.append(own) }
    }
    run.id = id
    run.isPlaced = true
    newlyFinished.insert(id)
    return run
  }

  /// The cell succeeded with this many calls of `train`. Runs of further calls are dropped,
  /// including restored and unsaved ones: a call that is added later is a new one.
  mutating func keep(calls count: Int, ofCell cell: String) {
    func isGone(_ id: TrainerID) -> Bool { id.cell == cell && id.call >= count }
    restored = restored.filter { !isGone($0.key) }
    newlyFinished = newlyFinished.filter { !isGone($0) }
    for (id, trainer) in trainers where isGone(id) {
      lastGoneRun = max(lastGoneRun, trainer.runNumber)
      trainers[id] = nil
      noteChange()
    }
  }

  /// The cell ran as far as it can. When none of its runs is left, a call that is added later waits
  /// for an Enter of its own.
  ///
  /// - Parameter versions: of the fits that the cell used. If there are newer ones, it will run
  ///   again and perhaps reach further calls.
  mutating func endSequence(ofCell cell: String, versions: [Int]) {
    guard versions == self.versions(ofCell: cell, calls: versions.count),
      !trainers.contains(where: { $0.key.cell == cell && $0.value.run?.isOver == false })
    else { return }
    sequences.remove(cell)
  }

  /// The versions of the fits of a cell's first calls.
  func versions(ofCell cell: String, calls count: Int) -> [Int] {
    (0..<count).map { trainers[TrainerID(cell: cell, call: $0)]?.version ?? 0 }
  }

  /// Why the call has no fit yet.
  func pendingWork(_ id: TrainerID) -> PendingWork {
    guard let trainer = trainers[id] else { return .training(estimatedSeconds: nil) }
    if let run = trainer.run {
      return run.goal == .nothing
        ? .pausedTraining : .firstEpoch(ofRun: id.call == 0 ? nil : id.call + 1)
    }
    if let before = predecessor(of: id)?.run, !before.isOver {
      return .earlierRun(id.call, isPaused: before.goal == .nothing)
    }
    return .training(estimatedSeconds: trainer.estimatedSeconds)
  }

  /// What its page calls the run that the call waits for: the network with its settings, and a number
  /// where the cell has several.
  func name(of id: TrainerID) -> (title: String?, run: Int?) {
    guard let trainer = trainers[id] else { return (nil, nil) }
    return (trainers.title(of: id) { $0.state }, trainer.callCount > 1 ? id.call + 1 : nil)
  }

  private func predecessor(of id: TrainerID) -> Trainer? {
    trainers[TrainerID(cell: id.cell, call: id.call - 1)]
  }

  // MARK: The reader's side

  mutating func perform(_ command: TrainerCommand, _ id: TrainerID) {
    trainers[id]?.perform(command)
    if command.isAboutPace, let trainer = trainers[id] {
      for other in trainers.keys where other.cell == id.cell && other != id {
        trainers[other]?.take(paceOf: trainer)
      }
    }
    if let run = trainers[id]?.run, run.goal != .nothing { sequences.insert(id.cell) }
    noteChange(needsRerun: true)
  }

  var states: [TrainerID: TrainerState] { trainers.mapValues(\.state) }

  /// Runs that finished since the last call, to be saved.
  mutating func takeNewlyFinished() -> [SavedRun] {
    defer { (newlyFinished, moved) = ([], []) }
    return newlyFinished.compactMap { trainers[$0]?.finishedRun } + moved
  }

  /// Checkpoints of the runs in progress that are to be saved now.
  ///
  /// - Parameter areLast: the last ones of this session.
  mutating func takeCheckpoints(at now: Double, areLast: Bool) -> [SavedRun] {
    var checkpoints: [SavedRun] = []
    for id in trainers.keys {
      if let run = trainers[id]?.takeCheckpoint(id, at: now, isLast: areLast) {
        checkpoints.append(run)
      }
    }
    return checkpoints
  }

  /// The runs in progress that have a complete epoch.
  var unfinishedRuns: [SavedRun] {
    trainers.compactMap { $0.value.unfinishedRun($0.key) }.sorted { $0.id.cell < $1.id.cell }
  }

  /// Each call's run as another session would go on with it: in progress, else the last one.
  var keptRuns: [SavedRun] {
    trainers.compactMap { $0.value.unfinishedRun($0.key) ?? $0.value.finishedRun }
      + restored.values
  }

  /// The last finished run of each call, including those of an earlier session.
  var finishedRuns: [SavedRun] {
    trainers.values.compactMap(\.finishedRun) + restored.values + unplaced
  }

  /// Adds runs of an earlier session; call before any cell runs.
  mutating func restore(_ runs: [SavedRun]) {
    for run in runs {
      if run.isPlaced { restored[run.id] = run } else { unplaced.append(run) }
    }
  }

  /// Whether cells must run again that have not been told.
  var needsRerun: Bool { rerun.isPending }

  mutating func stop() { isStopping = true }

  // MARK: The training thread's side

  mutating func nextTask(at now: Double) -> Monitor<Trainers>.Attempt<Task> {
    if isStopping { return .found(.stop) }
    let isDrawing = drawing.take(at: now)
    let needsRerun = rerun.take(at: now)
    if isDrawing || needsRerun { return .found(.announce(needsRerun: needsRerun)) }
    let due = trainers.compactMapValues(\.dueTime).min { $0.value < $1.value }
    if let due, due.value <= now { return .found(.run(due.key)) }
    for id in trainers.keys {
      guard let request = trainers[id]?.takeEstimation() else { continue }
      return .found(.estimate(id, request))
    }
    return .retry(at: min(due?.value ?? .infinity, drawing.time, rerun.time))
  }

  /// Hands a run to the thread; nil when it should not continue after all.
  mutating func beginWork(_ id: TrainerID) -> TrainingRun.Work? { trainers[id]?.beginWork() }

  /// Takes back a run with the result of the work.
  mutating func finishWork(
    _ work: TrainingRun.Work, of id: TrainerID, seconds: Double, batch: BatchView?,
    failure: Diagnostic?, now: Double
  ) {
    let needsRerun =
      trainers[id]?.finishWork(
        work, of: id, seconds: seconds, batch: batch, failure: failure, now: now) ?? false
    if trainers[id]?.run?.isFinished == true { newlyFinished.insert(id) }
    noteChange(needsRerun: needsRerun)
    let next = TrainerID(cell: id.cell, call: id.call + 1)
    guard trainers[id]?.run?.isFinished == true, let follower = trainers[next],
      follower.isToFollow, !follower.continuesFit
    else { return }
    trainers[next]?.start()
  }

  mutating func finishWork(estimate seconds: Double?, for id: TrainerID) {
    trainers[id]?.estimatedSeconds = seconds
    noteChange(needsRerun: true)
  }

  private mutating func noteChange(needsRerun: Bool = false) {
    revision += 1
    drawing.request()
    if needsRerun { rerun.request() }
  }
}
