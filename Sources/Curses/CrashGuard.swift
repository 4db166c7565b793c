import Glibc

/// Gives the terminal back when the program crashes: a trap would otherwise leave the user with a
/// screen that neither echoes nor scrolls.
///
/// Everything the handler needs is prepared when it is armed. The handler itself only makes calls
/// that POSIX allows in one, and no allocation: write, tcsetattr, dup2, lseek, pread, sigaction,
/// raise.
///
/// After it the program ends at once. Swift's own report of a crash waits half a minute for a key
/// when it stands in a terminal; it comes only when `SWIFT_BACKTRACE` is set.
enum CrashGuard {
  /// - Parameters:
  ///   - farewell: the sequences that leave the screen.
  ///   - modes: the terminal's modes from before the screen.
  static func arm(farewell: [UInt8], modes: termios, errors: DivertedErrors?) {
    disarm()
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: farewell.count)
    _ = bytes.initialize(from: farewell)
    let new = UnsafeMutablePointer<Prepared>.allocate(capacity: 1)
    new.initialize(
      to: Prepared(
        farewell: UnsafeRawBufferPointer(bytes), modes: modes, errors: errors,
        stack: .allocate(byteCount: stackSize, alignment: 16),
        handlers: .allocate(capacity: crashSignals.count)))

    // A stack of its own, so that a stack overflow can be handled too.
    var stack = stack_t()
    stack.ss_sp = new.pointee.stack
    stack.ss_size = stackSize
    sigaltstack(&stack, &new.pointee.oldStack)

    prepared = new
    var action = sigaction()
    action.__sigaction_handler.sa_sigaction = handleCrash
    action.sa_flags = SA_SIGINFO | SA_ONSTACK
    for (index, signal) in crashSignals.enumerated() {
      var old = sigaction()
      sigaction(signal, &action, &old)
      if getenv("SWIFT_BACKTRACE") == nil { old = sigaction() }
      new.pointee.handlers.initializeElement(at: index, to: Handler(signal: signal, old: old))
    }
  }

  /// The screen is gone; crashes are none of our business any more.
  static func disarm() {
    guard let old = prepared else { return }
    prepared = nil
    old.pointee.restoreHandlers()
    if old.pointee.oldStack.ss_sp == nil {
      old.pointee.oldStack.ss_flags = Int32(SS_DISABLE)
    }
    sigaltstack(&old.pointee.oldStack, nil)
    old.pointee.farewell.deallocate()
    old.pointee.stack.deallocate()
    old.pointee.handlers.deallocate()
    old.deallocate()
  }

  private static let stackSize = 65536
}

private struct Prepared {
  let farewell: UnsafeRawBufferPointer
  var modes: termios
  let errors: DivertedErrors?
  let stack: UnsafeMutableRawPointer
  let handlers: UnsafeMutableBufferPointer<Handler>
  var oldStack = stack_t()

  func restoreHandlers() {
    for index in handlers.indices {
      sigaction(handlers[index].signal, &handlers[index].old, nil)
    }
  }
}

private struct Handler {
  let signal: Int32
  /// What happens to the signal after us.
  var old: sigaction
}

private let faults = [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE]

/// And what ends a program that does not listen to it.
private let crashSignals =
  faults + [SIGABRT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU]

/// Written by the main thread only, before the handlers are installed and after they are removed. A
/// signal handler can take no lock, so the compiler has to take our word for it.
nonisolated(unsafe) private var prepared: UnsafeMutablePointer<Prepared>?

/// Restores the terminal, then lets the crash take its course: a fault returns to the instruction
/// that caused it and strikes again under the old action; a signal that was sent is sent once more.
private func handleCrash(
  _ signal: Int32, _ info: UnsafeMutablePointer<siginfo_t>?, _ context: UnsafeMutableRawPointer?
) {
  guard let state = prepared else {
    Glibc.signal(signal, SIG_DFL)
    return
  }
  prepared = nil
  _ = write(STDOUT_FILENO, state.pointee.farewell.baseAddress, state.pointee.farewell.count)
  tcsetattr(STDIN_FILENO, TCSADRAIN, &state.pointee.modes)
  state.pointee.errors?.restore()
  state.pointee.restoreHandlers()
  if let info, info.pointee.si_code <= 0 || !faults.contains(signal) { raise(signal) }
}
