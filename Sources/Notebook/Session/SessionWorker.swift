import Builtins
import Compute
import Concurrency
import Interpreter
import Lessons

/// Runs a session on a thread of its own, so that keys never wait. The newest request wins: work
/// for a previous page or slider position stops within a tenth of a second, also in the middle of an
/// operation.
///
/// A run that is superseded by a newer slider position may still take 50 ms, so that holding a key
/// shows intermediate results, or half a second if the previous run was interrupted, so that
/// results appear eventually.
package final class SessionWorker: Sendable {
  static let secondsOfGrace = 0.05
  static let secondsOfGraceAfterInterrupt = 0.5
  /// How long stopping waits for the threads: longer than any work takes to see its interrupt.
  static let secondsToStop = 0.5

  private let mailbox = Monitor(Mailbox())
  private let interrupt = Interrupt()
  private let thread: WorkerThread?
  private let trainingWorker: TrainingWorker

  /// - Parameters:
  ///   - saved: the student's saved state.
  ///   - wake: called from the worker's threads after each change of `snapshot`.
  package init(
    lesson: Lesson, files: FileAccess, vocabulary: Vocabulary = .standard,
    device: DeviceKind = .cpu, resuming saved: SavedState = SavedState(),
    wake: @escaping @Sendable () -> Void
  ) {
    let trainingWorker = TrainingWorker(
      wake: wake,
      follow: { [mailbox] in
        mailbox.withLock { $0.hasTrainingUpdate = true }
        mailbox.signal()
      })
    self.trainingWorker = trainingWorker
    // The thread captures the parts only: a reference to self would keep it running forever.
    thread = WorkerThread { [mailbox, interrupt] in
      let session = Session(
        lesson: lesson, files: files, vocabulary: vocabulary, device: device, interrupt: interrupt,
        trainingWorker: trainingWorker)
      session.resume(saved)
      let runs = saved.runs()
      if !runs.isEmpty { trainingWorker.change { $0.restore(runs) } }
      Self.work(session, mailbox, interrupt, wake)
    }
  }

  deinit { stop() }

  /// Takes a request; its effect shows in a later ``snapshot``.
  package func request(_ request: SessionRequest) {
    switch request {
    case .train(let id, let command):
      // The training thread sees it after the current batch.
      trainingWorker.change { $0.perform(command, id) }
      return
    case .show(let page):
      post { mailbox in
        guard mailbox.page != page else { return }
        mailbox.page = page
        mailbox.hasRequest = true
        interrupt.request()
      }
    case .setScore:
      // Does not interrupt: the current run matters more.
      post { mailbox in
        mailbox.changes.append(request)
        mailbox.hasRequest = true
      }
    case .setWidget, .edit, .reset, .permit, .setDevice:
      post { mailbox in
        mailbox.changes.removeAll { request.replaces($0) }
        mailbox.changes.append(request)
        supersedeRun(&mailbox)
      }
    }
  }

  /// Runs that have finished since the last call.
  package func takeFinishedRuns() -> [SavedRun] {
    trainingWorker.change { $0.takeNewlyFinished() }
  }

  /// Checkpoints of runs in progress, to be saved now: of a paused run soon, of another one now and
  /// then.
  ///
  /// - Parameter areLast: the last ones of this session, so that nothing is left out.
  package func takeCheckpoints(areLast: Bool) -> [SavedRun] {
    trainingWorker.change { $0.takeCheckpoints(at: Clock.now(), areLast: areLast) }
  }

  /// The runs in progress, as of their last complete epochs.
  package var unfinishedRuns: [SavedRun] { trainingWorker.read { $0.unfinishedRuns } }

  /// The run of each call of `train`: in progress, else the last one.
  package var keptRuns: [SavedRun] { trainingWorker.read { $0.keptRuns } }

  /// The last finished run of each call of `train`.
  package var finishedRuns: [SavedRun] { trainingWorker.read { $0.finishedRuns } }

  /// Stops the threads, and waits for them.
  package func stop() {
    let isFirst = mailbox.withLock { mailbox in
      defer { mailbox.isStopping = true }
      return !mailbox.isStopping
    }
    guard isFirst else { return }
    interrupt.request()
    mailbox.signal()
    thread?.join(within: Self.secondsToStop)
    trainingWorker.stop()
  }

  package var snapshot: Snapshot {
    // In this order: what the trainers have announced by then, the mailbox shows.
    let isAnnounced = trainingWorker.read { !$0.needsRerun }
    var snapshot = mailbox.withLock { mailbox in
      var snapshot = mailbox.snapshot
      // Following a training run does not count as busy: the student is not waiting for it.
      snapshot.isBusy = mailbox.hasRequest || mailbox.runStart != nil && !mailbox.isFollowing
      snapshot.isFollowing =
        !isAnnounced || mailbox.hasTrainingUpdate || mailbox.runStart != nil && mailbox.isFollowing
      snapshot.revision = mailbox.revision
      return snapshot
    }
    let (trainers, revision) = trainingWorker.read { ($0.states, $0.revision) }
    snapshot.trainers = trainers
    snapshot.revision += revision
    return snapshot
  }

  // MARK: The caller's side

  private func post(_ change: (inout Mailbox) -> Void) {
    mailbox.withLock { mailbox in
      change(&mailbox)
      mailbox.revision += 1
    }
    mailbox.signal()
  }

  private func supersedeRun(_ mailbox: inout Mailbox) {
    mailbox.hasRequest = true
    guard let start = mailbox.runStart else { return }
    interrupt.request(
      at: start
        + (mailbox.wasInterrupted ? Self.secondsOfGraceAfterInterrupt : Self.secondsOfGrace))
  }

  // MARK: The thread's side

  private static func work(
    _ session: Session, _ mailbox: Monitor<Mailbox>, _ interrupt: Interrupt,
    _ wake: @Sendable () -> Void
  ) {
    // A snapshot contains all cells: taking one after each of thousands would take longer than
    // running them.
    var progress = Throttle(interval: session.cellCount > 500 ? 1 / 30 : 0)
    var shownPage: Int?
    func publish(isDone: Bool) {
      let snapshot = session.snapshot
      mailbox.withLock { mailbox in
        mailbox.snapshot = snapshot
        mailbox.revision += 1
        if isDone { mailbox.runStart = nil }
      }
      wake()
    }
    while true {
      let request = mailbox.wait { mailbox in mailbox.next(clearing: interrupt) }
      guard case .run(let page, let changes) = request else { return }
      for change in changes { session.perform(change) }
      if !changes.isEmpty { publish(isDone: false) }
      var isComplete = true
      if let page {
        isComplete = session.run(page: page) {
          progress.request()
          if progress.take(at: Clock.now()) { publish(isDone: false) }
        }
      }
      mailbox.withLock { $0.wasInterrupted = !isComplete }
      let turns = page != shownPage
      if turns, isComplete, let page {
        session.giveUpOutputs(exceptOnPage: page)
        shownPage = page
      }
      publish(isDone: true)
      if turns { returnFreeMemory() }
    }
  }
}

