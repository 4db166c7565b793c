import CNCurses
import Glibc
import Terminal

/// Captures what libraries write to standard error while the screen is up, where it would corrupt the
/// page, and replays it afterwards. On a terminal, control characters are shown, not obeyed.
struct CapturedErrors {
  /// The real standard error.
  let original: Int32
  /// A file in memory.
  let captured: Int32
  private let isTerminal: Bool

  /// In bytes. Only the end of longer output is replayed, so that it does not flood the shell; the
  /// reason of a crash comes last.
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
    isTerminal = isatty(original) == 1
    dup2(captured, STDERR_FILENO)
  }

  /// Restores standard error and replays the output. Makes async-signal-safe calls only.
  func restore() {
    dup2(original, STDERR_FILENO)
    let end = lseek(captured, 0, SEEK_END)
    var position = max(0, end - off_t(Self.replayLimit))
    if position > 0 { say("etude: the start of a long output of libraries is left out here\n") }
    var filter = ControlFilter()
    // On the stack: larger ones would be allocated.
    withUnsafeTemporaryAllocation(byteCount: 512, alignment: 1) { input in
      withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 1) { output in
        while position < end {
          let count = pread(captured, input.baseAddress, input.count, position)
          guard count > 0 else { return }
          position += off_t(count)
          guard isTerminal else {
            guard write(STDERR_FILENO, input.baseAddress, count) == count else { return }
            continue
          }
          var filled = 0
          for index in 0..<count {
            if output.count - filled < ControlFilter.longestOutput {
              guard write(STDERR_FILENO, output.baseAddress, filled) == filled else { return }
              filled = 0
            }
            filled += filter.put(
              input[index], into: UnsafeMutableRawBufferPointer(rebasing: output[filled...]))
          }
          guard write(STDERR_FILENO, output.baseAddress, filled) == filled else { return }
        }
      }
    }
  }

  private func say(_ text: StaticString) {
    _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
  }

  func closeFiles() {
    close(captured)
    close(original)
  }
}
