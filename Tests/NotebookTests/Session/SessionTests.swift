import Concurrency
import Interpreter
import Lessons
import Notebook
import RunningCells
import Testing

/// The reactive rules: what runs when, and what is shown meanwhile.
@Suite struct SessionTests {
  private func session(_ pages: Lesson) -> Session {
    Session(lesson: pages, files: FileAccess(.folders([])))
  }

  @Test("What a cell shows is bounded, with a remark; its values are not")
  func boundedOutputs() throws {
    let lesson = Lesson(
      parsing: """
        # L
        ## P
        A value of `{python} "x" * 100000` letters.

        ```python {#long}
        text = "y" * 100000
        print(text)
        ```
        ```python {#error}
        load("z" * 100000)
        ```
        """, file: "l.md", folder: "/")
    let session = Session(lesson: lesson, files: FileAccess(.folders([])))
    session.run(page: 0)
    let snapshot = session.snapshot
    guard case .text(let value)? = snapshot.inlineValues.values.first,
      case .failed(let error)? = snapshot.cells["error"]?.state
    else {
      Issue.record("no results")
      return
    }
    #expect(value.contains(" … ") && value.utf8.count < 2100)
    #expect(error.message.utf8.count < 2100 && error.message.contains(" … "))
    let shown = snapshot.cells["long"]?.outputs.map { output -> String in
      if case .text(let text) = output { text } else { "" }
    }
    #expect(shown?.first?.utf8.count == OutputLimits.bytes + 2)
    #expect(shown?.last == "… 50,001 more characters are not shown; show a part, as in x[:10]")
  }

  @Test func onlyCellsThatThePageShowsOrNeedsRun() {
    let session = session(
      lesson(cell("a", "a = 2") + cell("unused", "b = 3"), cell("c", "c = a + 1; c")))
    session.run(page: 1)
    #expect(session.runCount == 2)
    #expect(session.snapshot.texts("c") == ["3"])
    #expect(session.snapshot.cells["unused"]?.isPending == true)
    session.run(page: 1)
    #expect(session.runCount == 2)
    session.run(page: 0)
    #expect(session.runCount == 3)
  }

  @Test func cellsMayBeInAnyOrder() {
    let session = session(lesson(cell("b", "b = a + 1; b") + cell("a", "a = 1")))
    session.run(page: 0)
    #expect(session.snapshot.texts("b") == ["2"])
  }

  @Test func aMovedWidgetRunsWhatDependsOnItAndNothingElse() {
    let session = session(
      lesson(
        cell("w", "taps = slider(1, 9, value=3)\ncut = slider(0, 9, value=5)")
          + cell("x", "x = taps * 10; x") + cell("y", "y = cut; y") + cell("z", "z = x + 1; z"),
        cell("other", "other = x; other")))
    session.run(page: 0)
    #expect(session.runCount == 4)
    let revision = session.snapshot.cells["y"]?.revision

    session.perform(.setWidget(cell: "w", name: "taps", to: .number(7)))
    #expect(session.snapshot.cells["x"]?.isStale == true)
    #expect(session.snapshot.cells["z"]?.isStale == true)
    #expect(session.snapshot.cells["other"]?.isStale == false)
    session.run(page: 0)
    // w, x and z; y only uses the name that stayed the same.
    #expect(session.runCount == 7)
    #expect(session.snapshot.texts("z") == ["71"])
    #expect(session.snapshot.cells["y"]?.revision == revision)
    #expect(session.snapshot.cells.values.allSatisfy { !$0.isStale })

    session.run(page: 1)
    #expect(session.snapshot.texts("other") == ["70"])
    session.perform(.setWidget(cell: "w", name: "taps", to: .number(7)))
    #expect(session.snapshot.cells["x"]?.isStale == false)
  }

  @Test func cellsThatReadTheScoreFollowIt() {
    let session = session(
      lesson(cell("s", "questions_right(), questions_answered(), tasks_done()") + cell("x", "1")))
    session.run(page: 0)
    #expect(session.snapshot.texts("s") == ["(0, 0, 0)"])
    var score = Score()
    score.answered = 3
    score.right = 2
    score.tasksDone = 1
    session.perform(.setScore(score))
    #expect(session.snapshot.cells["s"]?.isStale == true)
    session.run(page: 0)
    #expect(session.snapshot.texts("s") == ["(2, 3, 1)"])
    #expect(session.runCount == 3, "the other cell does not run again")
  }

