import Curves

/// Draws one series into the raster, dot by dot. Coordinates are in dots, unrounded, and may lie
/// anywhere; lines are clipped exactly at the edges of the raster.
///
/// Points in the same column of dots are reduced to their minimum and maximum before drawing: no
/// peak is lost however many samples share a column, and the work is O(points + dots).
struct CurveTracer {
  private(set) var raster: DotRaster
  private let series: Int
  private let style: SeriesStyle
  /// Draw every dot, as in ASCII, where a cell has only one.
  private let isSolid: Bool
  private var steps = 0
  private var previous: (x: Double, y: Double)?
  /// The column being accumulated.
  private var column = Int.min
  private var lowest = 0
  private var highest = 0

  init(_ raster: DotRaster, series: Int, style: SeriesStyle) {
    self.raster = raster
    self.series = series
    self.style = style
    isSolid = raster.dots == .ascii || !style.isFaint
  }

  private mutating func set(_ x: Int, _ y: Int) {
    raster.set(x, y, series: series, isFaint: style.isFaint)
  }

  // MARK: Lines

  /// Continues the line to this point; a non-finite coordinate leaves a gap.
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
      accumulate(startX, startY)
      accumulate(endX, endY)
    } else {
      accumulate(startX, startY)
      connect(startX, startY, endX, endY)
    }
  }

  mutating func finish() {
    flush()
    previous = nil
  }

  private mutating func accumulate(_ x: Int, _ y: Int) {
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

  /// Both ends are drawn in any case, so that dotted series keep their peaks too.
  private mutating func flush() {
    guard column != Int.min else { return }
    for y in lowest...highest {
      if isSolid || style.isDrawn(step: steps)
        || (highest - lowest > 2 && (y == lowest || y == highest))
      {
        set(column, y)
      }
      steps += 1
    }
    column = Int.min
  }

  /// The dots after the first one, by Bresenham's algorithm.
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
      accumulate(x, y)
    }
  }

  /// The part of a segment whose dots lie inside the raster (Liang–Barsky algorithm).
  private func clipped(
    _ start: (x: Double, y: Double), _ end: (x: Double, y: Double)
  ) -> (from: (x: Double, y: Double), to: (x: Double, y: Double))? {
    // Just within the limits beyond which rounding would leave the raster.
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

  /// A bar from the baseline to the value, with an optional head.
  mutating func stem(_ x: Double, _ y: Double, baseline: Double, hasHead: Bool) {
    guard x.isFinite, y.isFinite, x >= -0.5, x < Double(raster.width) - 0.5 else { return }
    let last = Double(max(0, raster.height - 1))
    let column = Int(x.rounded())
    let top = Int(max(0, min(last, y)).rounded())
    let bottom = Int(max(0, min(last, baseline)).rounded())
    for row in min(top, bottom)...max(top, bottom) {
      set(column, row)
    }
    if hasHead, y > -0.5, y < Double(raster.height) - 0.5 {
      set(column - 1, top)
      set(column + 1, top)
    }
  }

  mutating func point(_ x: Double, _ y: Double) {
    guard x.isFinite, y.isFinite, abs(x) < 1e6, abs(y) < 1e6 else { return }
    set(Int(x.rounded()), Int(y.rounded()))
  }

  // MARK: Bands

  /// The range between the extremes, every other dot of it.
  mutating func band(_ smoothing: Smoothing, xAxis: Axis, yAxis: Axis) {
    let last = Double(max(0, raster.height - 1))
    func dotY(_ y: Double) -> Double {
      let dot = raster.dotY(yAxis.fraction(of: y))
      // What a logarithmic axis cannot show lies below it.
      return dot.isNaN ? last : max(0, min(last, dot))
    }
    var next = 0
    for index in smoothing.x.indices {
      let x = raster.dotX(xAxis.fraction(of: smoothing.x[index]))
      guard x > -1, x < Double(raster.width) else { continue }
      let top = Int(dotY(smoothing.high[index]).rounded())
      let bottom = Int(dotY(smoothing.low[index]).rounded())
      let column = Int(x.rounded())
      // The columns since the last point, too: there are not always as many points as columns.
      for column in min(next, column)...max(0, column) where index > 0 || column == Int(x.rounded())
      {
        for row in min(top, bottom)...max(top, bottom)
        where raster.dots == .ascii || (row + column).isMultiple(of: 2) {
          set(column, row)
        }
      }
      next = column + 1
    }
  }
}
