import Synchronization

/// Wakes a display or a terminal of a script.
final class Alarm: Sendable {
  private let hasRung = Mutex(false)

  func ring() { hasRung.withLock { $0 = true } }

  func isHeard() -> Bool {
    hasRung.withLock { hasRung in
      defer { hasRung = false }
      return hasRung
    }
  }
}
