import Concurrency
import Glibc
import Interpreter
import Lessons
import Messages
import Notebook

/// Saves a student's progress on a thread of its own: no key waits for a file.
///
/// Progress and the text in the editor are written a second after the first unsaved change, and at the
/// end; a run when it has finished, and now and then before. The second of two readers of a lesson writes nothing.
package final class ProgressStore: Sendable {
  /// The saved progress; nil when there is none, or it cannot be read.
  package let saved: SavedProgress?
  /// The texts of cells whose editing was cut short.
  package let savedDrafts: [CellDraft]
  /// Where the running cell is kept; nil when nothing is saved.
  package let runningCells: (any RunningCellRecord)?

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
    var progress: SavedProgress?
    var folder: ProgressFolder?
    var drafts: [CellDraft] = []
    do throws(Diagnostic) {
      folder = ProgressFolder(
        lesson: id, root: try ProgressFolder.root(environment: environment))
      try folder?.make()
      mailbox.lock = try folder?.lock()
      if mailbox.lock == nil {
        mailbox.hasOtherReader = true
        mailbox.notices.append(
          "another reader has this lesson open; what you do here is not saved")
      }
    } catch {
      mailbox.report("progress is not saved: \(error)", about: .progress)
    }
    if let folder {
      let isReadable = Self.prepare(folder, &mailbox, startsFresh: startsFresh)
      if !startsFresh { progress = Self.read(folder, &mailbox, isReported: !isReadable) }
    }
    if let folder, let lock = mailbox.lock {
      mailbox.runningCells = RunningCellFile(lock)
      // A second reader would take over a text that is still being edited in the first.
      drafts = Self.readDrafts(folder, &mailbox)
    }
    mailbox.hidesRuns = startsFresh
    saved = progress
    savedDrafts = drafts
    runningCells = mailbox.lock == nil ? nil : mailbox.runningCells
    self.folder = folder
    self.mailbox = Monitor(mailbox)
  }

  /// - Returns: false when the folder cannot be read, which is reported.
  private static func prepare(
    _ folder: ProgressFolder, _ mailbox: inout Mailbox, startsFresh: Bool
  ) -> Bool {
    guard mailbox.lock != nil else { return true }
    do throws(Diagnostic) {
      try folder.removeTemporaryFiles()
    } catch {
      mailbox.stopSaving("the saved progress cannot be read, so nothing is saved: \(error)")
      return false
    }
    if startsFresh { mailbox.record(perform(.startOver, in: folder), of: .startOver) }
    return true
  }

  /// - Parameter isReported: whether the student knows already that something cannot be read.
  private static func read(
    _ folder: ProgressFolder, _ mailbox: inout Mailbox, isReported: Bool
  ) -> SavedProgress? {
    do throws(SavedFileError) {
      return try folder.readProgress()
    } catch {
      if mailbox.lock == nil {
        if !isReported {
          mailbox.notices.append("the saved progress cannot be read: \(error.reason)")
        }
      } else if case .unreadable(let reason) = error {
        mailbox.stopSaving("the saved progress cannot be read, so nothing is saved: \(reason)")
      } else if let place = folder.setAside(run: nil) {
        mailbox.notices.append(
          "the saved progress cannot be read and is kept as \(place): \(error.reason)")
      } else {
        mailbox.stopSaving(
          "the saved progress cannot be read and stays as it is; nothing is saved: "
            + "\(error.reason)")
      }
      return nil
    }
  }

  private static func readDrafts(
    _ folder: ProgressFolder, _ mailbox: inout Mailbox
  ) -> [CellDraft] {
    do throws(SavedFileError) {
      return try folder.readDrafts()
    } catch {
      if case .unreadable(let reason) = error {
        mailbox.stopSaving(
          "the text that was being edited cannot be read, so nothing is saved: \(reason)")
      } else {
        let place = folder.setAsideDrafts().map { " and is kept as \($0)" } ?? ""
        mailbox.notices.append(
          "the text that was being edited cannot be read\(place): \(error.reason)")
      }
      return []
    }
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
  package func runs() -> [SavedRun] {
    guard let folder, !mailbox.withLock({ $0.hidesRuns }) else { return [] }
    let names: [String]
    do throws(Diagnostic) {
      names = try folder.runNames()
    } catch {
      stopSaving(because: error)
      return []
    }
    return names.compactMap { name in
      do throws(SavedFileError) {
        guard let run = try folder.readRun(name) else { return nil }
        if run.isUnfinished { say(run.keptSentence + ", and paused") }
        if let remark = run.arithmeticRemark { say(remark) }
        return run
      } catch {
        if case .unreadable(let reason) = error {
          stopSaving(because: reason)
          return nil
        }
        let mayWrite = mailbox.withLock { $0.lock != nil }
        let place = mayWrite ? folder.setAside(run: name) : nil
        say(
          "a saved run cannot be read" + (place.map { " and is kept as \($0)" } ?? "")
            + ": \(error.reason)")
        return nil
      }
    }
  }

  /// The saved runs, with the ids that their cells have in this version of the lesson. Reads their files,
  /// so not for the main thread.
  package func runs(in outline: LessonOutline) -> [SavedRun] {
    place(
      runs(), in: outline, earlier: saved?.parts ?? PartFingerprints(),
      trustsPositions: saved?.trustsPositions(in: outline) ?? true)
  }

  /// Finds the cells of runs in this version of the lesson, and keeps files under the names of those.
  package func place(
    _ runs: [SavedRun], in outline: LessonOutline, earlier: PartFingerprints,
    trustsPositions: Bool
  ) -> [SavedRun] {
    let placed = runs.placed(in: outline, earlier: earlier, trustsPositions: trustsPositions)
    save(placed.filter { $0.isPlaced && $0.file != ProgressFolder.name(of: $0) })
    return placed.map { run in
      var run = run
      if run.isPlaced { run.file = ProgressFolder.name(of: run) }
      return run
    }
  }

  /// Where something cannot be read, nothing is written, since it would replace what is there.
  private func stopSaving(because error: Diagnostic) {
    let wake = mailbox.withLock { mailbox in
      if mailbox.lock == nil {
        mailbox.notices.append("a saved run cannot be read: \(error)")
      } else {
        mailbox.stopSaving("nothing more is saved, since a saved run cannot be read: \(error)")
      }
      return mailbox.wake
    }
    wake()
  }

  /// Where a lesson's cells save files; kept when the student starts over.
  package static func filesFolder(
    ofLesson id: String, environment: (String) -> String?
  ) -> FileAccess.WritingFolder {
    do throws(Diagnostic) {
      let root = try ProgressFolder.root(environment: environment)
      return .folder("\(ProgressFolder(lesson: id, root: root).path)/files")
    } catch {
      return .missing("\(error)")
    }
  }

  // MARK: The reader's side

  /// Returns at once.
  package func save(_ progress: SavedProgress) {
    mailbox.withLock { mailbox in
      guard mailbox.lock != nil else { return }
      mailbox.progress = progress
      if mailbox.time == .infinity { mailbox.time = Clock.now() + Self.delay }
    }
    mailbox.signal()
  }

  /// Returns at once. Drafts are written after the progress, so that a text that the student keeps is
  /// never missing from both.
  package func save(_ drafts: [CellDraft]) {
    mailbox.withLock { mailbox in
      guard mailbox.lock != nil else { return }
      mailbox.drafts = drafts
      if mailbox.time == .infinity { mailbox.time = Clock.now() + Self.delay }
    }
    mailbox.signal()
  }

  /// Returns at once.
  package func save(_ runs: [SavedRun]) {
    guard !runs.isEmpty else { return }
    mailbox.withLock { mailbox in
      guard mailbox.lock != nil else { return }
      for task in runs.map(Task.run) {
        // A checkpoint that still waits is out of date.
        mailbox.tasks.removeAll { task.replaces($0) }
        mailbox.tasks.append(task)
      }
    }
    mailbox.signal()
  }

  /// Keeps a permanent copy of progress; a notice says where. Returns at once.
  package func keep(_ progress: SavedProgress) {
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
      if let drafts = mailbox.takeDrafts() { mailbox.tasks.append(.drafts(drafts)) }
      mailbox.tasks.append(.startOver)
      return true
    }
    mailbox.signal()
    return maySave
  }

  /// Waits until everything is on disk.
  package func flush() {
    mailbox.withLock { if $0.time < .infinity { $0.time = 0 } }
    mailbox.signal()
    mailbox.wait { mailbox in
      let isIdle = mailbox.tasks.isEmpty && mailbox.time == .infinity && !mailbox.isWorking
      return isIdle || mailbox.thread == nil ? .found(()) : .retry()
    }
  }

  /// Writes everything pending, retries failed writes once, and releases the lesson for another
  /// reader. A further call waits for the first.
  package func finish() {
    let (isFirst, thread) = mailbox.withLock { mailbox -> (Bool, WorkerThread?) in
      guard !mailbox.isStopping else { return (false, nil) }
      mailbox.tasks = mailbox.failed + mailbox.tasks
      mailbox.failed = []
      mailbox.isStopping = true
      defer { mailbox.thread = nil }
      return (true, mailbox.thread)
    }
    guard isFirst else {
      mailbox.wait { $0.hasEnded ? .found(()) : .retry() }
      return
    }
    mailbox.signal()
    if let thread {
      thread.join()
    } else if let folder {
      Self.work(mailbox, folder)
    }
    mailbox.change {
      $0.releaseLock()
      $0.hasEnded = true
    }
  }

  /// Whether what is given to the store is written.
  package var isSaving: Bool { mailbox.withLock { $0.lock != nil } }

  /// Whether the last attempt to write the run succeeded.
  package func isKept(_ run: TrainerID) -> Bool {
    mailbox.withLock { $0.errors[.run(run)] == nil }
  }

  /// The next message to the student; each is returned once.
  package func takeNotice() -> String? {
    mailbox.withLock { $0.notices.isEmpty ? nil : $0.notices.removeFirst() }
  }

  /// Why something is not saved; nil when everything is.
  package var error: String? {
    mailbox.withLock { $0.errors[.progress] ?? $0.errors.values.min() }
  }

  /// What the student reads when the screen is gone: what was not saved. Nil when everything was.
  package var closingLine: String? {
    if let error { return error }
    return mailbox.withLock { $0.hasOtherReader }
      ? "another reader had this lesson open: what you did in this one was not saved" : nil
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
      let (lock, refusal) = mailbox.withLock { ($0.lock, $0.refusal(of: task)) }
      let outcome: Result<String?, Diagnostic>?
      do throws(Diagnostic) {
        if let lock, try !folder.isHeld(by: lock) {
          outcome = nil
        } else {
          outcome = refusal ?? perform(task, in: folder)
        }
      } catch {
        outcome = .failure(error)
      }
      let wake = mailbox.withLock { mailbox in
        mailbox.isWorking = false
        if let outcome {
          mailbox.record(outcome, of: task)
        } else {
          mailbox.stopSaving(
            "nothing more is saved: \(folder.path) is not the folder that it was at the start")
        }
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
      case .drafts(let drafts): try folder.write(drafts)
      case .run(let run): try folder.write(run)
      case .keep(let progress): return .success(try folder.keep(progress))
      case .startOver: return .success(try folder.startOver())
      }
      return .success(nil)
    } catch {
      return .failure(error)
    }
  }
}
