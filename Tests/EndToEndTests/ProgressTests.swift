import Glibc
import Testing

/// A student's progress is restored the next time, however the last session ended.
@Suite(
  .serialized,
  .enabled(if: run("tmux", ["-V"]).status == 0, "needs tmux: scripts/setup --tests installs it"))
final class ProgressTests {
  private static let folder = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/")!))
  private let state = "/tmp/etude-test-\(getpid())-\(UInt32.random(in: 0...UInt32.max))-progress"

  deinit { run("rm", ["-rf", state]) }

  private func open(
    _ lesson: String = "filters", _ arguments: String = "", environment: String = "",
    before: String = ""
  ) -> TerminalSession {
    let lessons = lesson == "filters" ? "lessons" : "networks"
    return TerminalSession(
      "\(environment) \(CPythonComparison.executable) \(lesson) "
        + "--lessons \(Self.folder)/Fixtures/\(lessons) \(arguments)", height: 40, state: state,
      before: before)
  }

  private var file: String { "\(state)/etude/filters/progress/progress.json" }

  /// Waits until the file contains the text.
  private func isSaved(_ file: String, containing text: String) -> Bool {
    for _ in 0..<400 {
      if run("cat", [file]).output.contains(text) { return true }
      usleep(25_000)
    }
    return false
  }

  @Test("Page and slider are restored; an explicitly requested page takes precedence")
  func comingBack() throws {
    var terminal = open()
    try #require(terminal.screen(containing: "8 taps, each 0.1250") != nil)
    terminal.press("Tab", "Right", "Right")
    try #require(terminal.screen(containing: "10 taps") != nil)
    terminal.press("n")
    try #require(terminal.screen(containing: "2/4") != nil)
    terminal.press("q")
    try #require(terminal.screen(containing: "ended with 0") != nil)
    terminal = open()
    try #require(terminal.screen(containing: "2/4") != nil)
    terminal.press("p")
    #expect(terminal.screen(containing: "10 taps, each 0.1000") != nil)
    terminal.press("q")
    try #require(terminal.screen(containing: "ended with 0") != nil)
    terminal = open("filters", "--page 3")
    #expect(terminal.screen(containing: "3/4") != nil)
  }

  @Test("A trained network is restored without training")
  func trained() throws {
    var terminal = open("learning")
    try #require(terminal.screen(containing: "s to skip") != nil)
    terminal.press("Tab", "2")
    try #require(terminal.screen(containing: "epoch 0/30") != nil)
    terminal.press("Tab", "f", "Enter")
    let first = try #require(terminal.screen(where: isTrained))
    terminal.press("q")
    try #require(terminal.screen(containing: "ended with 0") != nil)
    terminal = open("learning")
    let second = try #require(terminal.screen(where: isTrained))
    #expect(second.contains("(your answer)"))
    #expect(!results(first).isEmpty)
    #expect(results(first) == results(second), "curves and numbers are those of before")
    terminal.press("F5")
    let third = terminal.screen { $0.contains("reloaded") && isTrained($0) }
    #expect(third.map(results) == results(second), "reading the lesson again keeps them, too")
  }

  /// The cell below the run follows it, and may show an earlier epoch's accuracy for a moment.
  private func isTrained(_ screen: String) -> Bool {
    screen.contains("epoch 30/30") && screen.contains("finished")
      && screen.contains("in the end: 1.00")
  }

