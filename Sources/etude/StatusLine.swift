import Concurrency
import Glibc
import Interpreter
import Messages

/// What a command is waiting for, as one line on standard error that is rewritten; nothing where
/// that is not a terminal.
final class StatusLine: Sendable {
  private struct State {
    var nextTime: Double
    var isShown = false
  }

  /// Short waits show nothing.
  private static let secondsBefore = 0.5
  private static let interval = 0.2

  private let state = Monitor(State(nextTime: Clock.now() + StatusLine.secondsBefore))
  private let isTerminal = isatty(STDERR_FILENO) == 1

  /// Nil removes the line.
  func show(_ training: AwaitedTraining?) {
    guard isTerminal else { return }
    guard let training else { return clear() }
    state.withLock { state in
      let now = Clock.now()
      guard now >= state.nextTime else { return }
      state.nextTime = now + Self.interval
      state.isShown = true
      Console.writeStatus(training.text)
    }
  }

  func clear() {
    state.withLock { state in
      state.nextTime = Clock.now() + Self.secondsBefore
      guard state.isShown else { return }
      state.isShown = false
      Console.writeStatus("")
    }
  }
}

extension AwaitedTraining {
  /// "train fit: epoch 400 of 10,000, 12 s left". Short enough for 80 columns.
  fileprivate var text: String {
    let subject = name.map { "train \($0.prefix(24))" } ?? "train"
    let rest = secondsLeft.map { ", \(Quantity(seconds: $0, isRough: true)) left" } ?? ""
    return "\(subject): epoch \(Quantity(epoch)) of \(Quantity(epochCount))\(rest)"
  }
}
