import Concurrency
import Glibc

extension Screen {
  /// Runs another program, such as an editor, in the terminal, which it has for itself until it ends.
  ///
  /// Signals that the terminal sends to both programs, as Ctrl-C does, are meant for that one. If it
  /// stops, this program stops with it, so that the shell gets the terminal. One that ends this program
  /// is passed on first.
  ///
  /// - Parameter arguments: the program's path, and its arguments.
  /// - Returns: the exit status, 128 plus the signal that ended it, or nil when it could not be started.
  package func run(_ arguments: [String]) -> Int32? {
    let status = leaving { self.wait(for: Self.start(arguments)) }
    if let signal = status.signal { terminate(by: signal) }
    return status.exit
  }

  /// Starts a program with the signals as usual: a mask is inherited.
  private static func start(_ arguments: [String]) -> pid_t? {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for signal in Signals.terminating + [SIGTSTP, SIGWINCH, SIGCONT, SIGPIPE] {
      sigaddset(&defaults, signal)
    }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var pointers = arguments.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var process = pid_t()
    guard posix_spawn(&process, arguments[0], nil, &attributes, &pointers, environ) == 0 else {
      return nil
    }
    return process
  }

  /// How often to look whether the program has ended, in milliseconds: a stop has no descriptor to wait
  /// for.
  private static let lookInterval: Int32 = 100

  /// - Returns: its exit status, and the signal that is to end this program.
  private func wait(for process: pid_t?) -> (exit: Int32?, signal: Int32?) {
    guard let process else { return (nil, nil) }
    var ending: Int32?
    while true {
      var status: Int32 = 0
      let result = waitpid(process, &status, WNOHANG | WUNTRACED)
      if result < 0, errno != EINTR { return (nil, ending) }
      if result == process {
        // WIFSTOPPED, WIFEXITED and their values, which are macros.
        if status & 0xFF == 0x7F {
          Signals.stopProcessGroup()
          kill(process, SIGCONT)
          continue
        }
        let signal = status & 0x7F
        return (signal == 0 ? (status >> 8) & 0xFF : 128 + signal, ending)
      }
      var descriptor = pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0)
      poll(&descriptor, 1, Self.lookInterval)
      for signal in signals.take()
      where ![SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH].contains(signal) {
        guard ending == nil else { continue }
        ending = signal
        willTerminate()
        // What an editor takes as a reason to keep its file and to end.
        kill(process, SIGHUP)
      }
    }
  }
}
