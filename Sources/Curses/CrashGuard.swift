import Glibc
import Synchronization

/// Restores the terminal when the program crashes, or a library ends it with `exit`: the user would
/// otherwise be left with a screen that neither echoes nor scrolls.
///
/// Everything the handler needs is prepared by `arm`. The handler itself does not allocate and only
/// makes async-signal-safe calls: poll, write, tcsetattr, dup2, lseek, pread, sigaction, raise.
///
/// The program then ends at once. Swift's own crash report, which waits half a minute for a key in a
/// terminal, is only shown if `SWIFT_BACKTRACE` is set.
enum CrashGuard {
  /// - Parameters:
  ///   - exitSequence: what is sent to leave the screen.
  ///   - modes: the terminal's original modes.
  ///   - willExit: called before an unexpected `exit` ends the program, on the thread that called it.
  static func arm(
    exitSequence: [UInt8], modes: termios, errors: CapturedErrors?,
    willExit: @escaping @Sendable () -> Void
  ) {
    disarm()
    _ = exitHandlers
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: exitSequence.count)
    _ = bytes.initialize(from: exitSequence)
    let new = UnsafeMutablePointer<HandlerState>.allocate(capacity: 1)
    new.initialize(
      to: HandlerState(
        exitSequence: UnsafeRawBufferPointer(bytes), modes: modes, errors: errors,
        willExit: willExit,
        stack: .allocate(byteCount: stackSize, alignment: 16),
        handlers: .allocate(capacity: crashSignals.count)))

    // A separate stack, so that a stack overflow can be handled too.
    var stack = stack_t()
    stack.ss_sp = new.pointee.stack
    stack.ss_size = stackSize
    sigaltstack(&stack, &new.pointee.oldStack)

    handlerState = new
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

  /// Called when the screen is closed: crashes need no handling any more.
  static func disarm() {
    guard let old = handlerState else { return }
    handlerState = nil
    old.pointee.restoreHandlers()
    if old.pointee.oldStack.ss_sp == nil {
      old.pointee.oldStack.ss_flags = Int32(SS_DISABLE)
    }
    sigaltstack(&old.pointee.oldStack, nil)
    old.pointee.exitSequence.deallocate()
    old.pointee.stack.deallocate()
    old.pointee.handlers.deallocate()
    old.deinitialize(count: 1)
    old.deallocate()
  }

  /// Saves and restores the terminal, on whatever thread, before the program ends without the main
  /// thread. Does nothing while no screen is up.
  static func endProgram() {
    guard let state = handlerState else { return }
    isExitingFlag.store(true, ordering: .releasing)
    state.pointee.willExit()
    handlerState = nil
    state.pointee.restoreTerminal()
  }

  private static let stackSize = 65536

  /// Whether `exit` was called while the screen was up: the main thread must not draw any more.
  static var isExiting: Bool { isExitingFlag.load(ordering: .acquiring) }
}

private struct HandlerState {
  let exitSequence: UnsafeRawBufferPointer
  var modes: termios
  let errors: CapturedErrors?
  let willExit: @Sendable () -> Void
  let stack: UnsafeMutableRawPointer
  let handlers: UnsafeMutableBufferPointer<Handler>
  var oldStack = stack_t()

  /// Makes async-signal-safe calls only.
  mutating func restoreTerminal() {
    // A terminal that takes no output, as after Ctrl-S, must not keep the program from ending.
    var output = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
    let takesOutput = poll(&output, 1, 0) == 1
    if takesOutput {
      _ = write(STDOUT_FILENO, exitSequence.baseAddress, exitSequence.count)
    }
    tcsetattr(STDIN_FILENO, TCSANOW, &modes)
    if takesOutput { errors?.restore() }
  }

  func restoreHandlers() {
    for index in handlers.indices {
      sigaction(handlers[index].signal, &handlers[index].old, nil)
    }
  }
}

private struct Handler {
  let signal: Int32
  /// The previous action, to be restored.
  var old: sigaction
}

private let faults = [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE]

/// Faults, and what the C library and the kernel send to a program that has failed. Other signals are
/// read by the screen.
private let crashSignals = faults + [SIGABRT, SIGSYS]

private let isExitingFlag = Atomic(false)

/// Registers the handler of `exit`, once.
private let exitHandlers: Void = {
  atexit(handleExit)
}()

/// Written by the main thread, before the handlers are installed and after they are removed, and by
/// what ends the program.
/// Unsafe because a signal handler cannot take a lock.
nonisolated(unsafe) private var handlerState: UnsafeMutablePointer<HandlerState>?

/// Restores the terminal, then lets the crash proceed: a fault recurs under the previous action when
/// its instruction is retried; a signal that was sent is raised again.
private func handleCrash(
  _ signal: Int32, _ info: UnsafeMutablePointer<siginfo_t>?, _ context: UnsafeMutableRawPointer?
) {
  guard let state = handlerState else {
    Glibc.signal(signal, SIG_DFL)
    return
  }
  handlerState = nil
  state.pointee.restoreTerminal()
  state.pointee.restoreHandlers()
  if let info, info.pointee.si_code <= 0 || !faults.contains(signal) { raise(signal) }
}

/// A library has called `exit`, on whatever thread.
private func handleExit() { CrashGuard.endProgram() }
