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

  private let mailbox = Condition(Mailbox())
  private let interrupt = Interrupt()
  private let thread: WorkerThread?
  private let trainingWorker: TrainingWorker

  /// - Parameters:
  ///   - work: what the student had done before.
  ///   - wake: called from the worker's threads after each change of `snapshot`.
  package init(
    lesson: Lesson, files: FileAccess, vocabulary: Vocabulary = .standard,
    resuming work: EarlierWork = EarlierWork(),
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
        lesson: lesson, files: files, vocabulary: vocabulary, interrupt: interrupt,
        trainingMode: .onEnter(trainingWorker))
      session.resume(work)
      let runs = work.runs()
      if !runs.isEmpty { trainingWorker.change { $0.restore(runs) } }
      Self.work(session, mailbox, interrupt, wake)
    }
  }

  deinit { stop() }

  package func show(page index: Int) {
    post { mailbox in
      guard mailbox.page != index else { return }
      mailbox.page = index
      mailbox.hasRequest = true
      interrupt.request()
    }
  }

  package func set(widget name: String, inCell cellID: String, to value: WidgetValue) {
    post { mailbox in
      mailbox.changes.removeAll { change in
        if case .set(name, cellID, _) = change { true } else { false }
      }
      mailbox.changes.append(.set(name: name, cellID: cellID, value))
      overtake(&mailbox)
    }
  }

  /// Gives a cell another text; nil gives it the lesson's own again.
  package func edit(cell id: String, source: String?) {
    post { mailbox in
      mailbox.changes.removeAll { change in
        if case .edit(id, _) = change { true } else { false }
      }
      mailbox.changes.append(.edit(cellID: id, source: source))
      overtake(&mailbox)
    }
  }

  /// How the student has done by now. Interrupts nothing: what runs matters more.
  package func set(score: Score) {
    post { mailbox in
      mailbox.changes.append(.setScore(score))
      mailbox.hasRequest = true
    }
  }

  /// Lets a cell measure and save once.
  package func permit(cell id: String) {
    post { mailbox in
      mailbox.changes.append(.permit(cellID: id))
      overtake(&mailbox)
    }
  }

  /// Back to the lesson's values and texts for all cells of a page.
  package func reset(page index: Int) {
    post { mailbox in
      mailbox.changes.append(.reset(page: index))
      overtake(&mailbox)
    }
  }

  /// The training thread obeys as soon as it has finished a batch. Without effect when there is no
  /// such trainer (any more).
  package func train(_ id: TrainerID, _ command: TrainerCommand) {
    trainingWorker.change { $0.obey(command, id) }
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
    _ session: Session, _ mailbox: Condition<Mailbox>, _ interrupt: Interrupt,
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
      for change in changes {
        switch change {
        case .set(let name, let cellID, let value):
          session.set(widget: name, inCell: cellID, to: value)
        case .edit(let cellID, let source): session.edit(cell: cellID, source: source)
        case .setScore(let score): session.set(score: score)
        case .permit(let cellID): session.permit(cell: cellID)
        case .reset(let page): session.reset(page: page)
        }
      }
      if !changes.isEmpty { publish(isDone: false) }
      var isComplete = true
      if let page {
        isComplete = session.run(page: page) {
          progress.request()
          if progress.take(at: MonotonicClock.seconds()) { publish(isDone: false) }
        }
      }
      mailbox.withLock { $0.wasInterrupted = !isComplete }
      publish(isDone: true)
    }
  }
}

/// What the reader asks for and the worker answers.
private struct Mailbox: Sendable {
  enum Change: Sendable {
    case set(name: String, cellID: String, WidgetValue)
    case edit(cellID: String, source: String?)
    case setScore(Score)
    case permit(cellID: String)
    case reset(page: Int)
  }

  enum Request: Sendable {
    case run(page: Int?, changes: [Change])
    case stop
  }

  var page: Int?
  var changes: [Change] = []
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
  mutating func next(clearing interrupt: Interrupt) -> Condition<Mailbox>.Attempt<Request> {
    if isStopping { return .found(.stop) }
    guard hasRequest || hasTrainingNews else { return .retry() }
    interrupt.clear()
    isFollowing = !hasRequest
    hasRequest = false
    hasTrainingNews = false
    runStart = MonotonicClock.seconds()
    defer { changes = [] }
    return .found(.run(page: page, changes: changes))
  }
}
