import CNCurses
import Glibc

/// Keeps what libraries write to standard error while the screen is up, where it would tear the
/// page, and writes it out afterwards.
struct DivertedErrors {
  /// The real standard error.
  let original: Int32
  /// A file in memory.
  let kept: Int32

  /// A chatty library must not bury the shell: only the end of what it said is shown.
  static let replayLimit = 16384

  /// Nil when standard error cannot be diverted; the messages then go where they always went.
  init?() {
    let kept = curses_memory_file("errors")
    guard kept >= 0 else { return nil }
    let original = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    guard original >= 0 else {
      close(kept)
      return nil
    }
    self.kept = kept
    self.original = original
    dup2(kept, STDERR_FILENO)
  }

  /// Gives standard error back and replays. Only calls that a signal handler may make.
  func restore() {
    dup2(original, STDERR_FILENO)
    let end = lseek(kept, 0, SEEK_END)
    var position = max(0, end - off_t(Self.replayLimit))
    withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 1) { buffer in
      while position < end {
        let count = pread(kept, buffer.baseAddress, buffer.count, position)
        guard count > 0, write(STDERR_FILENO, buffer.baseAddress, count) == count else { return }
        position += off_t(count)
      }
    }
  }

  func closeFiles() {
    close(kept)
    close(original)
  }
}
