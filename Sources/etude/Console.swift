import Concurrency
import Glibc
import Messages
import Terminal

/// Standard output and error, without buffers that a crash would lose.
enum Console {
  /// Text as it is. On a terminal, though, control characters are shown, not obeyed.
  static func write(_ text: String) {
    send(isTerminal ? text.showingControls(except: ["\n", "\t"]) : text)
  }

  /// Text whose escape sequences are meant: pages in colour, drawn on a canvas.
  static func writeStyled(_ text: String) { send(text) }

  private static let isTerminal = isatty(STDOUT_FILENO) == 1

  /// Ends the program when writing fails: silently when the reader has closed the pipe, else with
  /// an error message.
  private static func send(_ text: String) {
    if !writeUnlessClosed(text) { exit(0) }
  }

  /// Text whose control characters are shown already.
  ///
  /// - Returns: false when nobody reads it any more. Other failures end the program.
  static func writeUnlessClosed(_ text: String) -> Bool {
    if write(text, to: STDOUT_FILENO) { return true }
    if errno == EPIPE { return false }
    reportError("the output cannot be written: \(String(cString: strerror(errno)))")
    exit(1)
  }

  /// A line that may contain untrusted text: control characters are shown, not interpreted.
  static func writeLine(_ text: String) { write(printable(text) + "\n") }

  /// One line on standard error: "etude: what happened; what to do".
  static func reportError(_ text: String) {
    _ = write("etude: \(printable(text))\n", to: STDERR_FILENO)
  }

  /// The last line on a terminal's standard error, which the next text replaces.
  static func writeStatus(_ text: String) {
    _ = write("\r\u{1B}[K" + printable(text), to: STDERR_FILENO)
  }

  private static func printable(_ text: String) -> String {
    String(printableCharacters(of: text).map(\.character))
  }

  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = retryingWhenInterrupted {
          Glibc.write(descriptor, rest.baseAddress, rest.count)
        }
        guard count > 0 else { return false }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      }
      return true
    }
  }
}
