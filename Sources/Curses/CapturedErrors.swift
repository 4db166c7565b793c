import CNCurses
import Glibc

/// Captures what libraries write to standard error while the screen is up, where it would corrupt the
/// page, and replays it afterwards.
struct CapturedErrors {
  /// The real standard error.
  let original: Int32
  /// A file in memory.
  let captured: Int32

  /// In bytes. Only the end of longer output is replayed, so that it does not flood the shell.
  static let replayLimit = 16384

  /// Nil if standard error cannot be redirected; messages then appear as usual.
  init?() {
    let captured = curses_memory_file("errors")
    guard captured >= 0 else { return nil }
    let original = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    guard original >= 0 else {
      close(captured)
      return nil
    }
    self.captured = captured
    self.original = original
    dup2(captured, STDERR_FILENO)
  }

  /// Restores standard error and replays the output. Makes async-signal-safe calls only.
  func restore() {
    dup2(original, STDERR_FILENO)
    let end = lseek(captured, 0, SEEK_END)
    var position = max(0, end - off_t(Self.replayLimit))
    withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 1) { buffer in
      while position < end {
        let count = pread(captured, buffer.baseAddress, buffer.count, position)
        guard count > 0, write(STDERR_FILENO, buffer.baseAddress, count) == count else { return }
        position += off_t(count)
      }
    }
  }

  func closeFiles() {
    close(captured)
    close(original)
  }
}
