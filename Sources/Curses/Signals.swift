import CNCurses
import Glibc

/// The signals that concern the terminal, read as data in the screen's loop instead of being handled
/// asynchronously.
struct Signals {
  let descriptor: Int32

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

  init() throws(ScreenError) {
    Self.block()
    var set = Self.watched
    descriptor = signalfd(-1, &set, Int32(SFD_NONBLOCK | SFD_CLOEXEC))
    guard descriptor >= 0 else { throw .system("signalfd", code: errno) }
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
