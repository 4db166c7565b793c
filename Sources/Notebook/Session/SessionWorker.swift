import Compute
import Concurrency
import Interpreter
import Lessons

/// Runs a session on a thread of its own, so that keys never wait. The newest request wins: work
/// for a page that was left, or a slider position that was passed, stops at the next expression.
///
/// A computation that a newer slider position overtakes may go on for 50 ms, so that a slider held
/// down shows what it does on the way; and for half a second when the one before was stopped, so
/// that something appears in the end.
package final class SessionWorker: Sendable {
  static let secondsOfGrace = 0.05
  static let secondsOfGraceAfterInterrupt = 0.5
  /// One operation on arrays is not interrupted, and may take seconds: nobody waits for it who has
  /// turned away.
  static let secondsToStop = 0.5

  private let mailbox = Monitor(Mailbox())
  private let interrupt = Interrupt()
  private let thread: WorkerThread?
  private let trainingWorker: TrainingWorker

  /// - Parameters:
  ///   - work: what the student had done before.
  ///   - wake: called from the worker's threads after each change of `snapshot`.
  package init(
    lesson: Lesson, files: FileAccess, vocabulary: Vocabulary = .standard,
    device: DeviceKind = .cpu, resuming work: EarlierWork = EarlierWork(),
    wake: @escaping @Sendable () -> Void
  ) {
    let trainingWorker = TrainingWorker(
      wake: wake,
      follow: { [mailbox] in
        mailbox.withLock { $0.hasTrainingNews = true }
        mailbox.signal()
      })
    self.trainingWorker = trainingWorker
    // The thread holds the parts only: were it to hold self, nothing would ever end it.
    thread = WorkerThread { [mailbox, interrupt] in
      let session = Session(
        lesson: lesson, files: files, vocabulary: vocabulary, device: device, interrupt: interrupt,
        trainingWorker: trainingWorker)
      session.resume(work)
      let runs = work.runs()
      if !runs.isEmpty { trainingWorker.change { $0.restore(runs) } }
      Self.work(session, mailbox, interrupt, wake)
    }
  }

  deinit { stop() }

  /// Takes a request; its effect shows in a later ``snapshot``.
  package func request(_ request: SessionRequest) {
    switch request {
    case .train(let id, let command):
      // The training thread performs it as soon as it has finished a batch.
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
      // Interrupts nothing: what runs matters more.
      post { mailbox in
        mailbox.changes.append(request)
        mailbox.hasRequest = true
      }
    case .setWidget, .edit, .reset, .permit:
      post { mailbox in
        mailbox.changes.removeAll { request.replaces($0) }
        mailbox.changes.append(request)
        overtake(&mailbox)
      }
    }
  }

  /// Runs that have come to their end since the last call.
  package func takeFinishedRuns() -> [FinishedRun] {
    trainingWorker.change { $0.takeNewlyFinished() }
  }

  /// The last finished run of each call of `train`.
  package var finishedRuns: [FinishedRun] { trainingWorker.read { $0.finishedRuns } }

  /// Ends the threads, and waits for them unless they are in the middle of something that takes long.
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
    var snapshot = mailbox.withLock { mailbox in
      var snapshot = mailbox.snapshot
      // Following a run that goes on is no work that anybody waits for.
      snapshot.isBusy = mailbox.hasRequest || mailbox.runStart != nil && !mailbox.isFollowing
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

  private func overtake(_ mailbox: inout Mailbox) {
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
    // A snapshot has all cells in it: one after each of thousands would take longer than they do.
    var progress = Throttle(interval: session.cellCount > 500 ? 1 / 30 : 0)
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
      publish(isDone: true)
    }
  }
}

/// What the reader asks for and the worker answers.
private struct Mailbox: Sendable {
  enum Request: Sendable {
    case run(page: Int?, changes: [SessionRequest])
    case stop
  }

  var page: Int?
  var changes: [SessionRequest] = []
  var hasRequest = false
  /// A training run has come further.
  var hasTrainingNews = false
  /// Whether the run under way was asked for by nothing else.
  var isFollowing = false
  var isStopping = false
  /// When the run under way began; nil while there is none.
  var runStart: Double?
  var wasInterrupted = false
  var snapshot = Snapshot()
  var revision = 0

  /// Takes the next request out. The interrupt is cleared here, under the lock, so that one meant
  /// for the new run cannot be lost.
  mutating func next(clearing interrupt: Interrupt) -> Monitor<Mailbox>.Attempt<Request> {
    if isStopping { return .found(.stop) }
    guard hasRequest || hasTrainingNews else { return .retry() }
    interrupt.clear()
    isFollowing = !hasRequest
    hasRequest = false
    hasTrainingNews = false
    runStart = Clock.now()
    defer { changes = [] }
    return .found(.run(page: page, changes: changes))
  }
}

extension SessionRequest {
  /// Whether an older request has no effect any more, since this one sets the same thing.
  fileprivate func replaces(_ older: SessionRequest) -> Bool {
    switch (self, older) {
    case (.setWidget(let cell, let name, _), .setWidget(let other, let otherName, _)):
      cell == other && name == otherName
    case (.edit(let cell, _), .edit(let other, _)): cell == other
    default: false
    }
  }
}
