import EtudeApp
import Glibc
import Lessons
import Notebook
import Synchronization
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

  /// Presses the next key as soon as the screen shows what the script waits for.
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
      // As poll would: until a wake, in slices that let a test end that waits in vain.
      for _ in 0..<max(1, min(5, timeoutMilliseconds ?? 5)) {
        if alarm.isHeard() { return [] }
        usleep(1_000)
      }
      patience -= 1
      return patience > 0 ? [] : [.key(.character("q"))]
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
      """, file: "/nowhere/lesson.md", folder: "/")

  private func run(_ script: [(awaited: String, key: Key)]) -> (ScriptedDisplay, ReaderLoop) {
    let display = ScriptedDisplay(script)
    let loop = ReaderLoop(
      lesson: lesson, display: display,
      configuration: ReaderLoop.Configuration(
        appearance: Appearance(background: .dark, colors: 0, hasUnicode: true),
        reference: Reader.Reference(devices: { [] }, help: { _ in nil }),
        files: { _ in FileAccess(.folders([])) }))
    loop.run()
    return (display, loop)
  }

  @Test("Keys move a slider, the worker runs the cell, and the next page uses its value")
  func slider() {
    let (display, _) = run([
      ("its square 9", .tab), ("type it", .right), ("n is 4 and its square 16", .right),
      ("n is 5 and its square 25", .character("n")), ("105", .character("q")),
    ])
    #expect(display.isDone, "stopped at:\n\(display.screen)")
  }

  @Test("Suspending, redrawing and a file that is gone")
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
