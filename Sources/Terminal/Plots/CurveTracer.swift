/// Draws one series into the raster, dot by dot. Coordinates are dots, not rounded, and may lie
/// anywhere; what is outside of the raster is cut off exactly.
///
/// Points that fall into one column of dots are gathered to their minimum and maximum before
/// anything is drawn: no peak is lost however many samples meet a column, and the work is O(points +
/// dots).
struct CurveTracer {
  private(set) var raster: DotRaster
  private let series: Int
  private let mark: SeriesMark
  /// Where a dot is a whole character, the character tells the series.
  private let isSolid: Bool
  private var steps = 0
  private var previous: (x: Double, y: Double)?
  /// The column that is being gathered.
  private var column = Int.min
  private var lowest = 0
  private var highest = 0

  init(_ raster: DotRaster, series: Int, mark: SeriesMark) {
    self.raster = raster
    self.series = series
    self.mark = mark
    isSolid = raster.dotsDown == 1
  }

  // MARK: Lines

  /// The line goes on to this point; a coordinate that is not finite lifts the pen.
  mutating func lineTo(_ x: Double, _ y: Double) {
    guard x.isFinite, y.isFinite else {
      previous = nil
      return
    }
    let start = previous ?? (x, y)
    previous = (x, y)
    guard let (from, to) = clipped(start, (x, y)) else { return }
    let (startX, startY) = (Int(from.x.rounded()), Int(from.y.rounded()))
    let (endX, endY) = (Int(to.x.rounded()), Int(to.y.rounded()))
    if startX == endX {
      gather(startX, startY)
      gather(endX, endY)
    } else {
      gather(startX, startY)
      connect(startX, startY, endX, endY)
    }
  }

  mutating func finish() {
    flush()
    previous = nil
  }

  private mutating func gather(_ x: Int, _ y: Int) {
    if x != column {
      flush()
      column = x
      lowest = y
      highest = y
    } else {
      lowest = min(lowest, y)
      highest = max(highest, y)
    }
  }

  /// The ends are drawn in any rhythm, so that dotted series keep their peaks too.
  private mutating func flush() {
    guard column != Int.min else { return }
    for y in lowest...highest {
      if isSolid || mark.isDrawn(step: steps)
        || (highest - lowest > 2 && (y == lowest || y == highest))
      {
        raster.set(column, y, series: series)
      }
      steps += 1
    }
    column = Int.min
  }

  /// The dots behind the first one, by Bresenham's algorithm.
  private mutating func connect(_ startX: Int, _ startY: Int, _ endX: Int, _ endY: Int) {
    let (width, height) = (abs(endX - startX), abs(endY - startY))
    let stepX = startX < endX ? 1 : -1
    let stepY = startY < endY ? 1 : -1
    var (x, y) = (startX, startY)
    var error = width - height
    while x != endX || y != endY {
      let doubled = 2 * error
      if doubled > -height {
        error -= height
        x += stepX
      }
      if doubled < width {
        error += width
        y += stepY
      }
      gather(x, y)
    }
  }

  /// The part of a segment whose dots lie inside of the raster (Liang and Barsky's algorithm).
  private func clipped(
    _ start: (x: Double, y: Double), _ end: (x: Double, y: Double)
  ) -> (from: (x: Double, y: Double), to: (x: Double, y: Double))? {
    // Just inside of the edges at which rounding would leave the raster.
    let edge = -0.499
    let (right, bottom) = (Double(raster.width) - 1 - edge, Double(raster.height) - 1 - edge)
    if min(start.x, end.x) >= edge, max(start.x, end.x) <= right,
      min(start.y, end.y) >= edge, max(start.y, end.y) <= bottom
    {
      return (start, end)
    }
    let (deltaX, deltaY) = (end.x - start.x, end.y - start.y)
    var (enter, leave) = (0.0, 1.0)
    for (delta, distance) in [
      (-deltaX, start.x - edge), (deltaX, right - start.x),
      (-deltaY, start.y - edge), (deltaY, bottom - start.y),
    ] {
      if delta == 0 {
        if distance < 0 { return nil }
      } else if delta < 0 {
        enter = max(enter, distance / delta)
      } else {
        leave = min(leave, distance / delta)
      }
    }
    guard enter <= leave else { return nil }
    func inside(_ part: Double) -> (x: Double, y: Double) {
      (
        max(edge, min(right, start.x + part * deltaX)),
        max(edge, min(bottom, start.y + part * deltaY))
      )
    }
    return (inside(enter), inside(leave))
  }

  // MARK: Stems and points

  /// A bar from the baseline to the value, with a head when there is room for heads.
  mutating func stem(_ x: Double, _ y: Double, baseline: Double, hasHead: Bool) {
    guard x.isFinite, y.isFinite, x >= -0.5, x < Double(raster.width) - 0.5 else { return }
    let last = Double(max(0, raster.height - 1))
    let column = Int(x.rounded())
    let top = Int(max(0, min(last, y)).rounded())
    let bottom = Int(max(0, min(last, baseline)).rounded())
    for row in min(top, bottom)...max(top, bottom) {
      raster.set(column, row, series: series)
    }
    if hasHead, y > -0.5, y < Double(raster.height) - 0.5 {
      raster.set(column - 1, top, series: series)
      raster.set(column + 1, top, series: series)
    }
  }

  mutating func point(_ x: Double, _ y: Double) {
    guard x.isFinite, y.isFinite, abs(x) < 1e6, abs(y) < 1e6 else { return }
    raster.set(Int(x.rounded()), Int(y.rounded()), series: series)
  }
}
