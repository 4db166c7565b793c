import Lessons
import Testing

@Suite struct LessonReaderTests {
  @Test func sampleHasThreePagesAndNoProblem() {
    let lesson = Lesson(sample: sampleLesson)
    #expect(lesson.problems == [])
    #expect(lesson.title == "A short lesson")
    #expect(lesson.id == "short" && lesson.version == "2" && lesson.language == "en")
    #expect(lesson.pages.map(\.title) == ["Filters", "Filters", "The end"])
    #expect(lesson.pages.map(\.line) == [9, 31, 45])
    #expect(lesson.cells.map(\.id) == ["taps", "kernel", "3-1", "3-2"])
    #expect(lesson.cells.map(\.line) == [16, 28, 48, 53])
    #expect(lesson.cells.map(\.column) == [1, 3, 1, 1])
    #expect(lesson.cells.map(\.display) == [.shown, .folded, .shown, .shown])
    #expect(lesson.cells.map(\.isStatic) == [false, false, false, true])
    #expect(lesson.inlineValues.map(\.source) == ["taps", "taps + 1"])
    #expect(lesson.inlineValues.map(\.line) == [13, 37])
    #expect(lesson.inlineValues.map(\.column) == [49, 21])
    #expect(Set(lesson.inlineValues.map(\.id)).count == 2)
  }

