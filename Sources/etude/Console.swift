import Glibc

/// Standard output and error, without buffers that a crash would lose.
enum Console {
  /// Ends the program in silence when nobody reads any more.
  static func write(_ text: String) {
    if !write(text, to: STDOUT_FILENO) { exit(0) }
  }

  /// One line on standard error: "etude: what happened; what to do".
  static func complain(_ text: String) {
    _ = write("etude: \(text)\n", to: STDERR_FILENO)
  }

  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      }
      return true
    }
  }
}
