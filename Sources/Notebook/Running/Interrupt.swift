import Synchronization

/// Asks a running cell to stop at its next expression; set from any thread.
package final class Interrupt: Sendable {
  /// The time from which the cell is to stop, as the bits of a Double (there are no atomic ones);
  /// infinite when it may go on.
  private let time = Atomic<UInt64>(Double.infinity.bitPattern)

  package init() {}

  package var isRequested: Bool {
    let time = Double(bitPattern: time.load(ordering: .acquiring))
    // The clock is read only when something was requested: this is asked at every expression.
    return time < .infinity && time <= MonotonicClock.seconds()
  }

  /// - Parameter time: in seconds of the monotonic clock; one that has passed stops the cell at once.
  package func request(at time: Double = 0) {
    self.time.store(time.bitPattern, ordering: .releasing)
  }

  package func clear() { request(at: .infinity) }
}

/// Thrown where a cell was interrupted: no error to show, the cell runs again when it is needed.
package struct Interrupted: Error {
  package init() {}
}
