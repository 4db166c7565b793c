import Concurrency
import Glibc
import Terminal

/// Standard output and error, without buffers that a crash would lose.
enum Console {
  /// Ends the program when writing fails: silently when the reader has closed the pipe, else with
  /// an error message.
  static func write(_ text: String) {
    if write(text, to: STDOUT_FILENO) { return }
    if errno == EPIPE { exit(0) }
    reportError("the output cannot be written: \(String(cString: strerror(errno)))")
    exit(1)
  }

  /// A line that may contain untrusted text: control characters are shown, not interpreted.
  static func writeLine(_ text: String) { write(printable(text) + "\n") }

  /// One line on standard error: "etude: what happened; what to do".
  static func reportError(_ text: String) {
    _ = write("etude: \(printable(text))\n", to: STDERR_FILENO)
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
