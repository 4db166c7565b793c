import Glibc
import Testing

/// The real program in unusual surroundings: terminals, window sizes, signals, missing variables,
/// closed pipes, and lessons that are not regular files.
@Suite(
  .serialized,
  .enabled(if: run("tmux", ["-V"]).status == 0, "needs tmux: scripts/setup --tests installs it"))
struct SurroundingsTests {
  private static let fixtures =
    "\(#filePath.prefix(upTo: #filePath.lastIndex(of: "/")!))/Fixtures"
  private static let filters = "filters --lessons \(fixtures)/lessons"

  private func open(
    _ lesson: String = filters, width: Int = 80, height: Int = 24,
    terminal: String = "tmux-256color", environment: String = ""
  ) -> TerminalSession {
    TerminalSession(
      "\(environment) \(CPythonComparison.executable) \(lesson)", width: width, height: height,
      terminal: terminal)
  }

  /// Runs a shell command that contains "etude".
  private func shell(_ line: String) -> (output: String, errors: String, status: Int32) {
    run("sh", ["-c", "etude() { \(CPythonComparison.executable) \"$@\"; }; \(line)"])
  }

  // MARK: Terminals

  @Test(
    "A terminal that cannot show pages is rejected with advice",
    arguments: [
      ("no-such-terminal", "is not known on this system; try TERM=xterm-256color"),
      ("dumb", "'etude read' reads a lesson in plain lines"), ("''", "TERM is not set"),
    ])
  func unusableTerminals(type: String, message: String) throws {
    let screen = try #require(
      open(width: 200, terminal: type).screen(containing: "ended with 1"))
    #expect(screen.contains(message))
  }

  @Test("A tiny window shows the size needed, a huge one is filled")
  func windowSizes() throws {
    let tiny = open(width: 20, height: 5)
    try #require(tiny.screen(containing: "needs") != nil)
    tiny.press("n", "Tab", "?", "q", "q")
    #expect(tiny.screen(containing: "ended with 0") != nil)
    let huge = open(width: 500, height: 200)
    let screen = try #require(huge.screen { $0.contains("8 taps, each") && $0.contains("1/4") })
    #expect(screen.split(separator: "\n").contains { $0.count > 400 })
    huge.press("q")
    #expect(huge.screen(containing: "ended with 0") != nil)
  }

  @Test("After many resizes the page has the last size")
  func resizes() throws {
    let terminal = open()
    try #require(terminal.screen(containing: "1/4") != nil)
    for step in 0..<40 {
      terminal.resize(width: 10 + step * 37 % 190, height: 2 + step * 13 % 60)
    }
    terminal.resize(width: 100, height: 30)
    let screen = try #require(
      terminal.screen {
        $0.split(separator: "\n").first.map { $0.count > 90 && $0.contains("1/4") } == true
      })
    #expect(screen.contains("Filters › A moving average"))
    terminal.press("q")
    #expect(terminal.screen(containing: "ended with 0") != nil)
  }

  @Test("The reader also opens without a home folder")
  func noHome() throws {
    let terminal = open(environment: "env -u HOME -u XDG_STATE_HOME -u USER")
    try #require(terminal.screen(containing: "1/4") != nil)
    terminal.press("n")
    try #require(terminal.screen(containing: "2/4") != nil)
    terminal.press("q")
    #expect(terminal.screen(containing: "ended with 0") != nil)
  }

  @Test(
    "A terminal of a newer type than the system knows is used like xterm, and the reader says so once",
    arguments: ["xterm-kitty-new", "xterm-ghostty-new", "foot-new", "alacritty-new", "wezterm-new"])
  func newTerminals(type: String) throws {
    let terminal = open(width: 160, terminal: type)
    let screen = try #require(terminal.screen(containing: "is not known on this system"))
    #expect(
      screen.contains("the terminal type \(type)") && screen.contains("xterm-256color is used"))
    #expect(screen.contains("Filters › A moving average"))
    terminal.press("n")
    #expect(terminal.screen { $0.contains("2/4") && !$0.contains("is not known") } != nil)
    terminal.press("q")
    #expect(terminal.screen(containing: "ended with 0") != nil)
  }

  // MARK: Ending

  @Test("A plugin of the sound library that hangs, or ends the program, is survived")
  func soundPlugins() throws {
    let folder = "/tmp/etude-test-\(getpid())-plugin"
    defer { _ = run("rm", ["-r", folder]) }
    _ = shell(
      """
      mkdir -p \(folder) && cd \(folder) && cat > hang.c <<'END'
      #include <unistd.h>
      int snd_pcm_open(void **pcm, const char *name, int stream, int mode) { for (;;) pause(); }
      END
      cat > exit.c <<'END'
      #include <stdlib.h>
      int snd_pcm_open(void **pcm, const char *name, int stream, int mode) { exit(3); }
      END
      cc -shared -fPIC -o hang.so hang.c; cc -shared -fPIC -o exit.so exit.c
      cat > lesson.md <<'END'
      ---
      title: Sound
      id: sound
      ---
      # Sound
      ## P
      ```python
      play(np.sin(np.arange(44100) / 20), 44100, label="tone")
      ```
      END
      """)
    func open(_ library: String) throws -> TerminalSession {
      try #require(access("\(folder)/\(library).so", F_OK) == 0, "needs a C compiler")
      let terminal = self.open(
        "\(folder)/lesson.md", environment: "LD_PRELOAD=\(folder)/\(library).so")
      try #require(terminal.screen(containing: "tone") != nil)
      return terminal
    }
    /// Whether it ends with the status, without waiting for the device.
    func endsSoon(_ terminal: TerminalSession, with status: Int) -> Bool {
      let clock = ContinuousClock()
      let start = clock.now
      return terminal.screen(containing: "ended with \(status)") != nil
        && clock.now - start < .seconds(2)
    }
    var terminal = try open("hang")
    terminal.press("d")
    try #require(terminal.screen(containing: "asking the devices") != nil)
    terminal.press("q")
    #expect(terminal.screen { !$0.contains("asking") } != nil, "keys are answered meanwhile")
    terminal.press("d")
    #expect(terminal.screen(containing: "default: it does not answer") != nil)
    terminal.press("q", "Tab", "Enter")
    #expect(terminal.screen(containing: "the sound device default") != nil)
    terminal.press("q")
    #expect(endsSoon(terminal, with: 0))

    terminal = try open("hang")
    terminal.press("d")
    try #require(terminal.screen(containing: "asking the devices") != nil)
    terminal.signalProgram(SIGTERM)
    #expect(endsSoon(terminal, with: 143))

    terminal = try open("exit")
    terminal.press("Tab", "Enter")
    let end = try #require(terminal.screen(containing: "ended with 3"))
    #expect(!end.contains("tone"), "the terminal is given back")
  }

  @Test("A terminal that takes no output does not keep a signal from ending the program")
  func stoppedTerminal() throws {
    let terminal = open()
    try #require(terminal.screen(containing: "8 taps") != nil)
    // The reader waits for a terminal that is stopped: it cannot draw, and so it reads no signal.
    terminal.stopOutput()
    terminal.press("n", "n", "p", "?")
    usleep(200_000)
    terminal.signalProgram(SIGTERM)
    #expect(terminal.hasEnded(within: 10))
  }

  @Test(
    "Signals and crashes in the middle of a training give the terminal back",
    arguments: [
      SIGTERM, SIGHUP, SIGINT, SIGSEGV, SIGABRT, SIGSYS, SIGIO, SIGPWR, SIGSTKFLT, SIGUSR1,
      SIGVTALRM,
      SIGXCPU, 34, 64,
    ])
  func signalsWhileTraining(signal: Int32) throws {
    let terminal = open("learning --lessons \(Self.fixtures)/networks")
    try #require(terminal.screen(containing: "to answer, s to skip") != nil)
    terminal.press("Tab", "s")
    try #require(terminal.screen(containing: "epoch 0/30") != nil)
    terminal.press("Tab", ",", ",", ",", "Enter")
    try #require(terminal.screen(containing: "s left") != nil)
    terminal.signalProgram(signal)
    let after = try #require(terminal.screen(containing: "ended with \(128 + signal)"))
    #expect(!after.contains("epoch"))
  }

  @Test("Quitting does not wait for a long operation")
  func longOperations() throws {
    let folder = "/tmp/etude-test-\(getpid())-long"
    defer { _ = run("rm", ["-r", folder]) }
    _ = shell(
      """
      mkdir -p \(folder) && cat > \(folder)/lesson.md <<'END'
      ---
      title: Long
      id: long
      ---
      ## P
      ```python
      print("begun")
      ```
      ```python
      b = np.argsort(np.sin(np.arange(3 * 10**7)))
      ```
      END
      """)
    let terminal = open("\(folder)/lesson.md")
    try #require(terminal.screen(containing: "begun") != nil)
    terminal.press("q")
    let clock = ContinuousClock()
    // The operation takes several seconds and cannot be interrupted.
    let time = clock.measure { #expect(terminal.screen(containing: "ended with 0") != nil) }
    #expect(time < .seconds(4))
  }

  @Test("Without input or output the reader says what to use instead", arguments: ["<&-", ">&-"])
  func closedStreams(redirection: String) {
    let result = shell("etude \(Self.filters) \(redirection)")
    #expect(result.errors.contains("must be a terminal"))
    #expect(result.errors.contains("etude read"))
    #expect(result.status == 1)
  }

  @Test("A closed pipe is not an error")
  func closedPipes() {
    // Sleeps so that the read end closes before the first line is written.
    let result = shell(
      "{ sleep 0.2; etude render --page 1 \(Self.filters); echo ended with $? >&2; } | true")
    #expect(result.errors == "ended with 0\n")
  }

  // MARK: Lessons that are not regular files

  @Test("A pipe, a folder or a device instead of a lesson is reported, not read")
  func lessonsThatAreNotFiles() {
    let folder = "/tmp/etude-test-\(getpid())-odd"
    defer { _ = run("rm", ["-r", folder]) }
    _ = shell("mkdir -p \(folder)/pipe \(folder)/folder/lesson.md; mkfifo \(folder)/pipe/lesson.md")
    for (name, message) in [
      ("pipe", "this is not a regular file"), ("folder", "this is a folder"),
      ("pipe/lesson.md", "this is not a regular file"), ("/dev/zero", "'/dev/zero' is no lesson"),
    ] {
      let path = name.hasPrefix("/") ? name : "\(folder)/\(name)"
      for command in ["check", "render", "open"] {
        let result = run(
          CPythonComparison.executable, [command, path, "--lessons", "\(Self.fixtures)/lessons"])
        #expect(result.errors.contains(message), "\(command) \(name): \(result.errors)")
        #expect(result.status == 1)
      }
    }
  }
}
