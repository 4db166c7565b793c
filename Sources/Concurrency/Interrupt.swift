import Synchronization

/// A request to stop long work soon; may be set from any thread.
package final class Interrupt: Sendable {
  /// When the work should stop, as the bits of a Double (there are no atomic ones); infinite while
  /// it may continue.
  private let time = Atomic<UInt64>(Double.infinity.bitPattern)

  package init() {}

  package var isRequested: Bool {
    let time = Double(bitPattern: time.load(ordering: .acquiring))
    // Called for every expression, so the clock is read only after a request.
    return time < .infinity && time <= Clock.now()
  }

  /// - Parameter time: on ``Clock``; a time in the past stops the work at once.
  package func request(at time: Double = 0) {
    self.time.store(time.bitPattern, ordering: .releasing)
  }

  package func clear() { request(at: .infinity) }
}

/// Thrown by interrupted work. Not an error to show: the work runs again when its result is needed.
package struct Interrupted: Error {
  package init() {}
}
