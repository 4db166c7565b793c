import Builtins
import EtudeApp
import FileFormats
import Glibc
import Interpreter
import Lessons
import Notebook
import Playback
import Progress
import Synchronization
import TemporaryFolders
import TemporaryState
import Terminal
import Testing

@Suite("Reader loop")
struct ReaderLoopTests {
  private let lesson = Lesson(
    parsing: """
      ---
      title: Loops
      id: loops
      version: 1
      language: en
      ---
      # Loops
      ## First
      ```python {#cell}
      n = slider(1, 9, value=3)
      print("n is", n, "and its square", n ** 2)
      ```
      ## Second
      `{python} n + 100`

      Right so far: `{python} questions_right()` of `{python} questions_answered()`.

      > [!PREDICT]
      > Is it even?
      >
      > - [x] the first time
      > - [ ] never
      """, file: "/nowhere/lesson.md", folder: "/")

  private func run(_ script: [(awaited: String, key: Key)]) -> (ScriptedDisplay, ReaderLoop) {
    let display = ScriptedDisplay(script)
    let loop = loop(on: display)
    loop.run()
    return (display, loop)
  }

  private func loop(
    on display: ScriptedDisplay, store: ProgressStore? = nil, lesson: Lesson? = nil,
    openStore: ((String) -> ProgressStore)? = nil,
    devices: @escaping @Sendable () -> DeviceList = { DeviceList(computing: [], sound: []) }
  ) -> ReaderLoop {
    var configuration = ReaderLoop.Configuration(
      appearance: Appearance(background: .dark, colors: 0, hasUnicode: true),
      reference: Reader.Reference(devices: devices, vocabulary: .standard),
      makePlayer: { _ in Player(silentBecause: "a test needs no sound") },
      files: { _ in FileAccess(.folders([])) })
    configuration.store = store
    configuration.openStore = openStore
    return ReaderLoop(
      lesson: lesson ?? self.lesson, display: display, configuration: configuration)
  }

  // MARK: Other versions of the lesson

  private func text(id: String, _ pages: String) -> String {
    "---\ntitle: Loops\nid: \(id)\n---\n\(pages)"
  }

  private static let taps =
    "```python\ntaps = slider(3, 101, value=11)\nprint(\"taps:\", taps)\n```\n\n"
  private static let gain =
    "```python\ngain = slider(0, 9, value=5)\nprint(\"gain:\", gain)\n```\n\n"
  private static let sum = "> [!PREDICT]\n> How much is 2 + 2?\n>\n> - [ ] 3\n> - [x] 4\n\n"
  private static let other = "> [!PREDICT]\n> How much is 5 + 5?\n>\n> - [x] 10\n> - [ ] 11\n\n"
  private static let count =
    "Counted: `{python} questions_right()` of `{python} questions_answered()`\n\n"

  @Test("F5 with a new cell and a new question in front: everything stays with its own")
  func reloadedVersion() throws {
    let state = StateFolder()
    let file = "\(state.path)/lesson.md"
    state.put(text(id: "loops", "## One\n\(Self.taps)\(Self.sum)\(Self.count)").utf8, at: file)
    let script = ScriptedDisplay([
      ("taps: 11", .tab), ("taps: 11", .right), ("taps: 12", .tab),
      ("1–2 to answer", .character("1")),
    ])
    script.lastKeys = [.function(5)]
    let new = text(
      id: "loops", "## Zero\n\(Self.other)## One\n\(Self.gain)\(Self.taps)\(Self.sum)\(Self.count)")
    script.whenDone = { state.put(new.utf8, at: file) }
    script.afterwards = [
      ("gain: 5", .escape), ("Counted: 0 of 1", .character("q")),
    ]
    loop(on: script, store: state.store(), lesson: try Lesson.read(file: file)).run()
    #expect(script.isDone, "stopped at:\n\(script.screen)")
    #expect(script.screen.contains("taps: 12") && script.screen.contains("gain: 5"))
    let saved = try #require(state.store().saved)
    #expect(saved.entries.questions.map(\.answer) == [.chosen("3", 0)])
    #expect(saved.entries.cells.map(\.widgets) == [["taps": .number(12)]])
    #expect(saved.page.title == "One" && saved.pageIndex == 1)
  }

