/// Which frame of the sound is heard, when the device is some way behind what was written to it.
package struct Timeline: Sendable {
  private struct Period {
    /// Frames written to the device before this period.
    var written: Int
    /// The sound's frame at its start, how many of it follow, and where it wraps (0: nowhere).
    var frame: Int
    var count: Int
    var loopLength: Int
  }

  private var periods: [Period] = []

  package init() {}

  /// Notes a period of the output that plays `count` frames from `frame` on.
  package mutating func append(written: Int, frame: Int, count: Int, loopLength: Int) {
    periods.append(Period(written: written, frame: frame, count: count, loopLength: loopLength))
  }

  /// The sound's frame that is heard when `heard` frames of the output have been; nil when nothing
  /// was noted.
  package func frame(heard: Int) -> Int? {
    guard let period = periods.last(where: { $0.written <= heard }) ?? periods.first else {
      return nil
    }
    let frame = period.frame + max(0, min(heard - period.written, period.count))
    return period.loopLength > 0 ? frame % period.loopLength : frame
  }

  /// Forgets what lies before the period that is heard now.
  package mutating func forget(before heard: Int) {
    guard let current = periods.lastIndex(where: { $0.written <= heard }) else { return }
    periods.removeFirst(current)
  }

  package mutating func removeAll() { periods.removeAll() }
}
