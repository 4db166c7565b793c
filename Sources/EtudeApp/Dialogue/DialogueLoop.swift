import Concurrency
import Lessons
import Notebook
import Pages
import Terminal

/// Runs a lesson as a dialogue: `etude read`. It has the reader's session, sound and progress, and says
/// what the reader shows.
///
/// Lines are taken one after another, each when the answer to the one before is complete; so a script of
/// lines has the same results every time. A line that is typed after it was said that a cell takes long
/// need not wait.
package final class DialogueLoop {
  package let loop: ReaderLoop
  private let terminal: any LineTerminal
  private let text: LineText
  private var dialogue = Dialogue()
  /// Lines that have been typed, and whether they were while one had to wait.
  private var lines: [(text: String, isUrgent: Bool)] = []
  private var hasEnded = false
  /// Runs the lesson as it was when the page was read.
  private var worker: SessionWorker
  private var isHeard = true
  /// When a cell was last seen to run, or about to.
  private var lastActivity = -Double.infinity

  /// After a training has ended, the cells that follow it are told a moment later.
  private static let settlingTime = 0.1

  package init(
    lesson: Lesson, terminal: any LineTerminal, configuration: ReaderLoop.Configuration
  ) {
    self.terminal = terminal
    text = LineText(width: terminal.width, charset: terminal.hasUnicode ? .unicode : .ascii)
    loop = ReaderLoop(
      lesson: lesson, display: UnseenDisplay(wake: terminal.wake), configuration: configuration)
    worker = loop.worker
  }

  /// Runs until the student quits, the input ends, or nobody reads the output any more.
  package func run() {
    loop.begin()
    dialogue.greet(loop.reader)
    dialogue.resumeEditing(&loop.reader)
    while loop.isRunning, isHeard {
      advance()
      if let line = nextLine() {
        handle(line)
        continue
      }
      if lines.isEmpty, hasEnded, isSettled { break }
      receive(terminal.nextInput(timeoutMilliseconds: untilNextLook))
    }
    loop.end()
    sayGoodbye()
  }

  /// Saves, and says so. For a signal that is about to end the program.
  package func finish() {
    loop.finish()
    // The terminal may have echoed ^C.
    dialogue.gap()
    sayGoodbye()
  }

  private func sayGoodbye() {
    for remark in loop.remarks { dialogue.say(remark.asSentence) }
    if loop.reader.isSaving { dialogue.say("What you did is kept.") }
    speak()
  }

  private func advance() {
    _ = loop.catchUp()
    // The lesson was read again, or started over.
    if loop.worker !== worker {
      worker = loop.worker
      dialogue.forgetPage()
    }
    let now = Clock.now()
    if loop.reader.snapshot.isBusy || loop.reader.isTraining || loop.worker.snapshot.isFollowing {
      lastActivity = now
    }
    takeDevices()
    let isIdle = isIdle(at: now)
    loop.show {
      dialogue.advance(&loop.reader, isIdle: isIdle, at: now)
      speak()
    }
  }

  /// Whether no cell is running or about to run. Those that follow a training in progress do not count.
  private func isIdle(at time: Double) -> Bool {
    if loop.reader.snapshot.isBusy { return false }
    if loop.reader.isTraining || loop.reader.snapshot.trainers.isEmpty { return true }
    return time - lastActivity >= Self.settlingTime
  }

  private var isSettled: Bool {
    // A blind test may end at once, where there is no sound.
    dialogue.isSettled && isIdle(at: Clock.now()) && !loop.reader.isOpeningSound
  }

  /// Milliseconds until something may have changed by itself.
  private var untilNextLook: Int? {
    isSettled && !loop.reader.isTraining && !loop.reader.isAnimating
      ? LessonFileWatch.interval : 20
  }

  // MARK: Lines

  private func receive(_ input: LineInput) {
    switch input {
    case .line(let line): lines.append((line, dialogue.isOverdue))
    case .end: hasEnded = true
    case .nothing: break
    }
  }

  /// The next line, if it is its turn.
  private func nextLine() -> String? {
    if lines.contains(where: \.isUrgent) {
      dialogue.stopWaiting(loop.reader)
      for index in lines.indices { lines[index].isUrgent = false }
      return lines.removeFirst().text
    }
    return isSettled && !lines.isEmpty ? lines.removeFirst().text : nil
  }

  private func handle(_ line: String) {
    // Before each line, so that `savedProgress` is always the state before it.
    loop.save()
    loop.perform(dialogue.handle(line, &loop.reader))
    loop.perform(loop.reader.update(player: loop.player.state))
  }

  private func takeDevices() {
    guard case .devices(let list?, _) = loop.reader.overlay else { return }
    loop.perform(dialogue.takeDevices(list, &loop.reader))
  }

  // MARK: Text

  private func speak() {
    for utterance in dialogue.takeSpeech() where isHeard {
      isHeard = terminal.write(text.written(utterance))
    }
  }
}

/// Stands for the reader's screen, which nobody sees.
private final class UnseenDisplay: Display {
  let width = 80
  let height = 24
  let wake: @Sendable () -> Void

  init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

  func draw(_ canvas: Canvas) {}
  func nextEvents(timeoutMilliseconds: Int?) -> [Event] { [] }
  func redraw() {}
  func setMouse(_ isOn: Bool) {}
  func copy(_ text: String) -> String? { "there is no clipboard here" }
  func suspend() {}
  func run(_ arguments: [String]) -> Int32? { nil }
}
