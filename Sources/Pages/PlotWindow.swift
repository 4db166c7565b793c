import Curves

/// The visible part of a plot's x axis, and the cursor that reads values.
package struct PlotWindow: Hashable, Sendable {
  /// Nil for the whole axis.
  package var range: ClosedRange<Double>?
  /// An index into the first series' points; nil without a cursor.
  package var cursor: Int?

  package init() {}

  /// Halves (`direction` 1) or doubles (−1) the visible range around the cursor or the middle;
  /// never wider than `all`, never narrower than eight times the mean distance of points.
  package mutating func zoom(
    _ direction: Int, all: ClosedRange<Double>, pointCount: Int, about centre: Double?
  ) {
    let shown = range ?? all
    let width = shown.upperBound - shown.lowerBound
    let allWidth = all.upperBound - all.lowerBound
    guard allWidth > 0 else { return }
    let narrowest = allWidth * 8 / Double(max(8, pointCount))
    let newWidth = direction > 0 ? max(narrowest, width / 2) : width * 2
    guard newWidth < allWidth else {
      range = nil
      return
    }
    let middle = centre ?? (shown.lowerBound + shown.upperBound) / 2
    place(from: middle - newWidth / 2, width: newWidth, all: all)
  }

  /// Moves the visible range by tenths of its width, within `all`.
  package mutating func pan(_ tenths: Int, all: ClosedRange<Double>) {
    guard let shown = range else { return }
    let width = shown.upperBound - shown.lowerBound
    place(from: shown.lowerBound + width * Double(tenths) / 10, width: width, all: all)
  }

  /// Shows the cursor at the middle of the visible points of a curve, or hides it.
  package mutating func toggleCursor(on curve: Curve) {
    guard cursor == nil, curve.count > 0 else {
      cursor = nil
      return
    }
    let shown = range.map { curve.indices(ofX: $0) } ?? 0..<curve.count
    cursor = shown.isEmpty ? (curve.count - 1) / 2 : (shown.lowerBound + shown.upperBound - 1) / 2
  }

  /// Moves the cursor by points; the visible range follows it.
  package mutating func moveCursor(_ points: Int, on curve: Curve, all: ClosedRange<Double>) {
    guard let old = cursor, curve.count > 0 else { return }
    let new = min(max(0, old + points), curve.count - 1)
    cursor = new
    let x = curve.x(new)
    guard let shown = range, x.isFinite, !shown.contains(x) else { return }
    let width = shown.upperBound - shown.lowerBound
    place(from: x < shown.lowerBound ? x : x - width, width: width, all: all)
  }

  private mutating func place(from start: Double, width: Double, all: ClosedRange<Double>) {
    let lower = min(max(all.lowerBound, start), all.upperBound - width)
    range = lower...(lower + width)
  }
}
