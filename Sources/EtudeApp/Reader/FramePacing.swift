/// When the screen may be drawn: 30 times a second, but after a pause twice at once, so that a key shows
/// at once, and what follows from it a few milliseconds later, too.
package struct FramePacing {
  /// Milliseconds from one frame to the next.
  package static let interval = 33

  private var last = -2 * interval
  private var beforeLast = -2 * interval

  package init() {}

  /// In milliseconds, as are all times.
  package var nextTime: Int { min(last + Self.interval, beforeLast + 2 * Self.interval) }

  package mutating func note(at time: Int) { (beforeLast, last) = (last, time) }
}
