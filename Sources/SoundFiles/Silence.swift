import CSndFile
import Glibc
import Synchronization

/// Keeps libsndfile and the decoders that it uses from printing: mpg123 reports damaged files on
/// standard error, in words that are of no use to a student, and our warning tells the same.
///
/// What is exchanged is C's `stderr`, not the descriptor behind it. Everything that we write goes to
/// the descriptor, so other threads can report errors meanwhile.
enum Silence {
  private struct State {
    var depth = 0
    /// As an address, since pointers cannot be shared.
    var original: UInt = 0
  }

  private static let state = Mutex(State())

  /// Where messages go: nowhere. Opened once, never closed, since a thread may still hold it.
  private static let nowhere = UInt(bitPattern: fopen("/dev/null", "we"))

  static func during<Result, Failure: Error>(
    _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    begin()
    defer { end() }
    return try work()
  }

  private static func begin() {
    guard nowhere != 0 else { return }
    state.withLock { state in
      state.depth += 1
      guard state.depth == 1 else { return }
      state.original = UInt(bitPattern: sound_files_error_stream())
      sound_files_set_error_stream(UnsafeMutablePointer(bitPattern: nowhere))
    }
  }

  private static func end() {
    guard nowhere != 0 else { return }
    state.withLock { state in
      state.depth -= 1
      guard state.depth == 0 else { return }
      sound_files_set_error_stream(UnsafeMutablePointer(bitPattern: state.original))
    }
  }
}
