import EtudeApp
import Glibc
import Interpreter
import Lessons
import Playback
import Progress
import Sounds
import Terminal

/// Types the lines of a script, one after another, and keeps what is said.
final class ScriptedTerminal: LineTerminal {
  let width = 100
  let hasUnicode: Bool
  private(set) var output = ""
  private var lines: [String]
  /// Lines that are typed once a text was said.
  var later: (awaited: String, lines: [String])?
  /// Nobody reads what is said after this text.
  var closesAfter: String?
  /// Whether the player has a sound card.
  var hasSound = false
  private let alarm = Alarm()
  private var patience = 5_000

  init(_ lines: [String], hasUnicode: Bool = true) {
    self.lines = lines
    self.hasUnicode = hasUnicode
  }

  var wake: @Sendable () -> Void { { [alarm] in alarm.ring() } }

  func write(_ text: String) -> Bool {
    output += text
    return closesAfter.map { !output.contains($0) } ?? true
  }

  func nextInput(timeoutMilliseconds: Int?) -> LineInput {
    if !lines.isEmpty { return .line(lines.removeFirst()) }
    if let later, output.contains(later.awaited) {
      lines = later.lines
      self.later = nil
      return nextInput(timeoutMilliseconds: timeoutMilliseconds)
    }
    patience -= 1
    if later == nil || patience < 0 {
      defer { usleep(1_000) }
      return .end
    }
    for _ in 0..<max(1, min(5, timeoutMilliseconds ?? 5)) where !alarm.isHeard() { usleep(1_000) }
    return .nothing
  }

  /// Reads a lesson from the first line of the script to the last.
  func read(_ lesson: Lesson, store: ProgressStore? = nil) {
    var configuration = ReaderLoop.Configuration(
      appearance: Appearance(background: .dark, colors: 0, hasUnicode: hasUnicode),
      reference: Reader.Reference(
        devices: { DeviceList(computing: [], sound: ["no card", "this lists cards:", "  lspci"]) },
        vocabulary: .standard),
      makePlayer: { [hasSound] _ in
        hasSound
          ? Player(lingerSeconds: 1) { QuietOutput(sampleRate: $0) }
          : Player(silentBecause: "a test needs no sound")
      },
      files: { _ in FileAccess(.folders([])) })
    configuration.store = store
    DialogueLoop(lesson: lesson, terminal: self, configuration: configuration).run()
  }
}

/// Stands for a sound card that nobody hears.
private final class QuietOutput: SoundOutput {
  let sampleRate: Int
  let delay = 0
  let description = SoundDestination.device("a test")

  init(sampleRate: Int) { self.sampleRate = sampleRate }

  func write(_ samples: UnsafeBufferPointer<Int16>) { usleep(500) }
  func close() {}
}
