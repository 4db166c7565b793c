import Interpreter
import Lessons
import Progress
import Testing

@Suite("Progress of the first format")
struct FirstFormatTests {
  private func progress(
    _ json: String, with pages: String
  ) throws -> (Progress, LessonOutline, LessonChanges) {
    let outline = LessonOutline(of: version(pages))
    var changes = LessonChanges()
    let progress = Progress(
      try SavedProgress(json: Array(json.utf8)), in: outline, changes: &changes)
    // What is written from now on says what it belongs to.
    let file = SavedProgress(progress, in: outline).json
    var again = LessonChanges()
    let reread = Progress(
      try SavedProgress(json: Array(file.utf8)), in: outline, changes: &again)
    #expect(reread == progress)
    #expect(again == LessonChanges())
    return (progress, outline, changes)
  }

  private let json = """
    {"format": 1, "page": 1, "predictions": {"1-prediction-1": 1, "2-prediction-1": "skipped"}, \
    "widgets": {"1-1": {"taps": {"number": 41.0}, "window": {"option": 1}}, \
    "named": {"n": {"number": 3.0}}}, \
    "edits": {"1-2": {"source": "print(2)", "original": "print(1)"}}, \
    "done_tasks": ["2-1", "named"]}
    """
  private let pages = """
    ## One
    \(question("Why?"))\(cell("taps = slider(3, 101)\nwindow = choice([\"a\", \"b\"])"))\(cell("print(1)"))
    ## Two
    \(question("How?"))\(task("Do.", "check(taps > 20, \"\")"))\(cell("n = slider(1, 9)", id: "named"))
    """

  @Test("It is matched by its places, and written in the new format")
  func places() throws {
    let (progress, _, changes) = try progress(json, with: pages)
    #expect(progress.page == 1)
    #expect(progress.predictions == ["1-prediction-1": .chosen(1), "2-prediction-1": .skipped])
    #expect(
      progress.widgets == [
        "1-1": ["taps": .number(41), "window": .option(1)], "named": ["n": .number(3)],
      ])
    #expect(progress.edits == ["1-2": Progress.Edit(source: "print(2)", original: "print(1)")])
    #expect(progress.doneTasks == ["2-1", "named"])
    #expect(progress.aside.isEmpty && changes == LessonChanges())
  }

  @Test("Parts that have got ids since are still found by their places")
  func newIDs() throws {
    let pages = pages.replacing("[!PREDICT]\n> Why?", with: "[!PREDICT] {#why}\n> Why?")
      .replacing("[!TASK]", with: "[!TASK] {#do}")
    let (progress, _, _) = try progress(json, with: pages)
    #expect(progress.predictions["why"] == .chosen(1))
    #expect(progress.doneTasks == ["do", "named"])
  }

  @Test("Once a place does not fit, only ids, names and texts count")
  func changedLesson() throws {
    let shifted = "## Zero\n\(question("New?"))\(cell("print(1)"))\(cell("x = 1"))\n\(pages)"
    let (progress, outline, changes) = try progress(json, with: shifted)
    #expect(progress.predictions.isEmpty)
    #expect(progress.edits["1-1"]?.source == "print(2)", "the first of two with this text")
    #expect(progress.widgets[outline.cells[2].id] == ["taps": .number(41), "window": .option(1)])
    #expect(progress.widgets["named"] == ["n": .number(3)])
    #expect(progress.doneTasks == ["named"])
    #expect(changes.answers == 1 && changes.tasks == 1)
    #expect(progress.aside.questions.count == 2 && progress.aside.cells.count == 1)
  }
}
