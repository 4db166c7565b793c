import Glibc
import Testing

/// The mouse in a real terminal emulator, which tells what it has been asked to report.
@Suite(
  .serialized,
  .enabled(if: run("tmux", ["-V"]).status == 0, "needs tmux: scripts/setup --tests installs it"))
struct MouseTests {
  private static let folder = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/")!))

  private func open(_ options: String = "--mouse", before: String = "") -> TerminalSession {
    TerminalSession(
      "\(CPythonComparison.executable) filters --lessons \(Self.folder)/Fixtures/lessons \(options)",
      height: 40, before: before)
  }

  /// Where the screen shows a text, counted from 1 as terminals do.
  private func place(of text: String, on screen: String) throws -> (x: Int, y: Int) {
    let rows = screen.split(separator: "\n", omittingEmptySubsequences: false)
    let y = try #require(rows.firstIndex { $0.contains(text) }, "\(text) is not in\n\(screen)")
    let start = try #require(rows[y].firstRange(of: text)?.lowerBound)
    return (rows[y].distance(from: rows[y].startIndex, to: start) + 1, y + 1)
  }

  /// Button 0 is the left one, 32 is added while it moves, 65 is the wheel.
  private func report(_ button: Int, _ place: (x: Int, y: Int), isRelease: Bool = false) -> String {
    "\u{1B}[<\(button);\(place.x);\(place.y)\(isRelease ? "m" : "M")"
  }

  @Test("Clicking sets a slider, dragging moves it, the wheel scrolls")
  func slider() throws {
    let terminal = open()
    let screen = try #require(terminal.screen(containing: "8 taps, each 0.1250"))
    #expect(terminal.reportsMouse)
    let rail = try place(of: "├", on: screen)
    terminal.type(report(0, (rail.x + 30, rail.y)))
    let clicked = try #require(
      terminal.screen { $0.contains("taps, each") && !$0.contains("8 taps, each 0.1250") })
    #expect(clicked.contains("▌length N"))
    terminal.type(report(32, (200, rail.y)) + report(0, (200, rail.y), isRelease: true))
    #expect(terminal.screen(containing: "64 taps, each 0.0156") != nil)
    terminal.type(report(0, (5, 1)) + report(0, (5, 1), isRelease: true))
    let contents = try #require(terminal.screen(containing: "3  Listen"))
    terminal.type(report(0, try place(of: "Listen", on: contents)))
    let page = try #require(terminal.screen { $0.contains("3/4") && $0.contains("soft tone") })
    terminal.type(report(0, try place(of: "2 soft tone", on: page)))
    #expect(terminal.screen(containing: "▌2 soft tone") != nil)
    terminal.press("q")
    #expect(terminal.screen(containing: "ended with 0") != nil)
    #expect(!terminal.reportsMouse)
  }

  @Test("M switches it at run time")
  func switching() throws {
    let terminal = open("")
    try #require(terminal.screen(containing: "8 taps, each 0.1250") != nil)
    #expect(!terminal.reportsMouse)
    terminal.press("M")
    #expect(terminal.screen(containing: "the mouse is on") != nil)
    #expect(terminal.reportsMouse)
    terminal.press("M")
    #expect(terminal.screen(containing: "the mouse is off") != nil)
    #expect(!terminal.reportsMouse)
  }

  @Test("It is given back by a crash, by a signal, and while the reader is suspended")
  func givingBack() throws {
    for signal in [SIGSEGV, SIGTERM] {
      let terminal = open()
      try #require(terminal.screen(containing: "8 taps, each 0.1250") != nil)
      #expect(terminal.reportsMouse)
      terminal.signalProgram(signal)
      try #require(terminal.screen(containing: "ended with") != nil)
      #expect(!terminal.reportsMouse, "after signal \(signal)")
    }
    // An interactive shell, in which a job can be stopped and continued.
    let terminal = TerminalSession(
      "bash --norc", height: 40, before: "PS1='ready> '")
    try #require(terminal.screen(containing: "ready>") != nil)
    terminal.type(
      "\(CPythonComparison.executable) filters --lessons \(Self.folder)/Fixtures/lessons --mouse\r")
    try #require(terminal.screen(containing: "8 taps, each 0.1250") != nil)
    #expect(terminal.reportsMouse)
    terminal.press("C-z")
    try #require(terminal.screen(containing: "Stopped") != nil)
    #expect(!terminal.reportsMouse)
    terminal.type("fg\r")
    try #require(terminal.screen(containing: "8 taps, each 0.1250") != nil)
    #expect(terminal.reportsMouse)
  }
}
