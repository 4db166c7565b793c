import Glibc
import Interpreter
import Lessons
import Notebook
import RunningCells
import TemporaryFolders
import Testing

/// What a cell in the reader only does on Enter.
@Suite final class PermissionTests {
  private let temporary = TemporaryFolder()
  private var folder: String { temporary.path }

  private func worker(
    _ pages: Lesson, writing: FileAccess.WritingFolder? = nil
  ) -> (SessionWorker, Wakes) {
    let wakes = Wakes()
    let files = FileAccess(.folders([], writing: writing ?? .folder("\(folder)/lesson/files")))
    let worker = SessionWorker(lesson: pages, files: files) { wakes.wake() }
    worker.request(.show(page: 0))
    return (worker, wakes)
  }

  private func permission(_ id: String, in snapshot: Snapshot) -> (Permission, Bool)? {
    for case .permission(let permission, let isGranted) in snapshot.cells[id]?.outputs ?? [] {
      return (permission, isGranted)
    }
    return nil
  }

  // MARK: Measuring

  private let measuring =
    cell("w", "n = slider(1, 9, value=2)\nother = slider(1, 9, value=1)")
    + cell("time", "seconds = [timeit(np.ones, k) for k in range(n)]\n'measured'; len(seconds)")
    + cell("after", "len(seconds) * 10") + cell("prose", "other")

  @Test func measuringAndItsDependentsWaitForEnter() throws {
    let (worker, wakes) = worker(lesson(measuring))
    let before = try wakes.wait(for: worker) { !$0.isBusy && $0.reasonToWait("after") != nil }
    #expect(before.reasonToWait("time") == "Enter measures")
    #expect(before.reasonToWait("after") == "waits for a measurement")
    #expect(permission("time", in: before)?.0 == .measure)
    #expect(permission("time", in: before)?.1 == false)

    // One Enter is for all calls of the cell.
    worker.request(.permit(cell: "time"))
    let after = try wakes.wait(for: worker) { $0.texts("after") == ["20"] && !$0.isBusy }
    #expect(after.texts("time") == ["'measured'", "2"])
    #expect(permission("time", in: after)?.1 == true)
  }

  @Test func theResultStaysUntilAnInputChanges() throws {
    let (worker, wakes) = worker(lesson(measuring, cell("elsewhere", "'there'")))
    try wakes.wait(for: worker) { $0.reasonToWait("time") != nil && !$0.isBusy }
    worker.request(.permit(cell: "time"))
    try wakes.wait(for: worker) { $0.texts("after") == ["20"] && !$0.isBusy }
    worker.request(.setWidget(cell: "w", name: "other", to: .number(5)))
    let unchanged = try wakes.wait(for: worker) { $0.texts("prose") == ["5"] && !$0.isBusy }
    #expect(unchanged.texts("after") == ["20"])
    worker.request(.show(page: 1))
    try wakes.wait(for: worker) { $0.texts("elsewhere") == ["'there'"] && !$0.isBusy }
    worker.request(.show(page: 0))
    try wakes.wait(for: worker) { !$0.isBusy }
    #expect(worker.snapshot.texts("after") == ["20"])

    worker.request(.setWidget(cell: "w", name: "n", to: .number(3)))
    let asked = try wakes.wait(for: worker) { $0.reasonToWait("after") != nil && !$0.isBusy }
    #expect(asked.reasonToWait("time") == "Enter measures")
    worker.request(.permit(cell: "time"))
    try wakes.wait(for: worker) { $0.texts("after") == ["30"] && !$0.isBusy }
    // Measuring again, with nothing changed.
    let revision = worker.snapshot.cells["time"]?.revision ?? 0
    worker.request(.permit(cell: "time"))
    try wakes.wait(for: worker) { ($0.cells["time"]?.revision ?? 0) > revision && !$0.isBusy }
    #expect(worker.snapshot.texts("after") == ["30"])
  }

  @Test func turningThePageStopsMeasuringAndWithdrawsThePermission() throws {
    let (worker, wakes) = worker(
      lesson(
        cell("time", "x = [timeit(np.ones, 10) for i in range(10**6)]"),
        cell("elsewhere", "'there'")))
    try wakes.wait(for: worker) { $0.reasonToWait("time") != nil && !$0.isBusy }
    worker.request(.permit(cell: "time"))
    try wakes.wait(for: worker) { $0.cells["time"]?.isStale == true }
    worker.request(.show(page: 1))
    try wakes.wait(for: worker) { $0.texts("elsewhere") == ["'there'"] && !$0.isBusy }
    worker.request(.show(page: 0))
    let back = try wakes.wait(for: worker) { !$0.isBusy }
    #expect(back.reasonToWait("time") == "Enter measures")
  }

  @Test func nothingElseIsPermitted() throws {
    let (worker, wakes) = worker(
      lesson("`{python} timeit(np.ones, 3)`\n\n" + cell("a", "a = 1; a")))
    try wakes.wait(for: worker) { $0.texts("a") == ["1"] && !$0.isBusy }
    worker.request(.permit(cell: "a"))
    worker.request(.permit(cell: "nowhere"))
    let snapshot = try wakes.wait(for: worker) { !$0.isBusy }
    #expect(snapshot.cells["a"]?.isStale == false)
    guard case .failed(let error)? = snapshot.inlineValues.values.first else {
      Issue.record("measured in the text")
      return
    }
    #expect(error.message.contains("timeit belongs in a cell"))
  }