  /// The rows with curves and numbers, without the focus mark.
  private func results(_ screen: String) -> [Substring] {
    screen.split(separator: "\n").map { $0.dropFirst() }.filter { row in
      row.contains("epoch 30/30") || row.contains("in the end: ")
        || row.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) }
    }
  }

  @Test(
    "A signal in the middle of a run ends the reader, and the run goes on from its last epoch",
    arguments: [SIGTERM, SIGHUP, SIGINT, SIGKILL])
  func signals(signal: Int32) throws {
    var terminal = open("learning")
    let file = "\(state)/etude/learning/progress/progress.json"
    try #require(terminal.screen(containing: "s to skip") != nil)
    terminal.press("Tab", "2")
    try #require(terminal.screen(containing: "epoch 0/30") != nil)
    terminal.press("Tab", ",", ",", "Enter")
    try #require(terminal.screen { $0.contains(/epoch [1-9]\d*\/30/) } != nil)
    // SIGKILL cannot be handled, but changes older than a second are on disk.
    if signal == SIGKILL { #expect(isSaved(file, containing: "questions\": [{")) }
    terminal.signalProgram(signal)
    let after = try #require(terminal.screen(containing: "ended with \(128 + signal)"))
    if signal != SIGKILL { #expect(!after.contains("Learning"), "the terminal is given back") }
    terminal = open("learning")
    // Before the first checkpoint after a minute, a run that is killed is lost.
    let again = try #require(
      terminal.screen { screen in
        signal == SIGKILL
          ? screen.contains("epoch 0/30")
          : screen.contains(/epoch [1-9]\d*\/30/) && screen.contains("paused, ⏎ resumes")
      })
    #expect(again.contains("(your answer)"))
  }

  @Test("A paused run is kept when the student quits, and goes on to the same numbers")
  func pausedRun() throws {
    func train(pausing: Bool) throws -> String {
      var terminal = open("learning", pausing ? "" : "--fresh")
      try #require(terminal.screen(containing: "s to skip") != nil)
      terminal.press("Tab", "2")
      try #require(terminal.screen(containing: "epoch 0/30") != nil)
      terminal.press("Tab")
      if pausing {
        terminal.press("s")
        try #require(terminal.screen { $0.contains("epoch 1/30") && $0.contains("paused") } != nil)
        terminal.press("s")
        try #require(terminal.screen { $0.contains("epoch 2/30") && $0.contains("paused") } != nil)
        terminal.press("q")
        let end = try #require(terminal.screen(containing: "ended with 0"))
        #expect(end.contains("is kept at epoch 2 of 30"))
        terminal = open("learning")
        let notice = try #require(
          terminal.screen { $0.contains("epoch 2/30") && $0.contains("is kept at epoch 2 of 30") })
        #expect(notice.contains("paused, ⏎ resumes"))
        for _ in 0..<6 where !terminal.screen.contains("⏎ start/pause") {
          terminal.press("Tab")
          usleep(200_000)
        }
      }
      terminal.press("f", "Enter")
      let screen = try #require(terminal.screen(where: isTrained))
      terminal.press("q")
      try #require(terminal.screen(containing: "ended with 0") != nil)
      return screen
    }
    let first = results(try train(pausing: true))
    // Without the durations, and the sparkline, which has the room that they leave.
    func numbers(_ rows: [Substring]) -> [String] {
      rows.map { String($0).replacing(/\d+\/s.*/, with: "").replacing(/[▁-█]+/, with: "") }
    }
    let second = results(try train(pausing: false))
    #expect(numbers(second) == numbers(first), "\(first)\n\(second)")
  }

  @Test(
    "Signals in quick succession lose neither a slider nor the text in the editor",
    arguments: [[SIGHUP, SIGHUP], [SIGTERM, SIGHUP], [SIGHUP, SIGTERM], [SIGTERM, SIGTERM]])
  func twoSignals(signals: [Int32]) throws {
    var terminal = open()
    try #require(terminal.screen(containing: "8 taps, each 0.1250") != nil)
    terminal.press("Tab", "Right", "Right")
    try #require(terminal.screen(containing: "10 taps") != nil)
    terminal.press("e")
    try #require(terminal.screen(containing: "cell ") != nil)
    terminal.press("#", "!")
    try #require(terminal.screen(containing: "#!") != nil)
    terminal.signalProgram(signals)
    try #require(terminal.screen(containing: "ended with ") != nil)
    terminal = open()
    let again = try #require(terminal.screen(containing: "your unfinished text is back"))
    #expect(again.contains("#!"))
    terminal.press("C-g")
    #expect(terminal.screen(containing: "10 taps") != nil)
  }

  @Test("The text in the editor survives a reader that is killed, and so does the page")
  func killedWhileEditing() throws {
    var terminal = open()
    try #require(terminal.screen(containing: "8 taps") != nil)
    terminal.press("e")
    try #require(terminal.screen(containing: "cell ") != nil)
    terminal.press("#", "?")
    #expect(isSaved("\(state)/etude/filters/progress/drafts.json", containing: "#?"))
    terminal.signalProgram(SIGKILL)
    try #require(terminal.screen(containing: "ended with 137") != nil)
    terminal = open()
    let again = try #require(terminal.screen(containing: "your unfinished text is back"))
    #expect(again.contains("#?"))
    terminal.press("C-g")
    try #require(terminal.screen(containing: "changes discarded") != nil)
    terminal.press("q")
    try #require(terminal.screen(containing: "ended with 0") != nil)
    #expect(!run("ls", ["\(state)/etude/filters/progress"]).output.contains("drafts"))
  }

  @Test("A cell that is running when the reader is killed waits for Enter the next time")
  func killedCell() throws {
    let lesson = "\(state)/slow.md"
    run("mkdir", ["-p", state])
    run(
      "sh",
      [
        "-c",
        """
        cat > \(lesson) <<'END'
        ---
        title: Slow
        id: slow
        ---
        # Slow
        ## P
        ```python {#slow}
        b = np.argsort(np.sin(np.arange(10**7)))
        ```
        END
        """,
      ])
    func open() -> TerminalSession {
      TerminalSession("\(CPythonComparison.executable) \(lesson)", state: state)
    }
    var terminal = open()
    var looks = 0
    while looks < 400, !run("cat", ["\(state)/etude/slow/lock"]).output.contains(" ") {
      usleep(5_000)
      looks += 1
    }
    terminal.signalProgram(SIGKILL)
    try #require(terminal.screen(containing: "ended with 137") != nil)
    terminal = open()
    let screen = try #require(terminal.screen(containing: "Enter runs it again"))
    #expect(screen.contains("the program ended while the cell slow ran"))
    terminal.press("Tab", "Enter")
    try #require(
      terminal.screen { !$0.contains("Enter runs it again") && !$0.contains("…") } != nil)
    terminal.press("q")
    try #require(terminal.screen(containing: "ended with 0") != nil)
    terminal = open()
    try #require(terminal.screen(containing: "1/1") != nil)
    #expect(!terminal.screen.contains("Enter runs it again"))
  }

  @Test("A second reader says that it does not save; the first one continues to save")
  func twoReaders() throws {
    let first = open()
    try #require(first.screen(containing: "8 taps") != nil)
    let second = open()
    try #require(second.screen(containing: "another reader has this lesson open") != nil)
    second.press("3", "Enter")
    try #require(second.screen(containing: "3/4") != nil)
    second.press("q")
    let end = try #require(second.screen(containing: "ended with 0"))
    #expect(
      end.contains("etude: another reader had this lesson open: what you did in this one was"))
    first.press("n")
    try #require(first.screen(containing: "2/4") != nil)
    first.press("q")
    try #require(first.screen(containing: "ended with 0") != nil)
    #expect(run("cat", [file]).output.contains("\"index\": 1}"))
    let third = open()
    let screen = try #require(third.screen(containing: "2/4"))
    #expect(!screen.contains("another reader"))
  }

  @Test("R and L, and --fresh, start over and keep a copy")
  func startingOver() throws {
    var terminal = open()
    try #require(terminal.screen(containing: "8 taps") != nil)
    terminal.press("n")
    try #require(terminal.screen(containing: "2/4") != nil)
    terminal.press("R")
    try #require(terminal.screen(containing: "Start over?") != nil)
    terminal.press("L")
    let screen = try #require(terminal.screen(containing: "started over"))
    #expect(screen.contains("1/4"))
    terminal.press("n")
    try #require(terminal.screen(containing: "2/4") != nil)
    terminal.press("q")
    try #require(terminal.screen(containing: "ended with 0") != nil)
    terminal = open("filters", "--fresh")
    #expect(try #require(terminal.screen(containing: "started over")).contains("1/4"))
    for number in 1...2 {
      let copy = "\(state)/etude/filters/progress-\(number)/progress.json"
      #expect(run("cat", [copy]).output.contains("\"index\": 1}"))
    }
  }

  @Test("Resetting a page to the lesson's values keeps a copy")
  func pageReset() throws {
    let terminal = open()
    try #require(terminal.screen(containing: "8 taps, each 0.1250") != nil)
    terminal.press("Tab", "Right", "Right")
    try #require(terminal.screen(containing: "10 taps, each 0.1000") != nil)
    terminal.press("R")
    try #require(terminal.screen(containing: "Start over?") != nil)
    terminal.press("y")
    try #require(terminal.screen(containing: "8 taps, each 0.1250") != nil)
    terminal.press("Escape")
    try #require(terminal.screen(containing: "your version of the page is kept in") != nil)
    let copy = "\(state)/etude/filters/progress-1/progress.json"
    #expect(run("cat", [copy]).output.contains("{\"number\": 10.0}"))
    terminal.press("R", "y")
    terminal.press("q")
    try #require(terminal.screen(containing: "ended with 0") != nil)
    #expect(
      run("ls", ["\(state)/etude/filters"]).output == "lock\nprogress\nprogress-1\n",
      "an unchanged page needs no copy")
  }

  @Test("If nothing can be saved, the reader says so and continues")
  func notSaved() throws {
    run("sh", ["-c", "mkdir -p \(state) && touch \(state)/etude"])
    var terminal = open()
    try #require(terminal.screen(containing: "progress is not saved:") != nil)
    terminal.press("n")
    #expect(terminal.screen(containing: "2/4") != nil)
    terminal.press("q")
    let end = try #require(terminal.screen(containing: "ended with 0"))
    #expect(end.contains("etude: progress is not saved: "))
    terminal = open(environment: "env -u HOME -u XDG_STATE_HOME")
    #expect(terminal.screen(containing: "neither HOME nor XDG_STATE_HOME") != nil)
  }

  @Test("A file size limit does not cause a crash")
  func noRoom() throws {
    let terminal = open(before: "ulimit -f 0;")
    try #require(terminal.screen(containing: "8 taps") != nil)
    terminal.press("n")
    #expect(terminal.screen(containing: "progress is not saved:") != nil)
    terminal.press("p")
    #expect(terminal.screen(containing: "8 taps") != nil)
  }

  @Test(
    "A reader that ends while it saves leaves the old state or the new one",
    arguments: [SIGKILL, SIGHUP, SIGINT, SIGABRT])
  func endedWhileSaving(signal: Int32) throws {
    // A reader also saves when it ends: send the signal around that moment, repeatedly.
    for delay in stride(from: 0, to: 16_000, by: 4_000) {
      let terminal = open()
      let page = try #require(
        terminal.screen { $0.contains("1/4") || $0.contains("2/4") }
      ).contains("1/4")
      terminal.press(page ? "n" : "p")
      try #require(terminal.screen(containing: page ? "2/4" : "1/4") != nil)
      terminal.signalProgram(SIGTERM)
      usleep(useconds_t(delay))
      terminal.signalProgram(signal)
      try #require(terminal.screen(containing: "ended with ") != nil)
      let text = run("cat", [file]).output
      #expect(text.isEmpty || text.hasPrefix("{\"format\": 2, ") && text.hasSuffix("]}\n"))
    }
    let screen = try #require(open().screen(containing: "/4"))
    #expect(!screen.contains("cannot be read"))
  }
}
