import Interpreter
import Lessons
import Notebook
import Testing

/// What happens when the student rewrites a cell.
@Suite struct SessionEditingTests {
  private func session(_ pages: Lesson) -> Session {
    Session(lesson: pages, files: FileAccess(.folders([])))
  }

  @Test func whatDependsOnTheCellRunsAgainAndNothingElse() {
    let session = session(
      lesson(
        cell("a", "a = 1; other = 5") + cell("b", "b = a + 1; b") + cell("c", "other; other")
          + cell("d", "d = b * 10; d") + cell("alone", "7")))
    session.run(page: 0)
    #expect(session.runCount == 5)
    session.perform(.edit(cell: "a", source: "a = 2\nother = 5"))
    #expect(session.snapshot.cells["d"]?.isStale == true)
    #expect(session.snapshot.cells["alone"]?.isStale == false)
    // Editing alone runs nothing.
    #expect(session.runCount == 5)
    session.run(page: 0)
    // a, b and d; c only uses the name that stayed the same.
    #expect(session.runCount == 8)
    #expect(session.snapshot.texts("d") == ["30"])
    #expect(session.snapshot.cells.values.allSatisfy { !$0.isStale })

    session.perform(.edit(cell: "a", source: nil))
    session.run(page: 0)
    #expect(session.snapshot.texts("d") == ["20"])
  }

  @Test func theSameTextAndUnknownCellsChangeNothing() {
    let session = session(
      lesson(
        "`{python} 1 + 1`\n\n" + cell("a", "a = 1") + "```python {#s .static}\nx = 1\n```\n"))
    session.run(page: 0)
    let revision = session.snapshot.revision
    session.perform(.edit(cell: "a", source: nil))
    session.perform(.edit(cell: "nowhere", source: "1"))
    session.perform(.edit(cell: "s", source: "a = 2"))
    #expect(session.snapshot.revision == revision)
    session.perform(.edit(cell: "a", source: "a = 3"))
    let edited = session.snapshot.revision
    #expect(edited > revision)
    session.perform(.edit(cell: "a", source: "a = 3"))
    #expect(session.snapshot.revision == edited)
  }

  @Test func anUnreadableEditFailsInPlaceAndItsDependentsWait() {
    let session = session(lesson(cell("a", "a = 1") + cell("b", "b = a; b") + cell("c", "'c'")))
    session.run(page: 0)
    session.perform(.edit(cell: "a", source: "a = (1"))
    session.run(page: 0)
    #expect(session.snapshot.failure("a") != nil)
    #expect(session.snapshot.reasonToWait("b") == "waits for a, whose cell failed")
    #expect(session.snapshot.texts("c") == ["'c'"])
    session.perform(.edit(cell: "a", source: "a = 4"))
    session.run(page: 0)
    #expect(session.snapshot.texts("b") == ["4"])
  }

  @Test func aNameThatIsNoLongerDefinedIsUnknown() {
    let session = session(lesson(cell("a", "a = 1") + cell("b", "b = a; b")))
    session.run(page: 0)
    session.perform(.edit(cell: "a", source: "abc = 1"))
    #expect(session.snapshot.cells["b"]?.isStale == true)
    session.run(page: 0)
    #expect(session.snapshot.failure("b") == "the name a is not defined")
    // Another cell may take the name over.
    session.perform(.edit(cell: "b", source: "a = 9; a"))
    session.run(page: 0)
    #expect(session.snapshot.texts("b") == ["9"])
  }

  /// Wherever the edited cell is, the lesson's own stays valid.
  @Test(arguments: ["first", "last"]) func redefiningANameIsAnErrorOfTheEdit(edited: String) {
    let session = session(
      lesson(
        cell("first", "'nothing'") + cell("x", "x = 1") + cell("last", "'nothing'")
          + cell("y", "y = x; y")))
    session.run(page: 0)
    session.perform(.edit(cell: edited, source: "x = 2"))
    session.run(page: 0)
    #expect(session.snapshot.failure(edited) == "x is already defined by the cell x")
    #expect(session.snapshot.texts("y") == ["1"])
    session.perform(.edit(cell: edited, source: nil))
    session.run(page: 0)
    #expect(session.snapshot.texts(edited) == ["'nothing'"])
  }

  @Test func aCycleIsReportedInAllItsCellsUntilItIsBroken() {
    let session = session(lesson(cell("a", "a = 1; a") + cell("b", "b = a; b")))
    session.run(page: 0)
    session.perform(.edit(cell: "a", source: "a = b"))
    session.run(page: 0)
    #expect(session.snapshot.failure("a")?.contains("depend on each other") == true)
    #expect(session.snapshot.failure("b")?.contains("depend on each other") == true)
    session.perform(.edit(cell: "a", source: "a = 3; a"))
    session.run(page: 0)
    #expect(session.snapshot.texts("a") == ["3"])
    #expect(session.snapshot.texts("b") == ["3"])
  }

  @Test func widgetsKeepTheirValuesWithinTheNewRange() {
    let session = session(lesson(cell("w", "n = slider(0, 10, value=2)\nn")))
    session.run(page: 0)
    session.perform(.setWidget(cell: "w", name: "n", to: .number(8)))
    session.perform(.edit(cell: "w", source: "n = slider(0, 5, value=2)\nn"))
    session.run(page: 0)
    #expect(session.snapshot.texts("w") == ["5"])
  }

  @Test func resettingAPageRestoresTextsAndValues() {
    let session = session(
      lesson(cell("a", "a = slider(0, 9, value=1)\na"), cell("b", "b = 1; b")))
    session.run(page: 0)
    session.run(page: 1)
    session.perform(.edit(cell: "a", source: "a = slider(0, 9, value=4)\na"))
    session.perform(.edit(cell: "b", source: "b = 2; b"))
    session.perform(.setWidget(cell: "a", name: "a", to: .number(7)))
    session.perform(.reset(page: 0))
    session.run(page: 0)
    session.run(page: 1)
    #expect(session.snapshot.texts("a") == ["1"])
    #expect(session.snapshot.texts("b") == ["2"])
  }
}
