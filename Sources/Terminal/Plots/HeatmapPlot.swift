/// Values over two axes, such as a spectrogram. Shade and colour both encode the value.
package struct HeatmapPlot: Sendable {
  /// `values[column][row]`, columns from left to right, rows from bottom to top. Non-finite values
  /// stay blank.
  package var values: [[Double]]
  package var xRange: ClosedRange<Double>
  package var yRange: ClosedRange<Double>
  /// The values of the faintest and the fullest shade. Nil: from the minimum to the maximum, but no
  /// more than `dynamicRange` below the maximum.
  package var limits: ClosedRange<Double>?
  /// 80 dB is roughly what the ear distinguishes at one time.
  package var dynamicRange = 80.0
  package var title: String?
  package var xLabel: String?
  package var yLabel: String?
  package var xUnit = ""
  package var yUnit = ""
  package var cursor: Double?

  package init(
    values: [[Double]], limits: ClosedRange<Double>? = nil, xRange: ClosedRange<Double>,
    yRange: ClosedRange<Double>
  ) {
    self.values = values
    self.limits = limits
    self.xRange = xRange
    self.yRange = yRange
  }

  /// Draws the values at any size. A cell that covers several values shows their maximum.
  package func draw(into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme) {
    canvas.clipped(to: rectangle) { canvas in
      let frame = PlotFrame(
        in: rectangle, xAxis: Axis(xRange), yAxis: Axis(yRange), title: title,
        x: AxisTitle(label: xLabel, unit: xUnit),
        y: AxisTitle(label: yLabel, unit: yUnit), legend: [], charset: canvas.charset)
      let raster = DotRaster(area: frame.area, charset: canvas.charset)
      frame.draw(into: &canvas, raster: raster, theme: theme)
      guard let limits = limits ?? dataLimits() else {
        frame.drawMessage("no data", into: &canvas, theme: theme)
        return
      }
      drawCells(into: &canvas, area: frame.area, limits: limits, theme: theme)
      if let cursor, let column = raster.column(frame.xAxis.fraction(of: cursor)) {
        for row in frame.area.y..<frame.area.endY {
          canvas.put(canvas.glyphs.vertical, x: column, y: row, style: theme.cursor)
        }
      }
    }
  }

  private func dataLimits() -> ClosedRange<Double>? {
    let ranges = values.compactMap { finiteRange(of: $0) }
    guard let low = ranges.map(\.lowerBound).min(), let high = ranges.map(\.upperBound).max()
    else { return nil }
    return max(low, high - dynamicRange)...high
  }

  private func drawCells(
    into canvas: inout Canvas, area: Rectangle, limits: ClosedRange<Double>, theme: Theme
  ) {
    let shades = canvas.glyphs.shades
    let span = limits.upperBound - limits.lowerBound
    for x in 0..<area.width {
      let columns = values[bin(x, of: area.width, over: values.count)]
      for y in 0..<area.height {
        var maximum = -Double.infinity
        for column in columns {
          for value in column[bin(area.height - 1 - y, of: area.height, over: column.count)]
          where value.isFinite {
            maximum = max(maximum, value)
          }
        }
        guard maximum.isFinite else { continue }
        let level = span > 0 ? max(0, min(1, (maximum - limits.lowerBound) / span)) : 1
        canvas.put(
          shades[min(shades.count - 1, Int(level * Double(shades.count)))],
          x: area.x + x, y: area.y + y,
          style: theme.heat[min(theme.heat.count - 1, Int(level * Double(theme.heat.count)))])
      }
    }
  }
}

/// The items in bin `index` of `count` equal bins: at least one, unless there are no items.
func bin(_ index: Int, of count: Int, over items: Int) -> Range<Int> {
  guard items > 0 else { return 0..<0 }
  let start = min(items - 1, index * items / count)
  return start..<max(start + 1, min(items, (index + 1) * items / count))
}
