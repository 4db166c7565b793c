import Synchronization

/// Asks long work to stop soon; set from any thread.
package final class Interrupt: Sendable {
  /// The time from which the work is to stop, as the bits of a Double (there are no atomic ones);
  /// infinite while it may go on.
  private let time = Atomic<UInt64>(Double.infinity.bitPattern)

  package init() {}

  package var isRequested: Bool {
    let time = Double(bitPattern: time.load(ordering: .acquiring))
    // The clock is read only when something was requested: this is asked at every expression.
    return time < .infinity && time <= Clock.now()
  }

  /// - Parameter time: by ``Clock``; a time in the past stops the work at once.
  package func request(at time: Double = 0) {
    self.time.store(time.bitPattern, ordering: .releasing)
  }

  package func clear() { request(at: .infinity) }
}

/// Thrown where work was interrupted: there is no error to show, and the work runs again when its
/// result is needed.
package struct Interrupted: Error {
  package init() {}
}