  @Test func anUnchangedValueStopsTheUpdate() {
    let session = session(
      lesson(
        cell("w", "n = slider(0, 9, value=2)") + cell("s", "small = n < 5")
          + cell("t", "t = np.zeros(3) + small; t")))
    session.run(page: 0)
    session.perform(.setWidget(cell: "w", name: "n", to: .number(3)))
    #expect(session.snapshot.cells["t"]?.isStale == true)
    session.run(page: 0)
    #expect(session.runCount == 5)
    #expect(session.snapshot.cells["t"]?.isStale == false)
  }

  @Test func widgetsAreClampedAndReset() {
    let session = session(
      lesson(
        cell("m", "top = slider(5, 50, value=50)"), cell("w", "x = slider(0, top, value=2)\nx")))
    session.run(page: 1)
    session.perform(.setWidget(cell: "w", name: "x", to: .number(400)))
    session.run(page: 1)
    #expect(session.snapshot.sliderValue("w") == 50)
    session.perform(.setWidget(cell: "m", name: "top", to: .number(10)))
    session.run(page: 1)
    #expect(session.snapshot.sliderValue("w") == 10)
    #expect(session.snapshot.texts("w") == ["10"])
    session.perform(.reset(page: 1))
    session.run(page: 1)
    #expect(session.snapshot.sliderValue("w") == 2)
    #expect(session.snapshot.sliderValue("m") == nil || session.snapshot.sliderValue("m") == 10)
  }

  @Test func anUnknownWidgetOrPageChangesNothing() {
    let session = session(lesson(cell("a", "a = 1")))
    session.perform(.setWidget(cell: "nowhere", name: "x", to: .isOn(true)))
    session.perform(.reset(page: 9))
    session.run(page: -1)
    session.run(page: 9)
    #expect(session.runCount == 0)
  }

  @Test func dependentsOfAFailedCellSayWhatTheyWaitFor() {
    let session = session(
      lesson(
        cell("w", "n = slider(0, 3, value=0)")
          + cell("k", "shown = 'before'; shown; kernel = 1 / n")
          + cell("y", "y = kernel * 2") + cell("z", "z = y")))
    session.run(page: 0)
    #expect(session.snapshot.failure("k") == "division by zero")
    #expect(session.snapshot.texts("k") == ["'before'"])
    #expect(session.snapshot.reasonToWait("y") == "waits for kernel, whose cell failed")
    #expect(session.snapshot.reasonToWait("z") == "waits for kernel, whose cell failed")
    session.perform(.setWidget(cell: "w", name: "n", to: .number(2)))
    session.run(page: 0)
    #expect(session.snapshot.hasSucceeded("z"))
    session.perform(.setWidget(cell: "w", name: "n", to: .number(0)))
    session.run(page: 0)
    #expect(session.snapshot.reasonToWait("z") != nil)
  }

  @Test func aFailedCellKeepsItsWidgets() {
    let session = session(lesson(cell("w", "n = slider(0, 3, value=1)\n1 / n")))
    session.run(page: 0)
    session.perform(.setWidget(cell: "w", name: "n", to: .number(0)))
    session.run(page: 0)
    #expect(session.snapshot.failure("w") == "division by zero")
    #expect(session.snapshot.sliderValue("w") == 0)
  }

  @Test func namesWithAnUnderscoreBelongToTheirCell() {
    let session = session(
      lesson(cell("a", "_t = 1; a = _t; a") + cell("b", "_t = 2; b = _t; b") + cell("c", "_t")))
    session.run(page: 0)
    #expect(session.snapshot.texts("a") == ["1"])
    #expect(session.snapshot.texts("b") == ["2"])
    #expect(session.snapshot.failure("c") == "the name _t is not defined")
  }