/// The reader's requests and the worker's results.
private struct Mailbox: Sendable {
  enum Request: Sendable {
    case run(page: Int?, changes: [SessionRequest])
    case stop
  }

  var page: Int?
  var changes: [SessionRequest] = []
  var hasRequest = false
  /// A training run has made progress.
  var hasTrainingUpdate = false
  /// Whether the current run only follows training.
  var isFollowing = false
  var isStopping = false
  /// When the current run began; nil while there is none.
  var runStart: Double?
  var wasInterrupted = false
  var snapshot = Snapshot()
  var revision = 0

  /// Removes the next request. Clears the interrupt here, under the lock, so that an interrupt of
  /// the new run cannot be lost.
  mutating func next(clearing interrupt: Interrupt) -> Monitor<Mailbox>.Attempt<Request> {
    if isStopping { return .found(.stop) }
    guard hasRequest || hasTrainingUpdate else { return .retry() }
    interrupt.clear()
    isFollowing = !hasRequest
    hasRequest = false
    hasTrainingUpdate = false
    runStart = Clock.now()
    defer { changes = [] }
    return .found(.run(page: page, changes: changes))
  }
}

extension SessionRequest {
  /// Whether this request makes an older one obsolete, since both set the same thing.
  fileprivate func replaces(_ older: SessionRequest) -> Bool {
    switch (self, older) {
    case (.setWidget(let cell, let name, _), .setWidget(let other, let otherName, _)):
      cell == other && name == otherName
    case (.edit(let cell, _), .edit(let other, _)): cell == other
    case (.setDevice, .setDevice): true
    default: false
    }
  }
}
