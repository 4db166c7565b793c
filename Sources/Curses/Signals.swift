import CNCurses
import Glibc

/// The signals that concern the terminal, read as data in the screen's loop rather than handled
/// wherever they strike.
struct Signals {
  let descriptor: Int32

  /// All of them must be blocked before the first thread starts: threads inherit the mask, and one
  /// thread that does not block them would take the default action.
  static func block() {
    var set = watched
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  /// The screen is gone; signals act on the calling thread as they do on any program.
  static func unblock() {
    var set = watched
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  init() throws(ScreenError) {
    Self.block()
    var set = Self.watched
    descriptor = signalfd(-1, &set, Int32(SFD_NONBLOCK | SFD_CLOEXEC))
    guard descriptor >= 0 else { throw .system("signalfd", code: errno) }
  }

  /// Those that came since the last call, in order.
  func take() -> [Int32] {
    var result: [Int32] = []
    var info = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    while read(descriptor, &info, size) == size {
      result.append(Int32(bitPattern: info.ssi_signo))
    }
    return result
  }

  /// Takes the signal's default action now. Returns when the action is to stop and the process was
  /// continued, or when the kernel ignores the stop because nobody could continue it.
  static func takeDefaultAction(of signal: Int32) {
    Glibc.signal(signal, SIG_DFL)
    raise(signal)
    unblockOnce(signal)
  }

  /// As the terminal's own suspend key does it: the whole group stops, also a script that waits for
  /// us, and the shell gets the terminal back.
  static func stopGroup() {
    kill(0, SIGTSTP)
    unblockOnce(SIGTSTP)
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
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT] {
      sigaddset(&set, signal)
    }
    return set
  }
}
