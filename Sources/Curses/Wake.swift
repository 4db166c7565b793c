import Glibc

/// Lets any thread end the screen's wait for input.
package final class Wake: Sendable {
  /// Stays open as long as this object lives, so that a late call can't write to another file.
  private let writeEnd: Int32
  let readEnd: Int32

  init() throws(ScreenError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .system("pipe", code: errno) }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    readEnd = ends[0]
    writeEnd = ends[1]
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  /// Does not block. Several calls before the screen wakes up count as one.
  package func signal() {
    // A full pipe wakes the screen too, so a failed write is fine.
    var byte: UInt8 = 1
    _ = write(writeEnd, &byte, 1)
  }

  func drain() {
    withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { buffer in
      while read(readEnd, buffer.baseAddress, buffer.count) > 0 {}
    }
  }
}
