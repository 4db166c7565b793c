import CThreads

/// Memory that several threads work on in turn.
///
/// Processors pass it to each other line by line. Whoever asks for all of it before the work, instead of
/// meeting each line in its midst, waits once and not a thousand times.
package enum SharedMemory {
  /// Before reading what other threads have written.
  package static func fetch<Element>(_ start: UnsafePointer<Element>, count: Int) {
    etude_fetch(start, count * MemoryLayout<Element>.stride)
  }

  /// Before writing where other threads have read. Stores what is there, so no other thread may use this
  /// memory meanwhile.
  package static func claim<Element>(_ start: UnsafeMutablePointer<Element>, count: Int) {
    etude_claim(start, count * MemoryLayout<Element>.stride)
  }
}
