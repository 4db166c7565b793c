import Concurrency
import Glibc
import Interpreter
import Messages
import Notebook

/// Saves a student's progress on a thread of its own: no key waits for a file.
///
/// Progress is written a second after the first unsaved change, and at the end; a run when it has
/// finished. The second of two readers of a lesson writes nothing.
package final class ProgressStore: Sendable {
  /// The saved progress; nil when there is none, or it cannot be read.
  package let saved: Progress?

  private let folder: ProgressFolder?
  private let mailbox: Monitor<Mailbox>
  private static let delay = 1.0

  /// Reads the saved progress. Errors become notices, and the lesson starts fresh.
  ///
  /// - Parameters:
  ///   - environment: names the folder for all lessons; see ``ProgressFolder/root(environment:)``.
  ///   - startsFresh: moves the saved progress out of the way first.
  package init(
    lesson id: String, environment: (String) -> String?, startsFresh: Bool = false
  ) {
    var mailbox = Mailbox()
    var progress: Progress?
    var folder: ProgressFolder?
    var filesFolder = FileAccess.WritingFolder.nowhere
    do throws(Diagnostic) {
      folder = ProgressFolder(
        lesson: id, root: try ProgressFolder.root(environment: environment))
      if let folder { filesFolder = .folder("\(folder.path)/files") }
      try folder?.make()
      mailbox.lock = try folder?.lock()
      if mailbox.lock == nil {
        mailbox.notices.append(
          "another reader has this lesson open; what you do here is not saved")
      }
    } catch {
      mailbox.report("progress is not saved: \(error)", about: .progress)
      if folder == nil { filesFolder = .missing("\(error)") }
    }
    if let folder {
      if mailbox.lock != nil {
        folder.removeDrafts()
        if startsFresh { mailbox.record(Self.perform(.startOver, in: folder), of: .startOver) }
      }
      if !startsFresh {
        do throws(Diagnostic) {
          progress = try folder.readProgress()
        } catch {
          if mailbox.lock == nil {
            mailbox.notices.append("the saved progress cannot be read: \(error)")
          } else if let place = folder.setAside(run: nil) {
            mailbox.notices.append(
              "the saved progress cannot be read and is kept as \(place): \(error)")
          } else {
            mailbox.stopSaving(
              "the saved progress cannot be read and stays as it is; nothing is saved: \(error)")
          }
        }
      }
    }
    mailbox.hidesRuns = startsFresh
    saved = progress
    self.folder = folder
    self.filesFolder = filesFolder
    self.mailbox = Monitor(mailbox)
  }

  /// Starts the thread.
  ///
  /// - Parameter wake: called when there is a notice.
  package func start(wake: @escaping @Sendable () -> Void) {
    guard let folder else { return }
    let thread = WorkerThread { [mailbox] in Self.work(mailbox, folder) }
    mailbox.withLock {
      $0.wake = wake
      $0.thread = thread
    }
  }

  /// The saved runs. Reads their files, so not for the main thread.
  package func runs() -> [FinishedRun] {
    guard let folder, !mailbox.withLock({ $0.hidesRuns }) else { return [] }
    return folder.runNames().compactMap { name in
      do throws(Diagnostic) {
        return try folder.readRun(name)
      } catch {
        let mayWrite = mailbox.withLock { $0.lock != nil }
        let place = mayWrite ? folder.setAside(run: name) : nil
        say(
          "a saved run cannot be read" + (place.map { " and is kept as \($0)" } ?? "")
            + ": \(error)")
        return nil
      }
    }
  }

  /// Where the lesson's cells save files; kept when the student starts over.
  package let filesFolder: FileAccess.WritingFolder

  // MARK: The reader's side

  /// Returns at once.
  package func save(_ progress: Progress) {
    mailbox.withLock { mailbox in
      guard mailbox.lock != nil else { return }
      mailbox.progress = progress
      if mailbox.time == .infinity { mailbox.time = Clock.now() + Self.delay }
    }
    mailbox.signal()
  }

  /// Returns at once.
  package func save(_ runs: [FinishedRun]) {
    guard !runs.isEmpty else { return }
    mailbox.withLock { mailbox in
      guard mailbox.lock != nil else { return }
      mailbox.tasks += runs.map(Task.run)
    }
    mailbox.signal()
  }

  /// Keeps a permanent copy of progress; a notice says where. Returns at once.
  package func keep(_ progress: Progress) {
    mailbox.withLock { mailbox in
      guard mailbox.lock != nil else { return }
      mailbox.tasks.append(.keep(progress))
    }
    mailbox.signal()
  }

  /// Moves all progress, saved or still pending, out of the way; a notice says where. Returns at
  /// once.
  ///
  /// - Returns: false when nothing is saved, and there will be no notice.
  package func startOver() -> Bool {
    let maySave = mailbox.withLock { mailbox in
      guard mailbox.lock != nil else { return false }
      if let progress = mailbox.takeProgress() { mailbox.tasks.append(.progress(progress)) }
      mailbox.tasks.append(.startOver)
      return true
    }
    mailbox.signal()
    return maySave
  }

  /// Waits until everything is on disk.
  package func flush() {
    mailbox.withLock { if $0.progress != nil { $0.time = 0 } }
    mailbox.signal()
    mailbox.wait { mailbox in
      let isIdle = mailbox.tasks.isEmpty && mailbox.time == .infinity && !mailbox.isWorking
      return isIdle || mailbox.thread == nil ? .found(()) : .retry()
    }
  }

  /// Writes everything pending, retries failed writes once, and releases the lesson for another
  /// reader.
  package func finish() {
    let thread = mailbox.withLock { mailbox in
      mailbox.tasks = mailbox.failed + mailbox.tasks
      mailbox.failed = []
      mailbox.isStopping = true
      defer { mailbox.thread = nil }
      return mailbox.thread
    }
    mailbox.signal()
    if let thread {
      thread.join()
    } else if let folder {
      Self.work(mailbox, folder)
    }
    mailbox.withLock { $0.lock = nil }
  }

  /// The next message to the student; each is returned once.
  package func takeNotice() -> String? {
    mailbox.withLock { $0.notices.isEmpty ? nil : $0.notices.removeFirst() }
  }

  /// Why something is not saved; nil when everything is.
  package var error: String? {
    mailbox.withLock { $0.errors[.progress] ?? $0.errors.values.min() }
  }

  private func say(_ text: String) {
    let wake = mailbox.withLock { mailbox in
      mailbox.notices.append(text)
      return mailbox.wake
    }
    wake()
  }

  // MARK: The thread's side

  private static func work(_ mailbox: Monitor<Mailbox>, _ folder: ProgressFolder) {
    while let task = mailbox.wait(for: { $0.next(at: Clock.now()) }) {
      let outcome = mailbox.withLock { $0.refusal(of: task) } ?? perform(task, in: folder)
      let wake = mailbox.withLock { mailbox in
        mailbox.isWorking = false
        mailbox.record(outcome, of: task)
        return mailbox.notices.isEmpty ? {} : mailbox.wake
      }
      mailbox.signal()
      wake()
    }
  }

  /// - Returns: the new place of the saved progress, when the task was to move or copy it.
  private static func perform(
    _ task: Task, in folder: ProgressFolder
  ) -> Result<String?, Diagnostic> {
    do throws(Diagnostic) {
      switch task {
      case .progress(let progress): try folder.write(progress)
      case .run(let run): try folder.write(run)
      case .keep(let progress): return .success(try folder.keep(progress))
      case .startOver: return .success(try folder.startOver())
      }
      return .success(nil)
    } catch {
      return .failure(error)
    }
  }

  private enum Task: Sendable {
    case progress(Progress)
    case run(FinishedRun)
    case keep(Progress)
    case startOver

    /// Whether this task overwrites what the other one would have written.
    func replaces(_ other: Task) -> Bool {
      switch (self, other) {
      case (.progress, .progress), (.startOver, _): true
      case (.run(let ours), .run(let other)): ours.id == other.id
      default: false
      }
    }
  }

  private enum Subject: Hashable, Sendable {
    case progress
    case run(TrainerID)
  }

  private struct Mailbox: Sendable {
    /// Nil when nothing may be written.
    var lock: FileLock?
    var thread: WorkerThread?
    var wake: @Sendable () -> Void = {}
    /// Progress to be written, and when; `tasks` are done at once.
    var progress: Progress?
    var time = Double.infinity
    var tasks: [Task] = []
    /// Failed writes, retried once at the end.
    var failed: [Task] = []
    var isWorking = false
    var isStopping = false
    var notices: [String] = []
    /// Why something is not saved.
    var errors: [Subject: String] = [:]
    /// Whether saved runs are ignored, because the student starts fresh.
    var hidesRuns = false

    mutating func takeProgress() -> Progress? {
      defer { (progress, time) = (nil, .infinity) }
      return progress
    }

    /// The next task; nil when there will be none.
    mutating func next(at now: Double) -> Monitor<Mailbox>.Attempt<Task?> {
      isWorking = true
      if !tasks.isEmpty { return .found(tasks.removeFirst()) }
      if time <= now || isStopping, let progress = takeProgress() {
        return .found(.progress(progress))
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
      case (.run(let run), .failure(let failure)):
        if !isStopping { failed.append(task) }
        report("the run of cell \(run.id.cell) is not saved: \(failure)", about: .run(run.id))
      }
    }

    /// Stops saving, so that nothing on disk is overwritten.
    mutating func stopSaving(_ reason: String) {
      lock = nil
      (progress, time, tasks, failed) = (nil, .infinity, [], [])
      report(reason, about: .progress)
    }

    /// Gives each notice once.
    mutating func report(_ text: String, about subject: Subject) {
      if errors[subject] != text { notices.append(text) }
      errors[subject] = text
    }
  }
}