  @Test func faultyCellsFailInPlaceAndTheRestGoesOn() {
    let session = session(
      lesson(
        cell("syntax", "x = (1") + cell("first", "name = 1") + cell("second", "name = 2")
          + cell("p", "p = q") + cell("q", "q = p") + cell("self", "me = me + 1")
          + cell("fine", "'fine'")
          + cell("shared", "copy = name; copy[0] = 1")))
    session.run(page: 0)
    let snapshot = session.snapshot
    #expect(snapshot.failure("syntax") != nil)
    #expect(snapshot.hasSucceeded("first"))
    #expect(snapshot.failure("second") == "name is already defined by the cell first")
    #expect(snapshot.failure("p")?.contains("depend on each other") == true)
    #expect(snapshot.failure("q") != nil)
    #expect(snapshot.failure("self") == "me is used before it is assigned")
    #expect(snapshot.failure("shared") != nil)
    #expect(snapshot.texts("fine") == ["'fine'"])
  }

  @Test(
    "A cell shows all that is wrong with it, before it runs; what may not be reached does no harm")
  func severalFaults() {
    let session = session(
      lesson(
        cell("bad", "print('ran')\nx = np.zeros(3, dtyp=1)\ny = x.shap\nz = lenn(x)\nw = (1")
          + cell("use", "z") + cell("fine", "a = 1 if True else np.foo; a")))
    session.run(page: 0)
    let snapshot = session.snapshot
    #expect(snapshot.texts("bad").isEmpty)
    #expect(snapshot.failure("bad") == "np.zeros has no parameter dtyp")
    #expect(
      snapshot.cells["bad"]?.furtherErrors.map(\.message) == [
        "'ndarray' has no attribute or method shap", "the name lenn is not defined",
        "'(' is not closed",
      ])
    #expect(snapshot.texts("fine") == ["1"])
    // A text that is mended runs at once, and its dependents with it.
    session.perform(.edit(cell: "bad", source: "z = 5"))
    session.run(page: 0)
    #expect(session.snapshot.texts("use") == ["5"])
  }

  @Test func inlineValuesFollow() throws {
    let session = session(
      lesson(
        "It is `{python} f\"{x:.1f}\"` and `{python} 1 / (x - 2)` and `{python} (`.\n\n"
          + cell("w", "x = slider(0, 9, value=2)")))
    session.run(page: 0)
    func texts() -> Set<String> {
      Set(
        session.snapshot.inlineValues.values.map { result in
          switch result {
          case .text(let text): text
          case .failed(let error): error.message == "division by zero" ? "error" : "syntax"
          case .waiting: "waiting"
          }
        })
    }
    #expect(texts() == ["2.0", "error", "syntax"])
    session.perform(.setWidget(cell: "w", name: "x", to: .number(3)))
    session.run(page: 0)
    #expect(texts() == ["3.0", "1.0", "syntax"])
    #expect(session.snapshot.cells.keys.sorted() == ["w"])
  }

  @Test func anInterruptedRunResumesWhereItStopped() {
    let interrupt = Interrupt()
    let session = Session(
      lesson: lesson(cell("a", "a = 1") + cell("b", "b = a + 1; b")),
      files: FileAccess(.folders([])),
      interrupt: interrupt)
    #expect(!session.run(page: 0) { interrupt.request() })
    #expect(session.snapshot.hasSucceeded("a"))
    #expect(session.snapshot.cells["b"]?.isPending == true)
    interrupt.clear()
    #expect(session.run(page: 0))
    #expect(session.snapshot.texts("b") == ["2"])
    #expect(session.runCount == 3)
  }

  @Test func allCellsShareOneMemoryLimit() {
    let session = session(
      lesson(
        cell("a", "a = np.zeros(6 * 10**7)") + cell("b", "b = np.ones(5 * 10**7)")
          + cell("c", "c = np.ones(4 * 10**7); len(a) + len(b)")))
    session.run(page: 0)
    #expect(session.snapshot.hasSucceeded("b"))
    #expect(session.snapshot.failure("c")?.contains("1 GiB") == true)
  }

  @Test func staticCellsDoNotRun() {
    let session = session(lesson("```python {#s .static}\nx = 1\n```\n" + cell("y", "x")))
    session.run(page: 0)
    #expect(session.snapshot.cells["s"] == nil)
    #expect(session.snapshot.failure("y") == "the name x is not defined")
  }
}