  @Test func sampleBlocks() {
    let pages = Lesson(sample: sampleLesson).pages.map(\.blocks.outline)
    #expect(
      pages == [
        [
          "Before the first page.",
          "The kernel <tex>h_m</tex> has <em>few</em> `taps`; at <value>taps</value> it costs $5 "
            + "and not $6.",
          "cell taps: taps = slider(3, 99, step=2, value=11)",
          #"tex y[n] = \sum_{m=0}^{M-1} x[n-m]\,h[m]"# + "\n- 0",
          "NOTE", "| A call-out with a cell:", "| cell kernel: kernel = np.ones(taps) / taps",
        ],
        [
          "The same title, page two.",
          "table [Lessons.Alignment.left, Lessons.Alignment.right]", "| left | right",
          "| <tex>a|b</tex> | <value>taps + 1</value>",
          "1.", "| one", "2.", "| two", "-[x]", "| done", "-[ ]", "| open",
        ],
        [
          "cell 3-1: result = np.convolve(kernel, kernel)\nresult.shape",
          "cell 3-2: for x in y: pass",
          "code bash: echo $HOME $PATH",
        ],
      ])
  }

  // MARK: Pages

  private func titles(_ text: String) -> [String] { Lesson(page: text).pages.map(\.title) }

  @Test func headingsAndBreaksStartPages() {
    #expect(titles("## A\n\na\n\n---\n\nb\n\n## B\n") == ["A", "A", "B"])
    #expect(titles("# T\n## A\n## B\n") == ["A", "B"])
    #expect(titles("before\n\n## A\n") == ["A"])
    #expect(titles("## A\n\na\n\n***\n\n## B\nb\n\n---\n") == ["A", "B"])
    #expect(titles("## A\n\n---\n\na\n") == ["A"])
    #expect(titles("## A `b` $\\alpha$\n") == ["A b α"])
    #expect(titles("## A\n> ## quoted\n>\n> ---\n") == ["A"])
  }

  @Test func anUnderlinedTitleIsAWarning() {
    let lesson = Lesson(page: "## A\n\ntext\n---\n")
    #expect(lesson.pages.map(\.title) == ["A", "text"])
    #expect(lesson.problems.map(\.line) == [7])
    #expect(lesson.problems.map(\.isWarning) == [true])
  }

  @Test func pagesWithoutATitleAreReported() {
    #expect(Lesson(page: "text\n").problems.map(\.message) == ["this page has no title"])
    #expect(Lesson(page: "##\n\ntext\n").problems.map(\.message) == ["this page has no title"])
    #expect(Lesson(page: "").problems.map(\.message) == ["the lesson has no pages"])
    #expect(Lesson(page: "").pages.count == 1)
    #expect(
      Lesson(page: "# A\n# B\n## P\n").problems.map(\.message) == [
        "a second '#' heading; the lesson's title is 'A'"
      ])
  }

  // MARK: Cells

  @Test func unknownAttributesAreReportedWithTheirPosition() {
    let lesson = Lesson(page: "## P\n```python {#a .hiden colour}\nx = 1\n```\n")
    #expect(
      lesson.problems.summaries == [
        "6:15 unknown attribute '.hiden'; did you mean '.hidden'?",
        "6:22 unknown attribute 'colour'; write '#name', '.hidden', '.folded' or '.static' "
          + "between braces",
      ])
    #expect(
      lesson.pages[0].blocks.outline == [
        "problem unknown attribute '.hiden'", "problem unknown attribute 'colour'", "cell a: x = 1",
      ])
  }

  @Test func contradictoryAttributesAreReported() {
    let lesson = Lesson(
      page: "## P\n```python {.hidden .folded .static}\nx = 1\n```\n\n"
        + "```python {.folded .static}\ny\n```\n")
    #expect(
      lesson.problems.summaries == [
        "6:20 a hidden cell cannot be folded; remove one of the two",
        "6:28 a cell that is neither shown nor run does nothing; remove one of the two",
      ])
  }

  @Test(
    "A fence without an end is reported where it opens",
    arguments: [
      ("a\n\n```python\nx = 1\n", 9, 1), ("~~~\n## Q\n", 7, 1), ("```", 7, 1),
      ("> ```\n> a\n\nb\n", 7, 1), ("````\na\n```\n", 7, 1),
      ("- ```\n  a\n\nb\n", 7, 1),
    ])
  func openFences(text: String, line: Int, column: Int) {
    let problems = Lesson(page: "## P\n\n" + text).problems
    #expect(problems.map(\.message) == ["the fence that opens here is not closed"])
    #expect(problems.map(\.line) == [line])
    #expect(problems.map(\.column) == [column])
  }

  @Test(arguments: [
    "```\na\n```\n", "```\n```\n", "> ~~~~\n> a\n>\n> ~~~~\n", "- ```\n  a\n  ```\n", "    code\n",
    "````\n```\n````", "```\n\n\n```",
  ])
  func closedFences(text: String) {
    #expect(Lesson(page: "## P\n\n" + text).problems == [])
  }

  @Test(
    "Quarto's and Pandoc's fences are cells, too",
    arguments: ["{python}", "{.python}", " {python}", "{.python #a}", "{python #a .folded}"])
  func bracedFences(label: String) {
    let lesson = Lesson(page: "## P\n\n```\(label)\nx = 1\n```\n")
    #expect(lesson.problems == [])
    #expect(lesson.cells.map(\.source) == ["x = 1"])
    #expect(lesson.cells.map(\.id) == [label.contains("#a") ? "a" : "1-1"])
  }

  @Test func optionsOfOtherToolsAreReported() {
    let lesson = Lesson(page: "## P\n\n```{python, echo=FALSE}\nx = 1\n```\n\n```{r}\ny\n```\n")
    #expect(lesson.cells.count == 1)
    #expect(lesson.problems.map(\.message).first?.hasPrefix("unknown attribute") == true)
  }

  @Test func idsAreUnique() {
    let cell = "```python {#a}\nx = 1\n```\n\n"
    let lesson = Lesson(page: "## P\n\n" + cell + cell + "```python {#1-2}\ny = 1\n```\n")
    #expect(lesson.cells.map(\.id) == ["a", "1-2", "1-3"])
    #expect(
      lesson.problems.map(\.message) == [
        "the name 'a' is already used by the cell on line 7", "'1-2' cannot be a cell's name",
      ])
  }

  @Test func aSyntaxErrorIsReportedWhereItIs() {
    let lesson = Lesson(
      page: "## P\n\n> ```python\n> y = 1\n> x = = 2\n> ```\n\n`{python} 1 +` and `{python} 2`\n")
    #expect(lesson.problems.map(\.line) == [9, 12])
    #expect(lesson.problems.first?.column == 7)
    #expect(lesson.pages[0].cells.count == 1)
    guard case .failure = lesson.pages[0].cells[0].program else {
      Issue.record("the cell keeps its error")
      return
    }
  }

  @Test func aStaticCellMayBeAnyPython() {
    let lesson = Lesson(page: "## P\n```python {.static}\nclass A(nn.Module): pass\n```\n")
    #expect(lesson.problems == [])
    #expect(lesson.cells.map(\.isStatic) == [true])
  }

  @Test func otherSpellingsOfPythonAreWarnings() {
    let lesson = Lesson(page: "## P\n```Python\nx = 1\n```\n")
    #expect(lesson.problems.map(\.isWarning) == [true])
    #expect(lesson.cells.isEmpty)
  }

  // MARK: Blocks

  private func outline(_ text: String) -> [String] {
    Lesson(page: "## P\n\n" + text).pages[0].blocks.outline
  }

  @Test func callouts() {
    #expect(outline("> [!tip]\n> a\n>\n> b\n") == ["TIP", "| a", "| b"])
    #expect(outline("> [!NOTE]\n") == ["NOTE"])
    #expect(
      outline("> [!NOTE] a\n") == [
        "quote", "| problem '[!NOTE]' does not begin a call-out here", "| [!NOTE] a",
      ])
    #expect(
      outline("> [! task]\n> a\n") == [
        "quote", "| problem '[! task]' does not begin a call-out here", "| [! task] a",
      ])
    #expect(outline("> [note] a\n") == ["quote", "| [note] a"])
    #expect(
      outline("> [!NOTICE]\n> a\n") == ["problem unknown call-out '[!NOTICE]'", "NOTICE", "| a"])
  }

  @Test func idsOfQuestionsAndTasks() {
    let question = "> [!PREDICT] {#why}\n> a\n>\n> - [x] b\n"
    let task = "> [!TASK]  {#do}\n> a\n>\n> ```python\n> check(x, 'b')\n> check(y, 'b')\n> ```\n"
    let lesson = Lesson(page: "## P\n\n\(question)\n\(task)")
    #expect(lesson.problems == [])
    #expect(lesson.pages[0].predictions.map(\.id) == ["why"])
    #expect(lesson.pages[0].predictions[0].position == "1-prediction-1")
    #expect(lesson.pages[0].tasks == ["do"])
    #expect(lesson.cells[0].position == "1-1" && lesson.cells[0].isNamed)
  }

  @Test(
    "Ids that cannot be used are reported",
    arguments: [
      ("[!NOTE] {#a}\n> b", "[!NOTE] takes no attributes"),
      ("[!TASK] {a}\n> b", "'{a}' after [!TASK] is not understood"),
      ("[!TASK] {#a .hidden}\n> b", "'{#a .hidden}' after [!TASK] is not understood"),
      ("[!TASK] {#1-2}\n> b", "'1-2' cannot be an id"),
      ("[!TASK] {#taken}\n> b", "the name 'taken' is already used by the cell on line 7"),
    ])
  func unusableIDs(mark: String, message: String) {
    let cell = "```python {#taken}\nx = 1\n```\n\n"
    let check = mark.hasPrefix("[!TASK]") ? "\n>\n> ```python\n> check(x, 'c')\n> ```\n" : "\n"
    let lesson = Lesson(page: "## P\n\n\(cell)> \(mark)\(check)")
    #expect(lesson.problems.map(\.message) == [message])
    #expect(lesson.problems.map(\.line) == [11] && lesson.problems[0].column > 1)
  }

  @Test func predictions() {
    let answers = "> [!PREDICT]\n> a\n>\n> - [ ] b\n> - [x] c\n"
    let read = ["PREDICT 1-prediction-1", "| a", "| [ ]", "| | b", "| [x]", "| | c"]
    #expect(outline(answers) == read)
    #expect(
      outline(answers + ">\n> <details><summary>Why</summary>\n>\n> d *e*\n>\n> </details>\n")
        == read + ["| why: d <em>e</em>"])
    #expect(
      outline(answers + "> <details>\n> <summary>Why</summary>\n> d\n> </details>\n")
        == read + ["| why: d"])
    #expect(
      outline(answers + ">\n> <details>\n>\n> d\n>\n> </details>\n>\n> f\n")
        == ["PREDICT 1-prediction-1", "| a", "| f"] + read.dropFirst(2) + ["| why: d"])
    #expect(outline("\(answers)\n\(answers)\n").contains("PREDICT 1-prediction-2"))
  }

  @Test("Values and cells in a prediction belong to the page")
  func predictionContents() {
    let page = Lesson(
      page: "## P\n\n> [!PREDICT]\n> `{python} 1`\n>\n> - [x] `{python} 2`\n>\n> <details>\n>\n"
        + "> `{python} 3`\n>\n> ```python\n> x = 1\n> ```\n>\n> </details>\n"
    ).pages[0]
    #expect(page.inlineValues.map(\.source) == ["1", "2", "3"])
    #expect(page.cells.map(\.source) == ["x = 1"])
  }

  @Test(
    "A prediction that cannot be answered is reported, and covers nothing",
    arguments: [
      ("> a\n", "this prediction has no answers"),
      ("> a\n>\n> - b\n> - [x] c\n", "this prediction has no answers"),
      ("> a\n>\n> - [ ] b\n> - [ ] c\n", "no answer of this prediction is right"),
      (
        "> a\n>\n" + String(repeating: "> - [x] b\n", count: 10),
        "this prediction has 10 answers, but only 9 can be chosen by digit"
      ),
    ])
  func faultyPredictions(text: String, message: String) {
    let lesson = Lesson(page: "## P\n\n> [!PREDICT]\n\(text)")
    #expect(lesson.problems.map(\.message) == [message])
    #expect(lesson.problems.map(\.line) == [7])
    #expect(!lesson.pages[0].blocks.contains { if case .prediction = $0 { true } else { false } })
  }

  @Test("A task is identified by the cell that checks it")
  func tasks() {
    func task(_ name: String) -> String {
      "> [!TASK]\n> a\n>\n> ```python {#\(name)}\n> check(x, 'b')\n> ```\n\n"
    }
    let lesson = Lesson(page: "## P\n\n" + task("c") + task("e") + "> [!NOTE]\n> f\n")
    #expect(lesson.problems == [])
    #expect(lesson.pages[0].tasks == ["c", "e"])
  }

  @Test(
    "Tasks and questions must be at the top level of the page",
    arguments: [
      "- d\n\n  > [!PREDICT]\n  > b\n  >\n  > - [x] c\n",
      "> > [!PREDICT]\n> > b\n> >\n> > - [x] c\n",
    ])
  func nestedQuestions(text: String) {
    let problems = Lesson(page: "## P\n\n" + text).problems.map(\.message)
    #expect(problems == ["[!PREDICT] does not work inside a list or a quote"])
    let task = text.replacing("PREDICT", with: "TASK")
    #expect(
      Lesson(page: "## P\n\n" + task).problems.map(\.message)
        .contains("[!TASK] does not work inside a list or a quote"))
  }

  @Test(
    "A task without a check is reported; one that cannot be read is reported for that",
    arguments: [
      ("> a\n", ["this task checks nothing"]),
      ("> ```python\n> x = 1\n> ```\n", ["this task checks nothing"]),
      ("> ```python {.static}\n> check(x, 'b')\n> ```\n", ["this task checks nothing"]),
      ("> ```python\n> check(\n> ```\n", ["'(' is not closed"]),
    ])
  func faultyTasks(text: String, messages: [String]) {
    #expect(Lesson(page: "## P\n\n> [!TASK]\n\(text)").problems.map(\.message) == messages)
  }

  @Test func inlineMarkUp() {
    #expect(
      outline("*a* **b** ~~c~~ d\\\ne\n") == ["<em>a</em> <strong>b</strong> <del>c</del> d<br>e"])
    #expect(
      outline("[a $x$](b.md) ![c](d.png)\n") == ["<a b.md>a <tex>x</tex></a> <a d.png>c</a>"])
    #expect(
      outline("a <b>c</b>\n\n<div>\n*d*\n</div>\n") == ["a <b>c</b>", "<div><br>*d*<br></div>"])
    #expect(outline("a <!-- note --> b\n\n<!-- a\nb -->\n") == ["a  b"])
    #expect(outline("<!-- a --> b <!-- c -->\n") == ["<!-- a --> b <!-- c -->"])
  }

  @Test func linksHavePositions() {
    let lesson = Lesson(page: "## P\n\nä [a](one.md)\n\n- [b](one.md) and [c](two.md)\n")
    #expect(lesson.links.map(\.destination) == ["one.md", "one.md", "two.md"])
    #expect(lesson.links.map(\.line) == [7, 9, 9])
    #expect(lesson.links.map(\.column) == [7, 7, 23])
  }
}

extension LessonReaderTests {
  @Test("Each block keeps the Markdown that it was read from")
  func sources() {
    let text =
      "---\ntitle: T\nid: t\n---\n## P\n\nOne *line*\nand another.\n\n$$x$$\n\n- a\n- b\n\n```python\n1\n```\n"
    let page = Lesson(parsing: text, file: "lesson.md", folder: "/").pages[0]
    #expect(
      page.sources.map(\.text)
        == ["One *line*\nand another.", "$$x$$", "- a\n- b", "```python\n1\n```"])
    #expect(page.sources.map(\.blocks) == [0..<1, 1..<2, 2..<3, 3..<4])
  }
}
