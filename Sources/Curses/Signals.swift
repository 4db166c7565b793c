import CNCurses
import Glibc

/// The signals that concern the terminal and those that end the program, read as data in the screen's
/// loop instead of being handled asynchronously: so the loop can save before the program ends.
struct Signals {
  let descriptor: Int32

  /// Sent by others, and fatal by default. Faults are not among them: see `CrashGuard`.
  static let terminating: [Int32] =
    [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU]
    + [SIGIO, SIGPWR, SIGSTKFLT]
    + Array(curses_first_realtime_signal()...curses_last_realtime_signal())

  /// Must be called before the first thread starts: threads inherit the mask, and a single thread
  /// that does not block a signal would trigger its default action.
  static func block() {
    var set = watched
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  /// Called when the screen is closed: signals take their usual effect again.
  static func unblock() {
    var set = watched
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  private let previousActions: [(signal: Int32, action: sigaction)]

  /// Only one at a time, on the main thread.
  init() throws(ScreenError) {
    Self.block()
    var set = Self.watched
    descriptor = signalfd(-1, &set, Int32(SFD_NONBLOCK | SFD_CLOEXEC))
    guard descriptor >= 0 else { throw .system("signalfd", code: errno) }
    mainThread = pthread_self()
    var forwarding = sigaction()
    forwarding.__sigaction_handler.sa_handler = forward
    forwarding.sa_flags = SA_RESTART
    previousActions = Self.terminating.map { signal in
      var previous = sigaction()
      sigaction(signal, &forwarding, &previous)
      return (signal, previous)
    }
    curses_ignore_internal_signals()
  }

  /// Signals stay blocked: see ``unblock()``.
  func close() {
    for (signal, action) in previousActions {
      var action = action
      sigaction(signal, &action, nil)
    }
    Glibc.close(descriptor)
  }

  /// The signals received since the last call, in order.
  func take() -> [Int32] {
    var result: [Int32] = []
    var info = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    while read(descriptor, &info, size) == size {
      result.append(Int32(bitPattern: info.ssi_signo))
    }
    return result
  }

  /// A signal that is to end the program, and that nobody has taken yet.
  static var pendingTerminating: Int32? {
    var set = sigset_t()
    sigpending(&set)
    return terminating.first { sigismember(&set, $0) == 1 }
  }

  /// Performs the signal's default action now. Returns if the action is to stop and the process has
  /// been continued, or if the kernel ignores the stop because no shell could continue the process.
  static func performDefaultAction(of signal: Int32) {
    Glibc.signal(signal, SIG_DFL)
    raise(signal)
    unblockOnce(signal)
  }

  /// As the terminal's suspend key does: stops the whole process group, including a script waiting
  /// for us, so that the shell gets the terminal back.
  static func stopProcessGroup() {
    // The handler of curses would take over the terminal as soon as the program continues, even when
    // it continues in the background, only to be ended there.
    var stopping = sigaction()
    var previous = sigaction()
    sigaction(SIGTSTP, &stopping, &previous)
    kill(0, SIGTSTP)
    unblockOnce(SIGTSTP)
    sigaction(SIGTSTP, &previous, nil)
  }

  /// Lets a pending signal through.
  private static func unblockOnce(_ signal: Int32) {
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, signal)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  private static var watched: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in terminating + [SIGWINCH, SIGTSTP, SIGCONT] { sigaddset(&set, signal) }
    return set
  }
}

/// Unchecked, since it is written once, before the handler below is installed, and only read from then
/// on.
nonisolated(unsafe) private var mainThread = pthread_self()

/// Runs on a thread that does not block the signal, such as one of a library, where its default action
/// would end the program at once. The screen reads it on the main thread instead.
private func forward(_ signal: Int32) {
  pthread_kill(mainThread, signal)
}