  @Test("A run is found by its cell's text, and what another cell trains does not replace it")
  func runOfAnotherVersion() throws {
    let state = StateFolder()
    let net = """
      ```python
      X = np.array([[np.sin(k * n) for n in range(8)] for k in range(12)])
      data = dataset(X, np.arange(12) % 2)
      net = nn.Sequential(nn.Flatten(), nn.Linear(8, 2))
      ```

      """
    let fit = "```python\nfit = train(net, data, epochs=3)\n```\n\n"
    let new = "```python\nnew = train(net, data, epochs=2)\n```\n\n"
    func read(_ pages: String) -> Lesson {
      Lesson(parsing: text(id: "loops", pages), file: "lesson.md", folder: "/")
    }
    let first = ScriptedDisplay([
      ("epoch 0/3", .tab), ("epoch 0/3", .enter), ("finished", .character("q")),
    ])
    loop(on: first, store: state.store(), lesson: read("## One\n\(net)\(fit)")).run()
    #expect(first.isDone, "stopped at:\n\(first.screen)")

    // The new cell has the place that the trained one had.
    let second = ScriptedDisplay([
      ("epoch 0/2", .tab), ("epoch 0/2", .enter), ("epoch 2/2", .character("n")),
      ("epoch 3/3", .character("q")),
    ])
    let inserted = read("## Zero\n\(net)\(new)## One\n\(fit)")
    loop(on: second, store: state.store(), lesson: inserted).run()
    #expect(second.isDone, "stopped at:\n\(second.screen)")

    // Both are there; of the changed cell, the run is the one that was trained on just the same.
    let third = ScriptedDisplay([
      ("epoch 3/3", .character("p")), ("epoch 2/2", .character("q")),
    ])
    let renamed = fit.replacing("fit =", with: "result =")
    loop(
      on: third, store: state.store(),
      lesson: read("## Zero\n\(new)## One\n\(renamed)\(net)")
    ).run()
    #expect(third.isDone, "stopped at:\n\(third.screen)")
    #expect(
      state.names(in: "\(state.lesson)/progress").count { $0.hasSuffix(".safetensors") } == 2)
  }

  @Test("F5 after the lesson's id has changed goes on with the new one's progress")
  func reloadedID() throws {
    let state = StateFolder()
    let file = "\(state.path)/lesson.md"
    let pages = "## One\n\(Self.taps)"
    state.put(text(id: "loops", pages).utf8, at: file)
    let script = ScriptedDisplay([("taps: 11", .tab), ("taps: 11", .right)])
    script.lastKeys = [.function(5)]
    script.whenDone = { state.put(self.text(id: "other", pages).utf8, at: file) }
    script.afterwards = [
      ("id is now 'other'", .escape), ("taps: 11", .tab), ("taps: 11", .left),
      ("taps: 10", .character("q")),
    ]
    loop(
      on: script, store: state.store(), lesson: try Lesson.read(file: file),
      openStore: { ProgressStore(lesson: $0, environment: state.environment) }
    ).run()
    #expect(script.isDone, "stopped at:\n\(script.screen)")
    #expect(
      state.store().saved?.entries.cells.map(\.widgets) == [["taps": .number(12)]])
    let other = ProgressStore(lesson: "other", environment: state.environment)
    #expect(other.saved?.entries.cells.map(\.widgets) == [["taps": .number(10)]])
  }

  @Test("When keys arrive together, the copy that R keeps includes the effect of the key before it")
  func resetAtOnce() throws {
    let state = StateFolder()
    let display = ScriptedDisplay([("n is 3", .tab)])
    display.lastKeys = [.right, .character("R"), .character("y"), .character("q")]
    loop(on: display, store: state.store()).run()
    let copy = try FileBytes.read("\(state.lesson)/progress-1/progress.json")
    #expect(
      try SavedProgress(json: copy).entries.cells.map(\.widgets) == [["n": .number(4)]])
    #expect(state.store().saved?.entries.cells == [])
  }

  @Test("Thousands of keys that arrive together in the editor are one piece of text")
  func unbracketedPaste() throws {
    let state = StateFolder()
    let display = ScriptedDisplay([("n is 3", .character("e"))])
    let line = "# " + String(repeating: "pasted ", count: 700)
    display.lastKeys =
      line.map(Key.character) + [.enter] + line.map(Key.character) + [.escape, .character("q")]
    loop(on: display, store: state.store()).run()
    let source = state.store().saved?.entries.cells.first?.edit
    #expect(source?.contains(line + "\n" + line) == true)
    #expect(display.drawCount < 50)
  }

  @Test("Restoring the lesson's text keeps a copy of the student's")
  func restoredCell() throws {
    let state = StateFolder()
    let display = ScriptedDisplay([
      ("n is 3", .character("e")), ("cell cell", .character("#")), ("cell cell", .escape),
      ("edited", .backTab),
    ])
    display.lastKeys = [.character("r"), .character("q")]
    loop(on: display, store: state.store()).run()
    #expect(state.store().saved?.entries.cells == [])
    let copy = try FileBytes.read("\(state.lesson)/progress-1/progress.json")
    #expect(
      try SavedProgress(json: copy).entries.cells.first?.edit?.contains("#") == true)
  }

  @Test(
    "What is being edited when a signal ends the program comes back in the editor, and is not run")
  func signalWhileEditing() throws {
    let state = StateFolder()
    let display = ScriptedDisplay([("n is 3", .character("e")), ("cell cell", .character("#"))])
    display.lastKeys = [.character("q")]
    let loop = loop(on: display, store: state.store())
    display.whenDone = { loop.finish() }
    loop.run()
    let draft = try #require(state.store().savedDrafts.first)
    #expect(draft.cell == "cell" && draft.source == "#" + draft.original)
    #expect(state.store().saved == nil)

    let second = ScriptedDisplay([
      ("your unfinished text is back: Esc keeps it", .right), ("its square 9", .escape),
      ("edited", .character("q")),
    ])
    self.loop(on: second, store: state.store()).run()
    #expect(second.isDone, "stopped at:\n\(second.screen)")
    #expect(state.store().savedDrafts == [])
    #expect(state.store().saved?.entries.cells.first?.edit == draft.source)
  }

  @Test("An unfinished text can be discarded, and waits on its page when another one is shown")
  func discardedDraft() throws {
    let state = StateFolder()
    let original = try #require(lesson.cell("cell")?.source)
    func save(_ drafts: [CellDraft], page: Int = 0) {
      let store = state.store()
      var progress = Progress()
      progress.page = page
      store.save(SavedProgress(progress, in: LessonOutline(of: lesson)))
      store.save(drafts)
      store.finish()
    }
    save([CellDraft(cell: "cell", original: original, source: "n = 8")], page: 1)
    let display = ScriptedDisplay([
      ("you were editing the cell cell on page 1; e opens your text", .character("p")),
      ("its square 9", .character("e")), ("n = 8", .control("g")),
      ("changes discarded", .character("q")),
    ])
    loop(on: display, store: state.store()).run()
    #expect(display.isDone, "stopped at:\n\(display.screen)")
    #expect(state.store().savedDrafts == [])
    #expect(state.store().saved?.entries.cells == [])

    // Of a cell that is found again by its text, and of one that is gone.
    save([
      CellDraft(cell: "old-name", original: original, source: "n = 8"),
      CellDraft(cell: "gone", original: "x = 1", source: "x = 2"),
    ])
    let again = ScriptedDisplay([
      ("your unfinished text is back", .right), ("no longer has the cell gone", .right),
      ("n = 8", .control("g")), ("changes discarded", .character("q")),
    ])
    loop(on: again, store: state.store()).run()
    #expect(again.isDone, "stopped at:\n\(again.screen)")
    #expect(state.store().savedDrafts.map(\.cell) == ["gone"], "nothing is dropped")
  }

  @Test("A cell that did not come back waits for Enter")
  func unreturned() throws {
    let state = StateFolder()
    let source = try #require(lesson.cell("cell")?.source)
    do {
      let store = state.store()
      store.runningCells?.willRun(CellMark(id: "cell", source: source))
    }
    let display = ScriptedDisplay([
      ("the program ended while the cell cell ran, so it waits for Enter now", .escape),
      ("Enter runs it again", .tab), ("▌the program ended while this cell ran", .enter),
      ("its square 9", .character("q")),
    ])
    loop(on: display, store: state.store()).run()
    #expect(display.isDone, "stopped at:\n\(display.screen)")
    #expect(state.store().runningCells?.unreturned == [])
  }

  @Test("Devices that never answer keep nobody waiting")
  func devices() {
    let display = ScriptedDisplay([
      ("its square 9", .character("d")), ("asking the devices", .character("q")),
      ("its square 9", .tab), ("type it", .right), ("n is 4", .character("q")),
    ])
    let loop = loop(on: display, devices: { while true { sleep(1000) } })
    loop.run()
    #expect(display.isDone, "stopped at:\n\(display.screen)")
    let answering = ScriptedDisplay([
      ("its square 9", .character("d")), ("a processor", .character("q")),
      ("its square 9", .character("q")),
    ])
    self.loop(on: answering, devices: { DeviceList(computing: [], sound: ["a processor"]) }).run()
    #expect(answering.isDone, "stopped at:\n\(answering.screen)")
  }

  @Test("Keys move a slider, the worker runs the cell, and the next page uses its value")
  func slider() {
    let (display, _) = run([
      ("its square 9", .tab), ("type it", .right), ("n is 4 and its square 16", .right),
      ("n is 5 and its square 25", .character("n")), ("105", .character("q")),
    ])
    #expect(display.isDone, "stopped at:\n\(display.screen)")
  }

  @Test("An answer is counted in the prose, and by the next reader, too")
  func score() {
    let state = StateFolder()
    let display = ScriptedDisplay([
      ("its square 9", .character("n")), ("Right so far: 0 of 0", .tab),
      ("1–2 to answer", .character("1")), ("Right so far: 1 of 1", .character("q")),
    ])
    loop(on: display, store: state.store()).run()
    #expect(display.isDone, "stopped at:\n\(display.screen)")

    let again = ScriptedDisplay([("Right so far: 1 of 1", .character("q"))])
    loop(on: again, store: state.store()).run()
    #expect(again.isDone, "stopped at:\n\(again.screen)")
  }

  @Test("Suspending, redrawing and reloading a missing file")
  func everywhere() {
    let (display, _) = run([
      ("its square 9", .control("l")), ("its square 9", .control("z")),
      ("its square 9", .function(5)), ("/nowhere/lesson.md: ", .character("q")),
    ])
    #expect(display.isDone, "stopped at:\n\(display.screen)")
    #expect(display.redrawCount == 1)
    #expect(display.suspendCount == 1)
  }

  @Test("Nothing is drawn while nothing changes")
  func idle() {
    let (display, _) = run([("its square 9", .character("q"))])
    #expect(display.drawCount <= 6)
  }

  @Test("y copies the first visible cell and says how much it was")
  func copying() {
    let (display, _) = run([
      ("its square 9", .character("y")),
      ("copied the cell cell: 2 lines", .character("q")),
    ])
    #expect(display.copied == [lesson.cells[0].source])
  }

  @Test("A lesson whose file changes is read again, with place and answers kept")
  func reloading() throws {
    let folder = TemporaryFolder()
    let text = "# L\n## P\n```python {#cell}\nn = slider(1, 9, value=3)\nprint(n * 111)\n```\n"
    let path = folder.write(text, to: "lesson.md")
    let display = ScriptedDisplay([("333", .tab), ("333", .right)])
    display.whenDone = { folder.write(text.replacing("111", with: "1001"), to: "lesson.md") }
    display.lastKeys = [.right]
    display.afterwards = [("5005", .right), ("6006", .character("q"))]
    loop(on: display, lesson: try Lesson.read(file: path)).run()
    #expect(display.isDone, "\(display.screen)")
  }
}
