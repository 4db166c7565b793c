import Interpreter
import Lessons
import Progress
import Testing

@Suite("Cells in another version of the lesson")
struct CellMatchingTests {
  private let taps = cell("taps = slider(3, 101, value=11)")
  private let gain = cell("gain = slider(0, 100, value=5)")
  private let show = cell("print(taps)")

  @Test("A cell in front shifts neither edits nor widgets nor tasks")
  func insertion() throws {
    let done = task("More than 20 taps.", "check(taps > 20, \"more\")")
    var student = Student("## One\n\(taps)\(show)## Two\n\(done)")
    student.move("taps", of: 0, to: .number(41))
    student.edit(1, "print(taps * 2)")
    student.finish(2)
    let new = task("Fewer than 10 taps.", "check(taps < 10, \"fewer\")")
    try student.meets("## Zero\n\(gain)## One\n\(taps)\(show)## Two\n\(new)\(done)")
    #expect(student.widgets == [[:], ["taps": .number(41)], [:], [:], [:]])
    #expect(student.edits == [nil, nil, "print(taps * 2)", nil, nil])
    #expect(student.tasks == [false, false, false, false, true])
    #expect(student.score.tasksDone == 1)
    #expect(student.changes == LessonChanges())
  }

  @Test("A widget follows its name into another cell, but not as another kind of widget")
  func widgets() throws {
    var student = Student("## One\n\(cell("taps = slider(3, 101)\nprint(taps)"))")
    student.move("taps", of: 0, to: .number(41))
    try student.meets("## One\n\(gain)## Two\n\(cell("taps = slider(1, 51, value=5)"))\(show)")
    #expect(student.widgets == [[:], ["taps": .number(41)], [:]])
    try student.meets("## One\n\(cell("taps = choice([3, 5])"))")
    #expect(student.widgets == [[:]] && student.changes.widgets == 1)
    try student.meets("## One\n\(cell("length = slider(3, 101)"))")
    #expect(student.widgets == [[:]] && student.changes == LessonChanges())
    try student.meets("## One\n\(taps)")
    #expect(student.widgets == [["taps": .number(41)]], "it waited for its widget")
  }

  @Test("Private widgets belong to their cells")
  func privateWidgets() throws {
    let (a, b) = (cell("_n = slider(1, 9)\nprint(_n)"), cell("_n = slider(1, 9)\nplot([_n])"))
    var student = Student("## One\n\(a)\(b)")
    student.move("_n", of: 1, to: .number(4))
    try student.meets("## One\n\(b)\(a)")
    #expect(student.widgets == [["_n": .number(4)], [:]])
    try student.meets("## One\n\(a)")
    #expect(student.widgets == [[:]] && student.changes.widgets == 1)
  }

  @Test("A widget of an edited cell stays with it")
  func widgetOfAnEdit() throws {
    var student = Student("## One\n\(show)")
    student.edit(0, "own = slider(1, 9); print(own)")
    student.move("own", of: 0, to: .number(3))
    try student.meets("## One\n\(taps)\(show)")
    #expect(student.widgets == [[:], ["own": .number(3)]])
  }

  @Test("Edits follow ids, texts and names; a changed text of the lesson is told")
  func edits() throws {
    var student = Student("## One\n\(taps)\(cell("print(1)", id: "one"))")
    student.edit(0, "taps = 5")
    student.edit(1, "print(2)")
    try student.meets(
      "## Zero\n\(cell("print(1)"))\(cell("taps = slider(3, 201)"))\(cell("3", id: "one"))")
    #expect(student.edits == [nil, "taps = 5", "print(2)"])
    #expect(student.changes.editedCells == ["1-2", "one"])
    try student.meets("## Zero\n\(cell("taps = 5"))\(cell("3", id: "renamed"))")
    #expect(student.edits == [nil, "print(2)"], "the lesson now has the student's text")
    #expect(student.changes == LessonChanges())
  }

  @Test("An edit of a cell that is gone waits, and is not given to a similar one")
  func editAside() throws {
    let (x, y) = (cell("plot([1, 2, 3, 4, 5])"), cell("plot([1, 2, 3, 4, 6])"))
    var student = Student("## One\n\(x)\(y)")
    student.edit(0, "plot([1])")
    try student.meets("## One\n\(y)")
    #expect(student.edits == [nil] && student.changes.edits == 1)
    try student.meets("## One\n\(y)\(x)")
    #expect(student.edits == [nil, "plot([1])"])
    try student.meets("## One\n\(y)\(cell("plot([1, 2, 3, 4, 7])  # corrected"))")
    #expect(student.edits == [nil, "plot([1])"] && student.changes.editedCells == ["1-2"])
  }

  @Test("Comments and spacing make no other cell")
  func spacing() throws {
    var student = Student("## One\n\(show)")
    student.edit(0, "print(3)")
    try student.meets("## One\n\(cell("print(0)"))\(cell("# Shows it.\nprint( taps )"))")
    #expect(student.edits == [nil, "print(3)"])
  }

  @Test("Equal cells keep their order")
  func equals() throws {
    var student = Student("## A\n\(show)## B\n\(show)")
    student.edit(1, "print(2)")
    try student.meets("## Z\n\(gain)## A\n\(show)## B\n\(show)")
    #expect(student.edits == [nil, nil, "print(2)"])
  }

  @Test("A task is its check: hints and wording may change, conditions may not")
  func tasks() throws {
    var student = Student("## One\n" + task("More then 20 taps.", "check(taps > 20, \"mroe\")"))
    student.finish(0)
    try student.meets("## One\n" + task("More than 20 taps.", "check( taps > 20, hint=\"more\" )"))
    #expect(student.tasks == [true])
    try student.meets("## One\n" + task("More than 20 taps.", "check(taps >= 20, \"more\")"))
    #expect(student.tasks == [true], "a corrected check of the same task")
    try student.meets("## One\n" + task("More than 20 taps.", "check(taps >= 30, \"more\")"))
    #expect(student.tasks == [false] && student.score.tasksDone == 0)
    #expect(student.changes.tasks == 1)
  }

  @Test("Tasks with the same check are told apart by what they say")
  func equalChecks() throws {
    let check = "check(taps > 20, \"more\")"
    var student = Student("## One\n\(task("Move the slider.", check))")
    student.finish(0)
    try student.meets("## One\n\(task("Type it.", check))\(task("Move the slider.", check))")
    #expect(student.tasks == [false, true])
  }

  @Test("A task's id is that of its check")
  func taskIDs() throws {
    var student = Student("## One\n" + task("More.", "check(taps > 20, \"more\")", id: "more"))
    student.finish(0)
    try student.meets(
      "## One\n\(task("More.", "check(taps > 20, \"more\")"))"
        + task("Much more.", "check(taps > 90, \"more\")", id: "more"))
    #expect(student.tasks == [false, true])
    #expect(student.progress.doneTasks == ["more"])
  }
}
