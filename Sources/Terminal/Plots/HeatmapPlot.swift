/// A surface over two axes, seen from above: a spectrogram. Shade and colour both tell the height.
package struct HeatmapPlot: Sendable {
  /// `values[column][row]`, columns from left to right, rows from the bottom up. What is not finite
  /// stays blank.
  package var values: [[Double]]
  package var xRange: ClosedRange<Double>
  package var yRange: ClosedRange<Double>
  /// What the faintest and the fullest shade stand for. Nil: from the least value to the greatest,
  /// at most `dynamicRange` below it.
  package var limits: ClosedRange<Double>?
  /// 80 dB is about what ears tell apart at once.
  package var dynamicRange = 80.0
  package var title: String?
  package var xLabel: String?
  package var yLabel: String?
  package var xUnit = ""
  package var yUnit = ""
  package var cursor: Double?

  package init(values: [[Double]], xRange: ClosedRange<Double>, yRange: ClosedRange<Double>) {
    self.values = values
    self.xRange = xRange
    self.yRange = yRange
  }

  /// Draws the surface at any size. Where several values meet in a cell, the greatest is shown.
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
      let columns = values[part(x, of: area.width, in: values.count)]
      for y in 0..<area.height {
        var greatest = -Double.infinity
        for column in columns {
          for value in column[part(area.height - 1 - y, of: area.height, in: column.count)]
          where value.isFinite {
            greatest = max(greatest, value)
          }
        }
        guard greatest.isFinite else { continue }
        let level = span > 0 ? max(0, min(1, (greatest - limits.lowerBound) / span)) : 1
        canvas.put(
          shades[min(shades.count - 1, Int(level * Double(shades.count)))],
          x: area.x + x, y: area.y + y,
          style: theme.heat[min(theme.heat.count - 1, Int(level * Double(theme.heat.count)))])
      }
    }
  }
}

/// The items that the `index`th of `count` equal parts covers: at least one, unless there are none.
func part(_ index: Int, of count: Int, in items: Int) -> Range<Int> {
  guard items > 0 else { return 0..<0 }
  let start = min(items - 1, index * items / count)
  return start..<max(start + 1, min(items, (index + 1) * items / count))
}
