import Testing

/// Training a network in the real program.
@Suite(
  .serialized,
  .enabled(if: run("tmux", ["-V"]).status == 0, "needs tmux: scripts/setup --tests installs it"))
struct TrainingTests {
  private static let folder = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/")!))

  private func open(environment: String = "") -> TerminalSession {
    TerminalSession(
      "\(environment) \(CPythonComparison.executable) learning "
        + "--lessons \(Self.folder)/Fixtures/networks")
  }

  @Test("A question is answered, Enter trains to the last epoch, and the cells below follow")
  func training() throws {
    let terminal = open()
    let covered = try #require(terminal.screen(containing: "to answer, s to skip"))
    #expect(!covered.contains("epoch 0"))
    terminal.press("Tab", "2")
    let answered = try #require(terminal.screen(containing: "epoch 0/30"))
    #expect(answered.contains("✓ nearly always  (your answer)"))
    #expect(answered.contains("⏎ trains"), "the trainer says which key starts it")
    terminal.press("Tab", "f", "Enter")
    try #require(terminal.screen(containing: "epoch 30/30") != nil)
    #expect(terminal.screen(containing: "finished") != nil)
    #expect(terminal.screen(containing: "right in the end: ") != nil)
    terminal.press("q")
    #expect(terminal.screen(containing: "ended with 0") != nil)
  }

  @Test("A run continues while pages are turned, and quitting asks first")
  func turning() throws {
    let terminal = open()
    try #require(terminal.screen(containing: "to answer, s to skip") != nil)
    terminal.press("Tab", "s")
    try #require(terminal.screen(containing: "epoch 0/30") != nil)
    // The slowest pace, so that it is still running.
    terminal.press("Tab", ",", ",", ",", "Enter")
    try #require(terminal.screen(containing: "s left") != nil)
    terminal.press("n")
    try #require(
      terminal.screen { $0.contains("2/2") && $0.contains("training ") && $0.contains("%") } != nil)
    terminal.press("q")
    try #require(terminal.screen(containing: "still training") != nil)
    terminal.press("y")
    #expect(terminal.screen(containing: "ended with 0") != nil)
  }

  @Test("A batch can be stepped stage by stage")
  func stages() throws {
    let terminal = open(environment: "LANG=C LC_ALL=C NO_COLOR=1")
    try #require(terminal.screen(containing: "to answer, s to skip") != nil)
    terminal.press("Tab", "s")
    try #require(terminal.screen(containing: "epoch 0/30") != nil)
    terminal.press("Tab")
    // One at a time: requesting a stage while one is running requests the same stage.
    for stage in ["zero_grad", "forward", "loss", "backward"] {
      terminal.press("b")
      try #require(terminal.screen(containing: "[\(stage)]") != nil)
    }
    terminal.press("s")
    #expect(terminal.screen(containing: "epoch 1/30") != nil)
  }
}
