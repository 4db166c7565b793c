import Concurrency
import Glibc
import Interpreter
import Messages
import Notebook

/// Keeps a student's progress on the disk, on a thread of its own: no key waits for a file.
///
/// Progress is written a second after the first change that was not written, and in the end; a run
/// when it has finished. Nothing is written by the second of two readers of a lesson.
package final class ProgressStore: Sendable {
  /// What was saved; nil when there is nothing, or nothing that can be read.
  package let saved: Progress?

  private let folder: ProgressFolder?
  private let mailbox: Monitor<Mailbox>
  private static let delay = 1.0

  /// Reads what was saved. What goes wrong becomes a notice, and the lesson starts fresh.
  ///
  /// - Parameters:
  ///   - environment: names the folder for all lessons; see ``ProgressFolder/root(environment:)``.
  ///   - startsFresh: puts what was saved out of the way first.
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
      mailbox.complain("progress is not saved: \(error)", about: .progress)
      if folder == nil { filesFolder = .missing("\(error)") }
    }
    if let folder {
      if mailbox.lock != nil {
        folder.removeDrafts()
        if startsFresh { mailbox.note(Self.perform(.startOver, in: folder), of: .startOver) }
      }
      if !startsFresh {
        do throws(Diagnostic) {
          progress = try folder.readProgress()
        } catch {
          if mailbox.lock == nil {
            mailbox.notices.append("what was saved cannot be read: \(error)")
          } else if let place = folder.setAside(run: nil) {
            mailbox.notices.append(
              "what was saved cannot be read and is kept as \(place): \(error)")
          } else {
            mailbox.stopSaving(
              "what was saved cannot be read and stays as it is; nothing more is saved: \(error)")
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

  /// Saved runs. Reads their files: not for the main thread.
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

  /// Where the lesson's cells save; kept when the student starts over.
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

  /// Keeps a copy of progress for good; a notice tells where. Returns at once.
  package func keep(_ progress: Progress) {
    mailbox.withLock { mailbox in
      guard mailbox.lock != nil else { return }
      mailbox.tasks.append(.keep(progress))
    }
    mailbox.signal()
  }

  /// Puts everything that was saved, and is still to be, out of the way; a notice tells where.
  /// Returns at once.
  ///
  /// - Returns: false when nothing is saved, and nothing will be told.
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

  /// Waits until everything is on the disk.
  package func flush() {
    mailbox.withLock { if $0.progress != nil { $0.time = 0 } }
    mailbox.signal()
    mailbox.wait { mailbox in
      let isIdle = mailbox.tasks.isEmpty && mailbox.time == .infinity && !mailbox.isWorking
      return isIdle || mailbox.thread == nil ? .found(()) : .retry()
    }
  }

  /// Writes what is left, once more also what could not be written, and lets another reader have the
  /// lesson.
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

  /// A sentence for the student; each is given once.
  package func takeNotice() -> String? {
    mailbox.withLock { $0.notices.isEmpty ? nil : $0.notices.removeFirst() }
  }

  /// Why something is not saved; nil when everything is.
  package var complaint: String? {
    mailbox.withLock { $0.complaints[.progress] ?? $0.complaints.values.min() }
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
        mailbox.note(outcome, of: task)
        return mailbox.notices.isEmpty ? {} : mailbox.wake
      }
      mailbox.signal()
      wake()
    }
  }

  /// - Returns: where what was saved is now, when the task was to put it somewhere.
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

    /// Whether what this one writes takes the place of what the other would have written.
    func replaces(_ other: Task) -> Bool {
      switch (self, other) {
      case (.progress, .progress), (.startOver, _): true
      case (.run(let ours), .run(let other)): ours.id == other.id
      default: false
      }
    }
  }

  private enum Matter: Hashable, Sendable {
    case progress
    case run(TrainerID)
  }

  private struct Mailbox: Sendable {
    /// Nil when nothing may be written.
    var lock: FileLock?
    var thread: WorkerThread?
    var wake: @Sendable () -> Void = {}
    /// What is still to be written, and when; at once when it is in `tasks`.
    var progress: Progress?
    var time = Double.infinity
    var tasks: [Task] = []
    /// What could not be written: tried once more in the end.
    var failed: [Task] = []
    var isWorking = false
    var isStopping = false
    var notices: [String] = []
    /// What is not saved, and why.
    var complaints: [Matter: String] = [:]
    /// Whether saved runs belong to what the student does not want any more.
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

    /// Why a task must not be done: starting over would lose what the student did last, as it is not
    /// in what is put out of the way.
    func refusal(of task: Task) -> Result<String?, Diagnostic>? {
      guard case .startOver = task, let complaint = complaints[.progress] else { return nil }
      return .failure(Diagnostic("the last changes are not in it (\(complaint))"))
    }

    mutating func note(_ outcome: Result<String?, Diagnostic>, of task: Task) {
      failed.removeAll { task.replaces($0) }
      switch (task, outcome) {
      case (.progress, .success): complaints[.progress] = nil
      case (.run(let run), .success): complaints[.run(run.id)] = nil
      case (.keep, .success(let place)):
        notices.append("the page as you had it is kept in \(place ?? "")")
      case (.startOver, .success(let place)):
        complaints = [:]
        notices.append(
          "started over" + (place.map { "; what you had done is kept in \($0)" } ?? ""))
      case (.startOver, .failure(let failure)), (.keep, .failure(let failure)):
        stopSaving("what was saved stays as it is, and nothing more is saved: \(failure)")
      case (.progress, .failure(let failure)):
        if !isStopping { failed.append(task) }
        complain("progress is not saved: \(failure)", about: .progress)
      case (.run(let run), .failure(let failure)):
        if !isStopping { failed.append(task) }
        complain("the run of cell \(run.id.cell) is not saved: \(failure)", about: .run(run.id))
      }
    }

    /// What is on the disk must not be written over.
    mutating func stopSaving(_ reason: String) {
      lock = nil
      (progress, time, tasks, failed) = (nil, .infinity, [], [])
      complain(reason, about: .progress)
    }

    /// Says the same thing once.
    mutating func complain(_ text: String, about matter: Matter) {
      if complaints[matter] != text { notices.append(text) }
      complaints[matter] = text
    }
  }
}
