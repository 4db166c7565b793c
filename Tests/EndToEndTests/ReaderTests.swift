import Glibc
import Testing

/// The real program in a real terminal emulator.
@Suite(
  .serialized,
  .enabled(if: run("tmux", ["-V"]).status == 0, "needs tmux: scripts/setup --tests installs it"))
struct ReaderTests {
  private static let folder = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/")!))
  private static let lessons = "\(folder)/Fixtures/lessons"

  private func open(
    width: Int = 80, height: Int = 24, terminal: String = "tmux-256color", environment: String = ""
  ) -> TerminalSession {
    TerminalSession(
      "\(environment) \(CPythonComparison.executable) filters --lessons \(Self.lessons)",
      width: width, height: height, terminal: terminal)
  }

  @Test("Pages turn, and quitting restores the terminal")
  func pagesAndQuitting() throws {
    let terminal = open()
    try #require(terminal.screen(containing: "Filters › A moving average") != nil)
    #expect(terminal.screen(containing: "1.00") != nil, "the inline value")
    terminal.press("n")
    #expect(terminal.screen(containing: "2/4") != nil)
    terminal.press("Right")
    #expect(terminal.screen(containing: "3/4") != nil)
    terminal.press("p")
    #expect(terminal.screen(containing: "2/4") != nil)
    terminal.press("q")
    let after = try #require(terminal.screen(containing: "ended with 0"))
    #expect(!after.contains("Filters"))
  }

  @Test("A slider moves, and the cell's plot and text follow")
  func slider() throws {
    let terminal = open(height: 40)
    let before = try #require(terminal.screen(containing: "8 taps, each 0.1250"))
    terminal.press("Tab", "Right", "Right")
    let after = try #require(terminal.screen(containing: "10 taps, each 0.1000"))
    #expect(plotRows(before) != plotRows(after))
    #expect(after.contains("←→ length N"))
    terminal.press("Enter")
    #expect(terminal.screen(containing: "1 … 64") != nil)
    terminal.press("2", "5", "Enter")
    #expect(terminal.screen(containing: "25 taps, each 0.0400") != nil)
    terminal.press("r")
    #expect(terminal.screen(containing: "8 taps, each 0.1250") != nil)
  }

  /// The rows that contain dots of a plot.
  private func plotRows(_ screen: String) -> [Substring] {
    screen.split(separator: "\n").filter { row in
      row.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) }
    }
  }

  @Test("The page follows the window's size")
  func resizing() throws {
    let terminal = open()
    try #require(terminal.screen(containing: "1/4") != nil)
    terminal.resize(width: 140, height: 45)
    let wide = try #require(
      terminal.screen { $0.split(separator: "\n").contains { $0.count > 130 } })
    #expect(wide.contains("1/4"))
    terminal.resize(width: 30, height: 8)
    #expect(terminal.screen(containing: "needs") != nil)
    terminal.resize(width: 80, height: 24)
    #expect(terminal.screen(containing: "1/4") != nil)
  }

  @Test("A stepper steps and flips")
  func stepper() throws {
    let terminal = open()
    try #require(terminal.screen(containing: "1/4") != nil)
    terminal.press("2", "Enter")
    try #require(terminal.screen(containing: "kernel flipped") != nil)
    terminal.press("Tab", "Right", "f")
    let screen = try #require(terminal.screen(containing: "kernel as is"))
    #expect(screen.contains("f flip"))
  }

  @Test("A failing cell says where and why, and the lesson goes on")
  func failure() throws {
    let terminal = open()
    try #require(terminal.screen(containing: "1/4") != nil)
    terminal.press("4", "g")
    let screen = try #require(terminal.screen(containing: "line 1, column"))
    #expect(screen.contains("^"))
    #expect(terminal.screen { $0.contains("broken + 1") } != nil)
  }

  @Test("A player keeps time without a sound card")
  func player() throws {
    let terminal = open()
    try #require(terminal.screen(containing: "1/4") != nil)
    terminal.press("3", "g")
    try #require(terminal.screen(containing: "soft tone") != nil)
    terminal.press("Tab", "Enter")
    #expect(
      terminal.screen { $0.contains("/0:02.0") && !$0.contains("0:00.0/0:02.0") } != nil)
    terminal.press("2")
    #expect(terminal.screen(containing: "▌2 soft tone") != nil)
  }

  @Test("Ctrl-C quits")
  func interrupting() throws {
    let terminal = open()
    try #require(terminal.screen(containing: "1/4") != nil)
    terminal.press("C-c")
    #expect(terminal.screen(containing: "ended with 0") != nil)
  }

  @Test(
    "Signals that end the program give the terminal back", arguments: [SIGTERM, SIGHUP, SIGINT])
  func signals(signal: Int32) throws {
    let terminal = open()
    try #require(terminal.screen(containing: "1/4") != nil)
    terminal.signalProgram(signal)
    let after = try #require(terminal.screen(containing: "ended with \(128 + signal)"))
    #expect(!after.contains("Filters"))
  }

  @Test(
    "Terminals without colour and without UTF-8",
    arguments: [
      ("vt100", "NO_COLOR=1"), ("xterm", "LANG=C LC_ALL=C"), ("linux", ""),
    ])
  func plainTerminals(terminal type: String, environment: String) throws {
    let terminal = open(terminal: type, environment: environment)
    try #require(terminal.screen(containing: "A moving average") != nil)
    terminal.press("?")
    #expect(terminal.screen(containing: "Keys") != nil)
    terminal.press("q", "q")
    #expect(terminal.screen(containing: "ended with 0") != nil)
  }
}
