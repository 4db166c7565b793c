import Glibc
import Testing

@Suite(
  .serialized,
  .enabled(if: run("tmux", ["-V"]).status == 0, "needs tmux: scripts/setup --tests installs it"))
struct BlindTestTests {
  private static let folder = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/")!))

  private func open(_ options: String) throws -> TerminalSession {
    let terminal = TerminalSession(
      "\(CPythonComparison.executable) filters --lessons \(Self.folder)/Fixtures/lessons \(options)"
    )
    try #require(terminal.screen(containing: "1/4") != nil)
    terminal.press("3", "g")
    try #require(terminal.screen(containing: "soft tone") != nil)
    terminal.press("Tab", "x")
    return terminal
  }

  @Test("Ten rounds of a blind test end with a result")
  func tenRounds() throws {
    let terminal = try open("--audio-device null")
    try #require(terminal.screen(containing: "round 1 of 10") != nil)
    terminal.press("a")
    #expect(terminal.screen(containing: "▶ A  tone") != nil)
    for round in 1...10 {
      try #require(terminal.screen(containing: "round \(round) of 10") != nil)
      terminal.press("x")
      try #require(terminal.screen(containing: "▶ X  A or B?") != nil)
      terminal.press("Down")
      try #require(terminal.screen(containing: "Your answer: X is B, soft tone.") != nil)
      terminal.press("Enter")
    }
    let result = try #require(terminal.screen(containing: " of 10 right. By guessing alone,"))
    #expect(result.contains("Result of the blind test"))
    terminal.press("Escape")
    #expect(terminal.screen(containing: "▌1 tone") != nil)
    terminal.press("q")
    #expect(terminal.screen(containing: "ended with 0") != nil)
  }

  @Test("Without a sound card there is no test, but the reason")
  func withoutSound() throws {
    let terminal = try open("--audio-device none-such")
    let screen = terminal.screen(containing: "a blind test is for the ears, and there is no sound")
    #expect(screen?.contains("soft tone") == true, "the page is there")
  }
}
