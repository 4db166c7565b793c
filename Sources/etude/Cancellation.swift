import Concurrency
import Glibc

/// Ctrl-C in a command that computes: the work stops, the terminal is left clean, and the exit code
/// tells the signal, as shells do.
struct Cancellation: Sendable {
  /// Ends the work that it is given to.
  let interrupt = Interrupt()
  let line = StatusLine()
  private let received = Monitor(SIGINT)

  /// How long an operation may take to stop before the program ends without it.
  private static let secondsOfGrace = 0.5

  /// Takes the signals over. To be called before any other thread starts.
  init() {
    // Who started us in the background with signals ignored wants it so.
    let signals = [SIGINT, SIGTERM].filter { signal in
      var action = sigaction()
      sigaction(signal, nil, &action)
      return action.__sigaction_handler.sa_handler == nil
    }
    guard !signals.isEmpty else { return }
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    pthread_sigmask(SIG_BLOCK, &set, nil)
    WorkerThread { [interrupt, line, received, set] in
      var set = set
      var signal: Int32 = 0
      while sigwait(&set, &signal) != 0 {}
      received.withLock { [signal] in $0 = signal }
      interrupt.request()
      Clock.sleep(seconds: Self.secondsOfGrace)
      Self.end(signal, line)
    }?.detach()
  }

  /// Ends the program after its work was interrupted.
  func end() -> Never { Self.end(received.withLock { $0 }, line) }

  private static func end(_ signal: Int32, _ line: StatusLine) -> Never {
    line.clear()
    Console.reportError("interrupted")
    _exit(128 + signal)
  }
}
