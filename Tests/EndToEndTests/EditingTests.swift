import Glibc
import TemporaryFolders
import Testing

/// Editing cells, and actions that wait for Enter, in the real program.
@Suite(
  .serialized,
  .enabled(if: run("tmux", ["-V"]).status == 0, "needs tmux: scripts/setup --tests installs it"))
final class EditingTests {
  private static let fixtures =
    String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/")!)) + "/Fixtures"
  private let state = TemporaryFolder()

  private func open(_ lesson: String, in folder: String) -> TerminalSession {
    TerminalSession(
      "XDG_STATE_HOME=\(state.path) \(CPythonComparison.executable) \(lesson) "
        + "--lessons \(Self.fixtures)/\(folder)", height: 40)
  }

  @Test("A cell is edited and runs, an edit is discarded, and the lesson's text can be restored")
  func editing() throws {
    let terminal = open("filters", in: "lessons")
    try #require(terminal.screen(containing: "8 taps, each") != nil)
    terminal.press("e")
    try #require(terminal.screen(containing: "cell average") != nil)
    terminal.press("print(1000 + ", "234")
    #expect(terminal.screen(containing: "✗ line 1") != nil, "the bracket is open")
    terminal.press(")", "Enter", "Escape")
    let kept = try #require(terminal.screen(containing: "1234"))
    #expect(kept.contains("edited") && kept.contains("8 taps, each"))

    terminal.press("e")
    try #require(terminal.screen(containing: "keep and run") != nil)
    terminal.press("print(5000 + 678)", "Enter")
    try #require(terminal.screen(containing: "print(5000 + 678)") != nil)
    terminal.press("C-g")
    let discarded = try #require(terminal.screen(containing: "discarded"))
    #expect(discarded.contains("1234") && !discarded.contains("5678"))

    // The edit is still there the next time, and is removed on request.
    terminal.press("q")
    try #require(terminal.screen(containing: "ended with 0") != nil)
    let again = open("filters", in: "lessons")
    let restored = try #require(again.screen(containing: "1234"))
    #expect(restored.contains("edited"))
    again.press("e", "C-o", "Escape")
    #expect(
      again.screen {
        $0.contains("time = np.arange(400)") && !$0.contains("1234") && !$0.contains("edited")
      } != nil)
  }

  @Test("E gives the terminal to the student's own editor, and the cell runs with its text")
  func externalEditor() throws {
    let terminal = TerminalSession(
      "XDG_STATE_HOME=\(state.path) VISUAL=\"sed -i '1i print(4000 + 321)'\" "
        + "\(CPythonComparison.executable) filters --lessons \(Self.fixtures)/lessons", height: 40)
    try #require(terminal.screen(containing: "8 taps, each") != nil)
    terminal.press("E")
    let edited = try #require(terminal.screen(containing: "4321"))
    #expect(edited.contains("edited") && edited.contains("8 taps, each"))
    terminal.press("q")
    #expect(terminal.screen(containing: "ended with 0") != nil)
  }

  @Test("Without VISUAL and EDITOR, E says what to do; Ctrl-C in an editor ends neither program")
  func editorsAndSignals() throws {
    let terminal = TerminalSession(
      "env -u EDITOR -u VISUAL XDG_STATE_HOME=\(state.path) \(CPythonComparison.executable) filters "
        + "--lessons \(Self.fixtures)/lessons", height: 40)
    try #require(terminal.screen(containing: "8 taps, each") != nil)
    terminal.press("E")
    #expect(terminal.screen(containing: "set VISUAL or EDITOR") != nil)
    terminal.press("q")

    let other = TerminalSession(
      "VISUAL='trap : INT; echo editing; until read line; do :; done; echo \"print(4000 + $line)\" >> ' XDG_STATE_HOME=\(state.path) "
        + "\(CPythonComparison.executable) filters --lessons \(Self.fixtures)/lessons", height: 40)
    try #require(other.screen(containing: "8 taps, each") != nil)
    other.press("E")
    try #require(other.screen(containing: "editing") != nil)
    other.press("C-c")
    other.press("321", "Enter")
    #expect(other.screen(containing: "4321") != nil)
    other.press("q")
    #expect(other.screen(containing: "ended with 0") != nil)
  }

  @Test("Tab completes names from the lesson and from NumPy")
  func completing() throws {
    let terminal = open("filters", in: "lessons")
    try #require(terminal.screen(containing: "8 taps, each") != nil)
    terminal.press("e")
    try #require(terminal.screen(containing: "cell average") != nil)
    terminal.press("np.arang", "Tab", "(sig", "Tab")
    #expect(terminal.screen(containing: "np.arange(signal") != nil)
    #expect(terminal.screen(containing: "signal  signal_in") != nil)
  }

  @Test("Measuring and saving wait for Enter")
  func permissions() throws {
    let terminal = open("times", in: "times")
    let before = try #require(terminal.screen(containing: "waits for a measurement"))
    #expect(before.contains("Enter saves numbers.npy"))
    let file = "\(state.path)/etude/times/files/numbers.npy"
    #expect(access(file, F_OK) != 0)
    terminal.press("Tab", "Enter")
    try #require(terminal.screen(containing: "2 times were measured") != nil)
    #expect(access(file, F_OK) != 0)
    terminal.press("Tab", "Enter")
    try #require(terminal.screen(containing: "saved \(state.path)") != nil)
    #expect(access(file, F_OK) == 0)
    terminal.press("q")
    #expect(terminal.screen(containing: "ended with 0") != nil)
  }
}
