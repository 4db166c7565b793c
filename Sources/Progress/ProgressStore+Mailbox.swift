import Concurrency
import Interpreter
import Messages
import Notebook

/// What the reader and the thread that saves say to each other.
extension ProgressStore {
  enum Task: Sendable {
    case progress(SavedProgress)
    case drafts([CellDraft])
    case run(SavedRun)
    case keep(SavedProgress)
    case startOver

    /// Whether this task overwrites what the other one would have written.
    func replaces(_ other: Task) -> Bool {
      switch (self, other) {
      case (.progress, .progress), (.drafts, .drafts), (.startOver, _): true
      case (.run(let ours), .run(let other)): ours.id == other.id
      default: false
      }
    }
  }

  enum Subject: Hashable, Sendable {
    case progress
    case drafts
    case run(TrainerID)
  }

  struct Mailbox: Sendable {
    /// Nil when nothing may be written.
    var lock: FileLock?
    var runningCells: RunningCellFile?
    var thread: WorkerThread?
    var wake: @Sendable () -> Void = {}
    /// Progress and drafts to be written, and when; `tasks` are done at once.
    var progress: SavedProgress?
    var drafts: [CellDraft]?
    var time = Double.infinity
    var tasks: [Task] = []
    /// Failed writes, retried once at the end.
    var failed: [Task] = []
    var isWorking = false
    var isStopping = false
    /// Everything is written.
    var hasEnded = false
    var notices: [String] = []
    /// Why something is not saved.
    var errors: [Subject: String] = [:]
    /// Whether saved runs are ignored, because the student starts fresh.
    var hidesRuns = false
    var hasOtherReader = false

    mutating func takeProgress() -> SavedProgress? {
      defer {
        progress = nil
        if drafts == nil { time = .infinity }
      }
      return progress
    }

    mutating func takeDrafts() -> [CellDraft]? {
      defer {
        drafts = nil
        if progress == nil { time = .infinity }
      }
      return drafts
    }

    /// The next task; nil when there will be none.
    mutating func next(at now: Double) -> Monitor<Mailbox>.Attempt<Task?> {
      isWorking = true
      if !tasks.isEmpty { return .found(tasks.removeFirst()) }
      if time <= now || isStopping {
        if let progress = takeProgress() { return .found(.progress(progress)) }
        if let drafts = takeDrafts() { return .found(.drafts(drafts)) }
      }
      isWorking = false
      return isStopping ? .found(nil) : .retry(at: time)
    }

    /// Why a task must not be done: while progress cannot be saved, starting over would lose the
    /// last changes, which are missing from the copy.
    func refusal(of task: Task) -> Result<String?, Diagnostic>? {
      guard case .startOver = task, let error = errors[.progress] else { return nil }
      return .failure(Diagnostic("it lacks the last changes (\(error))"))
    }

    mutating func record(_ outcome: Result<String?, Diagnostic>, of task: Task) {
      failed.removeAll { task.replaces($0) }
      switch (task, outcome) {
      case (.progress, .success): errors[.progress] = nil
      case (.drafts, .success): errors[.drafts] = nil
      case (.run(let run), .success): errors[.run(run.id)] = nil
      case (.keep, .success(let place)):
        notices.append("your version of the page is kept in \(place ?? "")")
      case (.startOver, .success(let place)):
        errors = [:]
        notices.append(
          "started over" + (place.map { "; your previous progress is kept in \($0)" } ?? ""))
      case (.startOver, .failure(let failure)), (.keep, .failure(let failure)):
        stopSaving("the saved progress is left as it is, and nothing more is saved: \(failure)")
      case (.progress, .failure(let failure)):
        if !isStopping { failed.append(task) }
        report("progress is not saved: \(failure)", about: .progress)
      case (.drafts, .failure(let failure)):
        if !isStopping { failed.append(task) }
        report("the text in the editor is not saved: \(failure)", about: .drafts)
      case (.run(let run), .failure(let failure)):
        if !isStopping { failed.append(task) }
        report("the run of cell \(run.id.cell) is not saved: \(failure)", about: .run(run.id))
      }
    }

    /// Stops saving, so that nothing on disk is overwritten.
    mutating func stopSaving(_ reason: String) {
      releaseLock()
      (progress, drafts, time, tasks, failed) = (nil, nil, .infinity, [], [])
      report(reason, about: .progress)
    }

    mutating func releaseLock() {
      runningCells?.close()
      lock = nil
    }

    /// Gives each notice once.
    mutating func report(_ text: String, about subject: Subject) {
      if errors[subject] != text { notices.append(text) }
      errors[subject] = text
    }
  }
}
