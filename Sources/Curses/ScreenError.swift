/// Why the screen cannot be opened.
package enum ScreenError: Error, Hashable, CustomStringConvertible {
  case notATerminal
  case noTerminalType
  case unknownTerminal(String)
  case noCursorMovement(String)
  case system(String, code: Int32)

  package var description: String {
    switch self {
    case .notATerminal:
      "standard input and output must be a terminal to show a lesson; "
        + "'etude read' reads it in plain lines, also through pipes"
    case .noTerminalType:
      "the environment variable TERM is not set; try TERM=xterm-256color"
    case .unknownTerminal(let name):
      "the terminal type TERM=\(name) is not known on this system; "
        + "try TERM=xterm-256color, or install the package ncurses-term"
    case .noCursorMovement(let name):
      "a terminal of type TERM=\(name) cannot move the cursor; "
        + "'etude read' reads a lesson in plain lines"
    case .system(let call, let code):
      "the terminal could not be set up: \(call) failed with error \(code)"
    }
  }
}
