/// When the screen may be drawn: 30 times a second, but after a pause three times at once. So a key
/// shows at once, and what follows from it, the nearest cell's plot and then the sounds that depend on
/// it, as soon as it is there.
package struct FramePacing {
  /// Milliseconds from one frame to the next.
  package static let interval = 33
  private static let burst = 3

  /// Of the last frames, the oldest first.
  private var times = [Int](repeating: -burst * interval, count: burst)

  package init() {}

  /// In milliseconds, as are all times.
  package var nextTime: Int {
    min(times[Self.burst - 1] + Self.interval, times[0] + Self.burst * Self.interval)
  }

  package mutating func note(at time: Int) {
    times.removeFirst()
    times.append(time)
  }
}
