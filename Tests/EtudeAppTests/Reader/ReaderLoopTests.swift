import Builtins
import EtudeApp
import FileFormats
import Glibc
import Interpreter
import Lessons
import Playback
import Progress
import Synchronization
import TemporaryState
import Terminal
import Testing

@Suite("Reader loop")
struct ReaderLoopTests {
  private final class Alarm: Sendable {
    private let hasRung = Mutex(false)

    func ring() { hasRung.withLock { $0 = true } }

    func isHeard() -> Bool {
      hasRung.withLock { hasRung in
        defer { hasRung = false }
        return hasRung
      }
    }
  }

  /// Presses the next key as soon as the screen shows the awaited text.
  private final class ScriptedDisplay: Display {
    let width = 80
    let height = 24
    private let alarm = Alarm()
    private(set) var screen = ""
    private(set) var drawCount = 0
    private(set) var redrawCount = 0
    private(set) var suspendCount = 0
    private var script: [(awaited: String, key: Key)]
    private var patience = 2_000
    /// Keys that arrive together after the script and `whenDone`.
    var lastKeys: [Key] = []
    var whenDone: () -> Void = {}

    init(_ script: [(awaited: String, key: Key)]) { self.script = script }

    var wake: @Sendable () -> Void { { [alarm] in alarm.ring() } }

    func draw(_ canvas: Canvas) {
      screen = canvas.text
      drawCount += 1
    }

    func nextEvents(timeoutMilliseconds: Int?) -> [Event] {
      if let step = script.first, screen.contains(step.awaited) {
        script.removeFirst()
        return [.key(step.key)]
      }
      if script.isEmpty, !lastKeys.isEmpty {
        whenDone()
        defer { lastKeys = [] }
        return lastKeys.map(Event.key)
      }
      // Waits for a wake like poll, in slices, so that a test that waits in vain can end.
      for _ in 0..<max(1, min(5, timeoutMilliseconds ?? 5)) {
        if alarm.isHeard() { return [] }
        usleep(1_000)
      }
      patience -= 1
      // Also leaves an editor or a question.
      return patience > 0 ? [] : [.key(.escape), .key(.character("q")), .key(.character("y"))]
    }

    func redraw() { redrawCount += 1 }
    func suspend() { suspendCount += 1 }
    var isDone: Bool { script.isEmpty }
  }

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

  private func loop(on display: ScriptedDisplay, store: ProgressStore? = nil) -> ReaderLoop {
    var configuration = ReaderLoop.Configuration(
      appearance: Appearance(background: .dark, colors: 0, hasUnicode: true),
      reference: Reader.Reference(devices: { [] }, vocabulary: .standard),
      makePlayer: { _ in Player(silentBecause: "a test needs no sound") },
      files: { _ in FileAccess(.folders([])) })
    configuration.store = store
    return ReaderLoop(lesson: lesson, display: display, configuration: configuration)
  }

  @Test("When keys arrive together, the copy that R keeps includes the effect of the key before it")
  func resetAtOnce() throws {
    let state = StateFolder()
    let display = ScriptedDisplay([("n is 3", .tab)])
    display.lastKeys = [.right, .character("R"), .character("y"), .character("q")]
    loop(on: display, store: state.store()).run()
    let copy = try FileBytes.read("\(state.lesson)/progress-1/progress.json")
    #expect(try Progress(json: copy).widgets == ["cell": ["n": .number(4)]])
    #expect(state.store().saved?.widgets == [:])
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
    #expect(state.store().saved?.edits == [:])
    let copy = try FileBytes.read("\(state.lesson)/progress-1/progress.json")
    #expect(try Progress(json: copy).edits["cell"]?.source.contains("#") == true)
  }

  @Test("A signal that ends the program keeps the cell that is being edited")
  func signalWhileEditing() throws {
    let state = StateFolder()
    let display = ScriptedDisplay([("n is 3", .character("e")), ("cell cell", .character("#"))])
    display.lastKeys = [.character("q")]
    let loop = loop(on: display, store: state.store())
    display.whenDone = { loop.finish() }
    loop.run()
    let edit = try #require(state.store().saved?.edits["cell"])
    #expect(edit.source == "#" + edit.original || edit.source == edit.original + "#")
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
}