  // MARK: Saving

  @Test func savingWaitsForEnterAndSaysWhereItWent() throws {
    let (worker, wakes) = worker(
      lesson(cell("keep", "save(np.arange(3), 'x.npy'); done = True") + cell("after", "done")))
    let before = try wakes.wait(for: worker) { $0.reasonToWait("after") != nil && !$0.isBusy }
    #expect(before.reasonToWait("keep") == "Enter saves x.npy")
    #expect(before.reasonToWait("after") == "waits until x.npy is saved")
    let path = "\(folder)/lesson/files/x.npy"
    #expect(access(path, F_OK) != 0)
    worker.request(.permit(cell: "keep"))
    let after = try wakes.wait(for: worker) { $0.texts("after") == ["True"] && !$0.isBusy }
    #expect(after.texts("keep") == ["saved \(path)"])
    let loaded = result(of: "x = load('\(path)').tolist()")
    #expect(
      loaded.names.first.map { $0.value.isIdentical(to: .list([.int(0), .int(1), .int(2)])) }
        == true)
  }

  @Test func enterOnlyDoesWhatWasOffered() throws {
    let (worker, wakes) = worker(
      lesson(cell("both", "t = timeit(np.ones, 3); save(np.arange(3), 'x.npy'); 'end'")))
    try wakes.wait(for: worker) { $0.reasonToWait("both") == "Enter measures" && !$0.isBusy }
    worker.request(.permit(cell: "both"))
    let measured = try wakes.wait(for: worker) {
      $0.reasonToWait("both") == "Enter saves x.npy" && !$0.isBusy
    }
    #expect(permission("both", in: measured)?.0 == .save(file: "x.npy"))
    #expect(permission("both", in: measured)?.1 == false)
    let path = "\(folder)/lesson/files/x.npy"
    #expect(access(path, F_OK) != 0)
    worker.request(.permit(cell: "both"))
    try wakes.wait(for: worker) { $0.texts("both").last == "'end'" && !$0.isBusy }
    #expect(access(path, F_OK) == 0)
  }

  @Test func enterForMeasuringSavesNothing() throws {
    let (worker, wakes) = worker(lesson(cell("t", "t = timeit(save, np.arange(3), 'x.npy')")))
    try wakes.wait(for: worker) { $0.reasonToWait("t") == "Enter measures" && !$0.isBusy }
    worker.request(.permit(cell: "t"))
    let after = try wakes.wait(for: worker) { $0.failure("t") != nil && !$0.isBusy }
    #expect(after.failure("t") == "timeit: save is done once and cannot be measured")
    #expect(access("\(folder)/lesson/files/x.npy", F_OK) != 0)
  }

  @Test(arguments: [
    "../x.npy", "/tmp/x.npy", "sub/x.npy", "..", ".hidden.npy", "", "a\\0.npy", "link.npy",
    "sub.npy",
  ])
  func namesThatLeaveTheFolderAreRefusedWithoutAsking(name: String) throws {
    mkdir("\(folder)/lesson", 0o700)
    mkdir("\(folder)/lesson/files", 0o700)
    mkdir("\(folder)/lesson/files/sub.npy", 0o700)
    symlink("/tmp/etude-elsewhere.npy", "\(folder)/lesson/files/link.npy")
    let (worker, wakes) = worker(lesson(cell("keep", "save(np.ones(2), '\(name)')")))
    let snapshot = try wakes.wait(for: worker) { $0.failure("keep") != nil && !$0.isBusy }
    #expect(permission("keep", in: snapshot) == nil)
    #expect(access("/tmp/etude-elsewhere.npy", F_OK) != 0)
  }

  @Test func aFolderThatCannotBeCreatedIsReported() throws {
    let (worker, wakes) = worker(
      lesson(cell("keep", "save(np.ones(2), 'x.npy')")), writing: .folder("/proc/none/files"))
    try wakes.wait(for: worker) { $0.reasonToWait("keep") != nil && !$0.isBusy }
    worker.request(.permit(cell: "keep"))
    let snapshot = try wakes.wait(for: worker) { $0.failure("keep") != nil && !$0.isBusy }
    #expect(snapshot.failure("keep")?.contains("/proc/none cannot be created") == true)

    let (other, otherWakes) = self.worker(
      lesson(cell("keep", "save(np.ones(2), 'x.npy')")), writing: .missing("there is no home"))
    let missing = try otherWakes.wait(for: other) { $0.failure("keep") != nil && !$0.isBusy }
    #expect(missing.failure("keep") == "save: nothing can be saved: there is no home")
  }

  // MARK: At once

  @Test func withoutAReaderCellsMeasureAtOnceAndSaveNothing() {
    let session = Session(
      lesson: lesson(
        cell("time", "x = timeit(np.ones, 3); x < 1") + cell("keep", "save(1, 'x.npy'); 'on'")),
      files: FileAccess(.folders([])))
    session.run(page: 0)
    #expect(session.snapshot.texts("time") == ["True"])
    #expect(
      session.snapshot.texts("keep") == ["save works in the reader: x.npy was not written", "'on'"])
    #expect(permission("time", in: session.snapshot) == nil)
  }
}
