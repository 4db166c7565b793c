import EtudeApp
import Glibc
import Terminal

/// Presses the next key as soon as the screen shows the awaited text.
final class ScriptedDisplay: Display {
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
  /// The script after those.
  var afterwards: [(awaited: String, key: Key)] = []

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
      script = afterwards
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
    return patience > 0
      ? [] : [.key(.control("g")), .key(.escape), .key(.character("q")), .key(.character("y"))]
  }

  func redraw() { redrawCount += 1 }
  func setMouse(_ isOn: Bool) {}
  func suspend() { suspendCount += 1 }
  private(set) var copied: [String] = []
  func copy(_ text: String) -> String? {
    copied.append(text)
    return nil
  }
  /// Stands for the programs that the reader runs.
  var runProgram: ([String]) -> Int32? = { _ in nil }
  func run(_ arguments: [String]) -> Int32? { runProgram(arguments) }
  var isDone: Bool { script.isEmpty }
}
