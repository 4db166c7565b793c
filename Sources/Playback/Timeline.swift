/// Maps frames heard from the device, which lags behind what was written, to frames of the sound.
package struct Timeline: Sendable {
  private struct Period {
    /// Frames written to the device before this period.
    var written: Int
    /// The sound's frame at the start, how many frames follow, and where it loops (0: nowhere).
    var frame: Int
    var count: Int
    var loopLength: Int
  }

  private var periods: [Period] = []

  package init() {}

  /// Records a period of the output that plays `count` frames from `frame` on.
  package mutating func append(written: Int, frame: Int, count: Int, loopLength: Int) {
    periods.append(Period(written: written, frame: frame, count: count, loopLength: loopLength))
  }

  /// The sound's frame being heard once `heard` frames of the output have been; nil if no period has
  /// been recorded.
  package func frame(heard: Int) -> Int? {
    guard let period = periods.last(where: { $0.written <= heard }) ?? periods.first else {
      return nil
    }
    let frame = period.frame + max(0, min(heard - period.written, period.count))
    return period.loopLength > 0 ? frame % period.loopLength : frame
  }

  /// Discards the periods before the one being heard.
  package mutating func discard(before heard: Int) {
    guard let current = periods.lastIndex(where: { $0.written <= heard }) else { return }
    periods.removeFirst(current)
  }

  package mutating func removeAll() { periods.removeAll() }
}
