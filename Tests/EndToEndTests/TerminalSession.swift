import Glibc

/// A program in a real terminal emulator: tmux, with keys sent by name and the screen read as text.
final class TerminalSession {
  private let socket: String
  /// The folder in which the program stores the student's progress.
  private let state: String
  private let ownsState: Bool

  /// - Parameters:
  ///   - command: run by the shell; the terminal stays open when it ends.
  ///   - before: run by the same shell before it.
  ///   - state: the folder for progress; nil for a new one that is removed with the session.
  init(
    _ command: String, width: Int = 80, height: Int = 24, terminal: String = "tmux-256color",
    state: String? = nil, before: String = ""
  ) {
    socket = "etude-test-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    self.state = state ?? "/tmp/\(socket)-state"
    ownsState = state == nil
    let shell =
      "\(before) env -u SWIFT_BACKTRACE LANG=C.UTF-8 TERM=\(terminal) "
      + "XDG_STATE_HOME=\(self.state) \(command); "
      // A program that was killed may have left half a sequence and the cursor anywhere, in a raw terminal.
      + "status=$?; printf '\\030\\r\\n'; echo ended with $status; cat"
    tmux(
      ["-f", "/dev/null", "new-session", "-d", "-x", "\(width)", "-y", "\(height)", shell])
    tmux(["set", "-g", "status", "off"])
    resize(width: width, height: height)
  }

  deinit {
    tmux(["kill-server"])
    if ownsState { run("rm", ["-rf", state]) }
  }

  func press(_ keys: String...) { tmux(["send-keys"] + keys) }

  /// Sends characters as they are, such as a terminal's report of the mouse.
  func type(_ text: String) { tmux(["send-keys", "-l", text]) }

  /// Whether the program has asked for reports of the mouse.
  var reportsMouse: Bool {
    tmux(["display-message", "-p", "#{mouse_any_flag}#{mouse_sgr_flag}"]).hasPrefix("11")
  }

  func resize(width: Int, height: Int) {
    tmux(["resize-window", "-x", "\(width)", "-y", "\(height)"])
  }

  var screen: String { tmux(["capture-pane", "-p"]) }

  /// The screen as soon as it satisfies the condition; nil if it does not within 20 s.
  func screen(where condition: (String) -> Bool) -> String? {
    for _ in 0..<400 {
      let text = screen
      if condition(text) { return text }
      usleep(50_000)
    }
    return nil
  }

  func screen(containing text: String) -> String? { screen { $0.contains(text) } }

  /// Sends a signal to the program that the shell runs.
  func signalProgram(_ signal: Int32) { signalProgram([signal]) }

  /// Sends several at once.
  func signalProgram(_ signals: [Int32]) {
    guard let program else { return }
    for signal in signals { kill(program, signal) }
  }

  /// What the shell runs; nil when it has ended.
  private var program: pid_t? {
    let shell = tmux(["display-message", "-p", "#{pane_pid}"]).filter(\.isNumber)
    let children = run("cat", ["/proc/\(shell)/task/\(shell)/children"]).output
    return children.split(separator: " ").first.flatMap { pid_t($0) }
  }

  /// Makes the terminal take no more output, as Ctrl-S does in a shell. The screen cannot change any more.
  func stopOutput() {
    let device = tmux(["display-message", "-p", "#{pane_tty}"]).filter { !$0.isNewline }
    let descriptor = Glibc.open(device, O_RDWR | O_NOCTTY | O_CLOEXEC)
    tcflow(descriptor, TCOOFF)
    close(descriptor)
  }

  /// Whether the program ends; also where the screen cannot show it.
  func hasEnded(within seconds: Int) -> Bool {
    let first = program
    for _ in 0..<(seconds * 20) {
      if program != first { return true }
      usleep(50_000)
    }
    return false
  }

  @discardableResult
  private func tmux(_ arguments: [String]) -> String {
    run("tmux", ["-L", socket] + arguments).output
  }
}

/// Runs a program to completion, or for at most two minutes: status 124 means that it hung. Its output
/// goes through files, because a pipe might be inherited, and kept open, by a tmux server that another
/// test starts at the same moment.
///
/// - Returns: its standard output and error, and its exit status.
@discardableResult
func run(
  _ program: String, _ arguments: [String]
) -> (output: String, errors: String, status: Int32) {
  let base = "/tmp/etude-test-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
  let (outputFile, errorFile) = ("\(base).out", "\(base).err")
  defer {
    unlink(outputFile)
    unlink(errorFile)
  }
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
  for (descriptor, file) in [(STDOUT_FILENO, outputFile), (STDERR_FILENO, errorFile)] {
    posix_spawn_file_actions_addopen(&actions, descriptor, file, O_WRONLY | O_CREAT, 0o600)
  }
  // Otherwise tmux and its children would inherit the signals that the test runner blocks or ignores.
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var signals = sigset_t()
  sigemptyset(&signals)
  posix_spawnattr_setsigmask(&attributes, &signals)
  sigfillset(&signals)
  posix_spawnattr_setsigdefault(&attributes, &signals)
  posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
  var pid = pid_t()
  let strings = (["timeout", "120", program] + arguments).map { strdup($0) } + [nil]
  defer { strings.forEach { free($0) } }
  let code = posix_spawnp(&pid, "timeout", &actions, &attributes, strings, environ)
  guard code == 0 else { return ("", String(cString: strerror(code)), -1) }
  var status: Int32 = 0
  while waitpid(pid, &status, 0) < 0, errno == EINTR {}
  return (contents(of: outputFile), contents(of: errorFile), (status >> 8) & 0xFF)
}

private func contents(of path: String) -> String {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return "" }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 4096)
  while case let count = read(descriptor, &buffer, buffer.count), count > 0 {
    bytes += buffer[..<count]
  }
  return String(decoding: bytes, as: UTF8.self)
}
