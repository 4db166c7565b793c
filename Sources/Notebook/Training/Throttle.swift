/// Lets something happen so often and no oftener; what is put off happens later, not never.
struct Throttle: Sendable {
  /// Seconds from one time to the next.
  let interval: Double
  private var isPending = false
  private var lastTime = -Double.infinity

  init(interval: Double) { self.interval = interval }

  mutating func request() { isPending = true }

  /// When it is to happen next; infinite while nothing was requested.
  var time: Double { isPending ? lastTime + interval : .infinity }

  /// Whether it is to happen now; counts as done then.
  mutating func take(at now: Double) -> Bool {
    guard time <= now else { return false }
    isPending = false
    lastTime = now
    return true
  }
}
