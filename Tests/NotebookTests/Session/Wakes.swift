import Glibc
import Notebook
import Testing

/// Counts a worker's calls, and lets a test wait for them without sleeping.
final class Wakes: Sendable {
  private let descriptors: (read: Int32, write: Int32)

  init() {
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    descriptors = (ends[0], ends[1])
  }

  deinit {
    close(descriptors.read)
    close(descriptors.write)
  }

  func wake() {
    var byte: UInt8 = 1
    _ = write(descriptors.write, &byte, 1)
  }

  /// Waits for the next call; false when none came for 20 seconds.
  private func next() -> Bool {
    var descriptor = pollfd(fd: descriptors.read, events: Int16(POLLIN), revents: 0)
    guard poll(&descriptor, 1, 20_000) == 1 else { return false }
    var byte: UInt8 = 0
    return read(descriptors.read, &byte, 1) == 1
  }

  /// Waits until the worker's snapshot meets a condition.
  @discardableResult
  func wait(
    for worker: SessionWorker, until isReady: (Snapshot) -> Bool
  ) throws -> Snapshot {
    while true {
      let snapshot = worker.snapshot
      if isReady(snapshot) { return snapshot }
      try #require(next(), "the worker fell silent")
    }
  }
}
