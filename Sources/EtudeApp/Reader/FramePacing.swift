/// When the screen may be drawn: 30 times a second, but after a pause four times at once. So a key
/// shows at once, and what follows from it, the nearest cell's plots and then the sounds that depend
/// on them, as soon as it is there.
///
/// A key does not wait for its turn among the frames of a training either; held down, it is drawn 30
/// times a second.
package struct FramePacing {
  /// Milliseconds from one frame to the next.
  package static let interval = 33
  private static let burst = 4

  /// Of the last frames, and of the last ones for a key, the oldest first.
  private var times = [Int](repeating: -burst * interval, count: burst)
  private var keyTimes = [Int](repeating: -burst * interval, count: burst)

  package init() {}

  /// In milliseconds, as are all times.
  ///
  /// - Parameter hasKey: whether a key waits to be shown.
  package func nextTime(hasKey: Bool) -> Int {
    if hasKey { return keyTimes[0] + Self.burst * Self.interval }
    return min(times[Self.burst - 1] + Self.interval, times[0] + Self.burst * Self.interval)
  }

  package mutating func note(at time: Int, hasKey: Bool) {
    times.removeFirst()
    times.append(time)
    guard hasKey else { return }
    keyTimes.removeFirst()
    keyTimes.append(time)
  }
}
