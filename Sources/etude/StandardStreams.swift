import Concurrency
import EtudeApp
import Glibc

/// Standard input and output as lines: a terminal that only goes forward, or a pipe.
final class StandardStreams: LineTerminal {
  private struct State: Sendable {
    var inputs: [LineInput] = []
    var isWoken = false
    var signal: Int32?
  }

  let width: Int
  let hasUnicode: Bool
  /// Called when a signal is about to end the program: the last chance to save.
  var willTerminate: () -> Void = {}
  private let state = Monitor(State())

  /// Sent by others, and fatal by default.
  private static let terminating = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]
  /// How long saving may take before the program ends without it, in seconds.
  private static let secondsOfGrace = 5.0

  /// Takes over standard input and the signals that end the program. To be called before any other
  /// thread starts.
  init() {
    var size = winsize()
    let isTerminal = isatty(STDOUT_FILENO) == 1
    width =
      isTerminal && ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
      ? Int(size.ws_col) : 80
    setlocale(LC_CTYPE, "")
    hasUnicode =
      nl_langinfo(Int32(CODESET)).map { String(cString: $0) == "UTF-8" } ?? false
    watchSignals()
    WorkerThread { [state] in Self.read(state) }?.detach()
  }

  var wake: @Sendable () -> Void { { [state] in state.change { $0.isWoken = true } } }

  func write(_ text: String) -> Bool { Console.writeUnlessClosed(text) }

  func nextInput(timeoutMilliseconds: Int?) -> LineInput {
    let deadline = timeoutMilliseconds.map { Clock.now() + Double($0) / 1000 } ?? .infinity
    let (input, signal) = state.wait { state -> Monitor<State>.Attempt<(LineInput, Int32?)> in
      if let signal = state.signal { return .found((.nothing, signal)) }
      if !state.inputs.isEmpty { return .found((state.inputs.removeFirst(), nil)) }
      guard !state.isWoken, Clock.now() < deadline else {
        state.isWoken = false
        return .found((.nothing, nil))
      }
      return .retry(at: deadline)
    }
    if let signal {
      willTerminate()
      Self.end(by: signal)
    }
    return input
  }

  // MARK: Lines

  /// Longer lines are cut, since nobody types them.
  private static let lineLimit = 1 << 20

  /// Reads lines to the end of the input.
  private static func read(_ state: Monitor<State>) {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var line: [UInt8] = []
    func finishLine() {
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      let text = String(decoding: line, as: UTF8.self)
      line = []
      state.change { $0.inputs.append(.line(text)) }
    }
    while true {
      let count = retryingWhenInterrupted { Glibc.read(STDIN_FILENO, &buffer, buffer.count) }
      guard count > 0 else { break }
      for byte in buffer[..<count] {
        if byte == UInt8(ascii: "\n") {
          finishLine()
        } else if line.count < lineLimit {
          line.append(byte)
        }
      }
    }
    if !line.isEmpty { finishLine() }
    state.change { $0.inputs.append(.end) }
  }

  // MARK: Signals

  /// What others have told us to ignore stays ignored, as for a program in the background.
  private func watchSignals() {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in Self.terminating {
      var action = sigaction()
      sigaction(signal, nil, &action)
      if action.__sigaction_handler.sa_handler == nil { sigaddset(&set, signal) }
    }
    pthread_sigmask(SIG_BLOCK, &set, nil)
    WorkerThread { [state, set] in
      var set = set
      var signal: Int32 = 0
      while sigwait(&set, &signal) != 0 {}
      state.change { [signal] in $0.signal = signal }
      Clock.sleep(seconds: Self.secondsOfGrace)
      _exit(128 + signal)
    }?.detach()
  }

  private static func end(by signal: Int32) -> Never {
    Glibc.signal(signal, SIG_DFL)
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, signal)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    raise(signal)
    _exit(128 + signal)
  }
}
