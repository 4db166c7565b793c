import Concurrency
import Interpreter
import Messages
import NeuralNetworks

/// All trainers of a lesson: what their cells ask for, what the student wants, what is to be computed
/// next. The training thread and the session share it under a lock.
struct Trainers: Sendable {
  /// What the thread is to do next.
  enum Task: Sendable {
    case run(TrainerID)
    /// To measure how long a run will take.
    case estimate(TrainerID, TrainingRequest)
    /// Something is to be drawn; perhaps cells are to run again, too.
    case announce(isNews: Bool)
    case stop
  }

  private var trainers: [TrainerID: Trainer] = [:]
  /// Runs of an earlier session whose calls have not been evaluated yet.
  private var restored: [TrainerID: FinishedRun] = [:]
  /// The highest run number of the trainers that are gone: the thread may still be at work for one.
  private var lastGoneRun = 0
  /// The trainers with a run that has ended and that nobody has asked for yet.
  private var newlyFinished: Set<TrainerID> = []
  /// The cells whose calls an Enter lets run one after another.
  private var sequences: Set<String> = []
  private var isStopping = false
  /// A screen cannot show more.
  private var drawing = Throttle(interval: 1 / 30)
  /// Cells that depend on a run would else take the time from it.
  private var news = Throttle(interval: 1 / 10)
  /// Grows with every change that can be seen.
  private(set) var revision = 0

  // MARK: The session's side

  /// A call of `train` was evaluated.
  ///
  /// - Parameter before: the version of the fit that the cell's call before gave this time.
  mutating func ask(
    for request: TrainingRequest, _ id: TrainerID, after before: Int?
  ) -> TrainingProgress {
    var trainer = trainers[id] ?? Trainer(request, afterRun: lastGoneRun)
    trainer.ask(for: request)
    if let run = restored.removeValue(forKey: id) { trainer.restore(run) }
    // After one Enter the calls of a cell are run one after another.
    if trainer.run == nil || trainer.isToFollow && trainer.goesOnFromAFit,
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

  /// The cell ran to its end with this many calls of `train`. The runs of others are dropped, those
  /// of an earlier session and those that nobody has saved yet, too: a call that is added later is
  /// another one.
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

  /// The cell ran as far as it can. When no run of it is left, a call that is added later waits for
  /// an Enter of its own.
  ///
  /// - Parameter versions: of the fits that the cell used. With newer ones it will run again, and
  ///   perhaps come to further calls.
  mutating func endSequence(ofCell cell: String, versions: [Int]) {
    guard versions == self.versions(ofCell: cell, calls: versions.count),
      !trainers.contains(where: { $0.key.cell == cell && $0.value.run?.isOver == false })
    else { return }
    sequences.remove(cell)
  }

  /// The versions of what the first calls of a cell gave.
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

  private func predecessor(of id: TrainerID) -> Trainer? {
    trainers[TrainerID(cell: id.cell, call: id.call - 1)]
  }

  // MARK: The reader's side

  mutating func perform(_ command: TrainerCommand, _ id: TrainerID) {
    trainers[id]?.perform(command)
    if let run = trainers[id]?.run, run.goal != .nothing { sequences.insert(id.cell) }
    noteChange(isNews: true)
  }

  var states: [TrainerID: TrainerState] { trainers.mapValues(\.state) }

  /// Runs that ended since the last call, for those who save them.
  mutating func takeNewlyFinished() -> [FinishedRun] {
    defer { newlyFinished = [] }
    return newlyFinished.compactMap { trainers[$0]?.finishedRun }
  }

  /// The last finished run of each call; those of an earlier session, too.
  var finishedRuns: [FinishedRun] {
    trainers.values.compactMap(\.finishedRun) + restored.values
  }

  /// Runs of an earlier session; to be called before any cell runs.
  mutating func restore(_ runs: [FinishedRun]) {
    for run in runs { restored[run.id] = run }
  }

  mutating func stop() { isStopping = true }

  // MARK: The training thread's side

  mutating func nextTask(at now: Double) -> Monitor<Trainers>.Attempt<Task> {
    if isStopping { return .found(.stop) }
    let isDrawing = drawing.take(at: now)
    let isNews = news.take(at: now)
    if isDrawing || isNews { return .found(.announce(isNews: isNews)) }
    let due = trainers.compactMapValues(\.dueTime).min { $0.value < $1.value }
    if let due, due.value <= now { return .found(.run(due.key)) }
    for id in trainers.keys {
      guard let request = trainers[id]?.takeEstimation() else { continue }
      return .found(.estimate(id, request))
    }
    return .retry(at: min(due?.value ?? .infinity, drawing.time, news.time))
  }

  /// Hands a run to the thread; nil when it is not to go on after all.
  mutating func takeWork(_ id: TrainerID) -> TrainingRun.Work? { trainers[id]?.takeWork() }

  /// What the work came to.
  mutating func takeBack(
    _ work: TrainingRun.Work, of id: TrainerID, seconds: Double, batch: BatchView?,
    failure: Diagnostic?, now: Double
  ) {
    let isNews =
      trainers[id]?.takeBack(
        work, of: id, seconds: seconds, batch: batch, failure: failure, now: now) ?? false
    if trainers[id]?.run?.isFinished == true { newlyFinished.insert(id) }
    noteChange(isNews: isNews)
    let next = TrainerID(cell: id.cell, call: id.call + 1)
    guard trainers[id]?.run?.isFinished == true, let follower = trainers[next],
      follower.isToFollow, !follower.goesOnFromAFit
    else { return }
    trainers[next]?.start()
  }

  mutating func takeBack(estimate seconds: Double?, for id: TrainerID) {
    trainers[id]?.estimatedSeconds = seconds
    noteChange(isNews: true)
  }

  private mutating func noteChange(isNews: Bool = false) {
    revision += 1
    drawing.request()
    if isNews { news.request() }
  }
}
