import Interpreter
import Lessons
import Progress
import Testing

/// A version of a lesson, from the pages' Markdown.
func version(_ pages: String) -> Lesson {
  Lesson(
    parsing: "---\ntitle: Versions\nid: versions\n---\n\(pages)", file: "lesson.md", folder: "/")
}

func question(
  _ prompt: String, _ options: [String] = ["yes", "no"], right: Int = 0, id: String? = nil
) -> String {
  let answers = options.enumerated().map { "> - [\($0 == right ? "x" : " ")] \($1)\n" }
  return "> [!PREDICT]\(id.map { " {#\($0)}" } ?? "")\n> \(prompt)\n>\n\(answers.joined())\n"
}

func cell(_ source: String, id: String? = nil) -> String {
  "```python\(id.map { " {#\($0)}" } ?? "")\n\(source)\n```\n\n"
}

func task(_ prompt: String, _ check: String, id: String? = nil) -> String {
  let lines = check.split(separator: "\n").map { "> \($0)\n" }.joined()
  return "> [!TASK]\(id.map { " {#\($0)}" } ?? "")\n> \(prompt)\n>\n> ```python\n\(lines)> ```\n\n"
}

/// Progress that meets versions of its lesson one after another, through its file each time.
struct Student {
  private(set) var progress = Progress()
  private(set) var changes = LessonChanges()
  private var lesson: Lesson
  private var outline: LessonOutline

  init(_ pages: String) {
    lesson = version(pages)
    outline = LessonOutline(of: lesson)
  }

  mutating func meets(_ pages: String) throws {
    let file = SavedProgress(progress, in: outline).json
    lesson = version(pages)
    outline = LessonOutline(of: lesson)
    changes = LessonChanges()
    progress = Progress(
      try SavedProgress(json: Array(file.utf8)), in: outline, changes: &changes)
  }

  // MARK: What she does, by where it stands

  mutating func answer(_ question: Int, _ option: Int) {
    progress.predictions[outline.questions[question].id] = .chosen(option)
  }

  mutating func edit(_ cell: Int, _ source: String) {
    let part = outline.cells[cell]
    progress.edits[part.id] = Progress.Edit(source: source, original: part.identity.source)
  }

  mutating func move(_ widget: String, of cell: Int, to value: WidgetValue) {
    progress.set(widget: widget, ofCell: outline.cells[cell].id, to: value)
  }

  mutating func finish(_ cell: Int) { progress.doneTasks.insert(outline.cells[cell].id) }

  mutating func go(to page: Int) { progress.page = page }

  // MARK: What is there, by where it stands

  /// The numbers of the chosen options; nil for open questions.
  var answers: [Int?] {
    outline.questions.map { part in
      if case .chosen(let index)? = progress.predictions[part.id] { index } else { nil }
    }
  }

  var edits: [String?] { outline.cells.map { progress.edits[$0.id]?.source } }
  var tasks: [Bool] { outline.cells.map { progress.doneTasks.contains($0.id) } }
  var widgets: [[String: WidgetValue]] { outline.cells.map { progress.widgets[$0.id] ?? [:] } }
  var score: Score { progress.score(in: lesson) }
}

@Suite("Questions in another version of the lesson")
struct QuestionMatchingTests {
  private let sum = question("How much is 2 + 2?", ["3", "4"], right: 1)
  private let other = question("How much is 5 + 5?", ["10", "11"])

  private func student() -> Student {
    var student = Student("## One\n\(sum)")
    student.answer(0, 0)
    return student
  }

  @Test("A question in front, on a page of its own or not, shifts no answer")
  func insertion() throws {
    for pages in ["## Zero\n\(other)## One\n\(sum)", "## One\n\(other)\(sum)"] {
      var student = student()
      try student.meets(pages)
      #expect(student.answers == [nil, 0])
      #expect(student.score.answered == 1 && student.score.right == 0)
      #expect(student.changes == LessonChanges())
    }
  }

  @Test("Reordered options keep the answer; a moved mark changes what is right")
  func options() throws {
    var student = student()
    try student.meets("## One\n" + question("How much is 2 + 2?", ["4", "5", "3"]))
    #expect(student.answers == [2])
    #expect(student.changes == LessonChanges())
    try student.meets("## One\n" + question("How much is 2 + 2?", ["4", "5", "3"], right: 2))
    #expect(student.answers == [2] && student.score.right == 1)
  }

  @Test("A chosen option that is gone or another one opens the question, and is told once")
  func optionGone() throws {
    for options in [["4", "5"], ["4", "33"], ["4"]] {
      var student = student()
      try student.meets("## One\n" + question("How much is 2 + 2?", options))
      #expect(student.answers == [nil] && student.score.answered == 0)
      #expect(student.changes.openedQuestions == 1 && student.changes.setAside == 0)
      try student.meets("## One\n" + question("How much is 2 + 2?", options))
      #expect(student.changes == LessonChanges())
      try student.meets("## One\n\(sum)")
      #expect(student.answers == [0], "the answer is back with its option")
    }
  }

  @Test("Equal options are told apart by their number")
  func equalOptions() throws {
    let pages = "## One\n" + question("Which?", ["a", "b", "a"])
    var student = Student(pages)
    student.answer(0, 2)
    try student.meets(pages)
    #expect(student.answers == [2])
  }

  @Test(
    "A corrected typo keeps the answer",
    arguments: [
      ("How mcuh is it?", "How much is it?"), ("How much is it", "How much is it?"),
      ("how much is it?", "How much is *it*?"), ("How much is it?", "How much is it, exactly?"),
      ("Is the freqency of it higher?", "Is the frequency of it higher?"),
    ])
  func typo(before: String, after: String) throws {
    var student = Student("## One\n" + question(before))
    student.answer(0, 1)
    try student.meets("## Zero\n\(other)## One\n" + question(after))
    #expect(student.answers == [nil, 1])
    #expect(student.changes == LessonChanges())
    try student.meets("## One\n" + question(after))
    #expect(student.answers == [1])
  }

  @Test(
    "Another question keeps nothing",
    arguments: [
      ("How much is 2 + 2?", "How much is 2 + 3?"), ("How much is 2 + 2?", "How much is 2 - 2?"),
      ("Is it higher?", "Is it lower?"), ("Does the left one sound brighter?", "Is it long?"),
    ])
  func anotherQuestion(before: String, after: String) throws {
    var student = Student("## One\n" + question(before))
    student.answer(0, 1)
    try student.meets("## One\n" + question(after))
    #expect(student.answers == [nil] && student.score.answered == 0)
    #expect(student.changes.answers == 1)
    try student.meets("## One\n" + question(after))
    #expect(student.changes == LessonChanges(), "told once")
    try student.meets("## One\n" + question(after) + question(before))
    #expect(student.answers == [nil, 1], "it waited for its question")
  }

  @Test("Which answers are right tells a correction from a question turned around")
  func turnedAround() throws {
    var student = Student("## One\n" + question("Can you now hear the lower tone?", right: 0))
    student.answer(0, 0)
    try student.meets("## One\n" + question("Can you not hear the lower tone?", right: 1))
    #expect(student.answers == [nil])
  }

  @Test("A corrected option keeps the answer, unless the numbers are others")
  func optionTypo() throws {
    var student = Student("## One\n" + question("Why?", ["a recieved echo", "95 taps"]))
    student.answer(0, 0)
    try student.meets("## One\n" + question("Why?", ["97 taps", "a received echo"], right: 1))
    #expect(student.answers == [1])
    student.answer(0, 0)
    try student.meets("## One\n" + question("Why?", ["98 taps", "a received echo"], right: 1))
    #expect(student.answers == [nil] && student.changes.openedQuestions == 1)
  }

  @Test("A question that was there before is no corrected one")
  func neighbours() throws {
    let (a, b) = (question("Is the first tone clear?"), question("Is the first stone clear?"))
    var student = Student("## One\n\(a)\(b)")
    student.answer(0, 1)
    try student.meets("## One\n\(b)")
    #expect(student.answers == [nil] && student.changes.answers == 1)
  }

  @Test("Two possible corrections are none")
  func ambiguous() throws {
    var student = Student("## One\n" + question("Is it a tne?"))
    student.answer(0, 1)
    try student.meets(
      "## One\n" + question("Is it a tone?") + question("Is it a tine?"))
    #expect(student.answers == [nil, nil] && student.changes.answers == 1)
  }

  @Test("Equal questions keep their order; their pages tell them apart")
  func equals() throws {
    let same = question("Is it longer?")
    for (before, after, expected) in [
      ("## A\n\(same)## B\n\(same)", "## Z\n\(other)## A\n\(same)## B\n\(same)", [nil, nil, 1]),
      ("## A\n\(same)## B\n\(same)", "## B\n\(same)## A\n\(same)", [1, nil]),
      ("## A\n\(same)\(same)", "## A\n\(other)\(same)\(same)", [nil, nil, 1]),
      ("## A\n\(same)\(same)", "## A\n\(same)## A, continued\n\(same)", [nil, 1]),
      ("## A\n\(same)## B\n\(same)", "## A\n\(same)\(same)## B\n\(same)", [nil, nil, 1]),
      ("## A\n\(same)## B\n\(same)", "## B\n\(same)", [1]),
    ] as [(String, String, [Int?])] {
      var student = Student(before)
      student.answer(1, 1)
      try student.meets(after)
      #expect(student.answers == expected, "\(after)")
    }
  }

  @Test("An id keeps an answer through any change; giving, changing and removing it lose nothing")
  func ids() throws {
    var student = Student("## One\n" + question("Why?", ["a", "b"], id: "why"))
    student.answer(0, 1)
    try student.meets("## Two\n\(other)" + question("Say why:", ["c", "b"], id: "why"))
    #expect(student.answers == [nil, 1])
    for id in ["because", nil, "why"] {
      try student.meets("## Two\n\(other)" + question("Say why:", ["c", "b"], id: id))
      #expect(student.answers == [nil, 1])
    }
  }

  @Test("An equal question with an id of its own is another one")
  func equalWithID() throws {
    let named = question("Is it longer?", id: "second")
    for id in [nil, "first"] {
      var student = Student("## A\n" + question("Is it longer?", id: id) + named)
      student.answer(0, 1)
      try student.meets("## A\n\(named)")
      #expect(student.answers == [nil] && student.changes.answers == 1)
    }
  }

  @Test("The page is found by its title")
  func page() throws {
    var student = Student("## A\nx\n## B\ny\n## B\nz\n## C\nw")
    student.go(to: 2)
    try student.meets("## New\nn\n## A\nx\n## B\ny\n## B\nz\n## C\nw")
    #expect(student.progress.page == 3)
    try student.meets("## A\nx\n## C\nw")
    #expect(student.progress.page == 1, "the last page, for want of a better one")
    try student.meets("## C\nw\n## A\nx")
    #expect(student.progress.page == 0)
  }
}

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
