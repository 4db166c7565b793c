/// Rate limiter; suppressed requests are deferred, not dropped.
struct Throttle: Sendable {
  /// The minimum time between two events, in seconds.
  let interval: Double
  private(set) var isPending = false
  private var lastTime = -Double.infinity

  init(interval: Double) { self.interval = interval }

  mutating func request() { isPending = true }

  /// When the pending request is due; infinite while there is none.
  var time: Double { isPending ? lastTime + interval : .infinity }

  /// Whether a request is due; if so, it counts as performed.
  mutating func take(at now: Double) -> Bool {
    guard time <= now else { return false }
    isPending = false
    lastTime = now
    return true
  }
}
