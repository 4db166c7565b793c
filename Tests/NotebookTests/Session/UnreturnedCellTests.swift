import Concurrency
import Interpreter
import Lessons
import Notebook
import Pages
import RunningCells
import Testing

/// Cells that did not come back in an earlier session.
@Suite struct UnreturnedCellTests {
  /// What a session reports, in order.
  private final class Record: RunningCellRecord {
    private let events = Monitor<[String]>([])
    let unreturned: Set<CellMark> = []

    func willRun(_ cell: CellMark) { events.withLock { $0.append("run \(name(cell))") } }
    func didReturn(_ cell: CellMark) { events.withLock { $0.append("back \(name(cell))") } }
    func willShow(_ cells: [CellMark]) {}
    func didShow() {}
    func willEstimate(_ cell: CellMark) { events.withLock { $0.append("estimate \(name(cell))") } }
    func didEstimate() { events.withLock { $0.append("estimated") } }
    var log: [String] { events.withLock { $0 } }

    private func name(_ mark: CellMark) -> String {
      ["a", "b", "c"].first { CellMark(id: $0, source: "").cell == mark.cell } ?? "?"
    }
  }

  private let pages = lesson(
    cell("a", "n = slider(1, 9, value=2)") + cell("b", "m = n * 2\nm") + cell("c", "m + 1")
      + "\nValue `{python} n + 5`.\n")

  private func session(
    _ lesson: Lesson, unreturned: Set<CellMark>, record: Record = Record(),
    change: (inout SavedState) -> Void = { _ in }
  ) -> Session {
    let session = Session(lesson: lesson, files: FileAccess(.folders([])))
    var saved = SavedState()
    saved.unreturned = unreturned
    saved.runningCells = record
    change(&saved)
    session.resume(saved)
    session.run(page: 0)
    return session
  }

  @Test func waitsForEnterAndItsDependentsWithIt() {
    let record = Record()
    let session = session(
      pages, unreturned: [CellMark(id: "b", source: "m = n * 2\nm")], record: record)
    let before = session.snapshot
    #expect(
      before.reasonToWait("b") == "the program ended while this cell ran; Enter runs it again")
    #expect(before.reasonToWait("c") == "waits for the cell b, which is to be run again")
    #expect(!record.log.contains("run b"))
    #expect(before.hasSucceeded("a"))

    session.perform(.permit(cell: "b"))
    session.run(page: 0)
    let after = session.snapshot
    #expect(after.texts("b") == ["4"] && after.texts("c") == ["5"])
    #expect(record.log.contains("run b") && record.log.last?.hasPrefix("back") == true)

    // It came back: now it follows its inputs again.
    session.perform(.setWidget(cell: "a", name: "n", to: .number(3)))
    session.run(page: 0)
    #expect(session.snapshot.texts("b") == ["6"])
  }

  @Test func movingASliderDoesNotRunIt() {
    let session = session(pages, unreturned: [CellMark(id: "b", source: "m = n * 2\nm")])
    session.perform(.setWidget(cell: "a", name: "n", to: .number(3)))
    session.run(page: 0)
    #expect(session.snapshot.reasonToWait("b")?.contains("Enter runs it again") == true)
  }

  @Test func withAnotherTextItRuns() {
    let mark = CellMark(id: "b", source: "m = n * 2\nm")
    let edited = session(pages, unreturned: [mark]) { $0.edits = ["b": "m = 7\nm"] }
    #expect(edited.snapshot.texts("b") == ["7"])

    // The edit did not come back: the lesson's text runs.
    let edit = CellMark(id: "b", source: "m = 7\nm")
    let restored = session(pages, unreturned: [edit]) { $0.edits = ["b": "m = 7\nm"] }
    #expect(restored.snapshot.reasonToWait("b") != nil)
    restored.perform(.edit(cell: "b", source: nil))
    restored.run(page: 0)
    #expect(restored.snapshot.texts("b") == ["4"])
  }

  @Test func withTheLessonsWidgetsAgainItRuns() {
    let mark = CellMark(id: "a", source: "n = slider(1, 9, value=2)")
    let session = session(pages, unreturned: [mark]) { $0.widgets = ["a": ["n": .number(9)]] }
    #expect(session.snapshot.reasonToWait("a") != nil)
    session.perform(.reset(page: 0))
    session.run(page: 0)
    #expect(session.snapshot.sliderValue("a") == 2)
  }

  @Test func anInlineValueSaysHowItIsComputedAgain() throws {
    let value = try #require(pages.inlineValues.first)
    let session = session(pages, unreturned: [CellMark(value)])
    guard case .waiting(let wait)? = session.snapshot.inlineValues[value.id] else {
      Issue.record("it does not wait")
      return
    }
    #expect(wait.text == "the program ended while it computed this; F5 computes it again")
  }

  @Test func measuringATrainingIsRecorded() throws {
    let record = Record()
    let wakes = Wakes()
    var saved = SavedState()
    saved.runningCells = record
    let worker = SessionWorker(
      lesson: lesson(cell("net", tinyNetwork) + cell("a", "fit = \(tinyCall)")),
      files: FileAccess(.folders([])), resuming: saved
    ) { wakes.wake() }
    worker.request(.show(page: 0))
    try wakes.wait(for: worker) { $0.reasonToWait("a")?.contains("about") == true }
    #expect(record.log.contains("estimate a") && record.log.contains("estimated"))
  }

  @Test func everyRunIsRecorded() {
    let record = Record()
    let session = session(
      lesson(cell("a", "n = 1") + cell("b", "1 / 0") + cell("c", "n + 1")), unreturned: [],
      record: record)
    #expect(session.snapshot.failure("b") != nil)
    #expect(record.log == ["run a", "back a", "run b", "back b", "run c", "back c"])
  }
}
