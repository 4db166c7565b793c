/// What surrounds the data of a plot: title, legend, axes with ticks. Lays everything out; what does
/// not fit is left out, the data last.
struct PlotFrame {
  struct LegendEntry {
    var sample: String
    var style: Style
    var label: String
  }

  let outer: Rectangle
  /// The data area.
  let area: Rectangle
  let xAxis: Axis
  let yAxis: Axis
  private let title: String
  private let xTitle: String
  private let legend: [LegendEntry]
  private let legendRow: Int?
  private let xTicks: [Axis.Tick]
  private let yTicks: [Axis.Tick]
  private let hasXAxis: Bool
  private let hasYAxis: Bool

  /// - Parameters:
  ///   - y: appended to the title, since text cannot be rotated.
  ///   - showsTicks: false where the axes have no scale.
  init(
    in outer: Rectangle, xAxis: Axis, yAxis: Axis, title: String?, x: AxisTitle, y: AxisTitle,
    legend: [LegendEntry], charset: Charset, showsTicks: Bool = true
  ) {
    self.outer = outer
    self.xAxis = xAxis
    self.yAxis = yAxis
    // If the full title would crowd out the tick labels, show only the unit.
    let titleFits = displayWidth(of: x.text, charset: charset) <= outer.width / 4
    xTitle = titleFits ? x.text : truncated(x.unit, toWidth: outer.width / 4, charset: charset)
    self.legend = legend
    let parts = [title ?? "", y.text].filter { !$0.isEmpty }
    self.title = parts.joined(separator: ", ")

    let titleWidth = displayWidth(of: self.title, charset: charset)
    let legendWidth = legend.isEmpty ? 0 : Self.width(of: legend, charset: charset)
    var headerRows = 0
    if outer.height >= 4, titleWidth > 0 || legendWidth > 0 { headerRows = 1 }
    var legendRow: Int?
    if headerRows > 0, legendWidth > 0 {
      let fits = titleWidth == 0 || titleWidth + 2 + legendWidth <= outer.width
      if fits || outer.height < 8 {
        legendRow = outer.y
      } else {
        legendRow = outer.y + 1
        headerRows = 2
      }
    }
    self.legendRow = legendRow
    hasXAxis = outer.height - headerRows >= 4
    let height = outer.height - headerRows - (hasXAxis ? 2 : 0)
    yTicks = showsTicks ? Self.ticks(of: yAxis, rows: height) : []
    let gutter = 1 + (yTicks.map { displayWidth(of: $0.label, charset: charset) }.max() ?? 0)
    hasYAxis = outer.width >= gutter + 8
    let left = hasYAxis ? gutter : 0
    area = Rectangle(
      x: outer.x + left, y: outer.y + headerRows, width: outer.width - left, height: height)
    xTicks = showsTicks ? xAxis.ticks(atMost: max(2, area.width / 8)) : []
  }

  /// At most one tick every other row; denser if needed to show two, since a single tick says nothing
  /// about the scale.
  private static func ticks(of axis: Axis, rows: Int) -> [Axis.Tick] {
    let count = max(2, (rows + 1) / 2)
    let ticks = axis.ticks(atMost: count)
    guard ticks.count < 2, count < rows else { return ticks }
    let candidates = (count + 1...rows).lazy.map { axis.ticks(atMost: $0) }
    return candidates.first { (2...rows).contains($0.count) } ?? ticks
  }

  // MARK: Drawing

  func draw(into canvas: inout Canvas, raster: DotRaster, theme: Theme) {
    drawHeader(into: &canvas, theme: theme)
    if hasYAxis { drawYAxis(into: &canvas, raster: raster, theme: theme) }
    if hasXAxis { drawXAxis(into: &canvas, raster: raster, theme: theme) }
  }

  /// Centred in the data area, in place of data.
  func drawMessage(_ message: String, into canvas: inout Canvas, theme: Theme) {
    let message = truncated(message, toWidth: area.width, charset: canvas.charset)
    let room = area.width - displayWidth(of: message, charset: canvas.charset)
    canvas.put(
      message, x: area.x + max(0, room / 2), y: area.y + area.height / 2, style: theme.dim)
  }

  private func drawHeader(into canvas: inout Canvas, theme: Theme) {
    guard area.y > outer.y else { return }
    var titleRoom = outer.width
    if let legendRow {
      let width = Self.width(of: legend, charset: canvas.charset)
      var x = max(outer.x, outer.endX - width)
      if legendRow == outer.y, !title.isEmpty {
        // In a small plot both share a row, of which the title gets at most half.
        let titleWidth = displayWidth(of: title, charset: canvas.charset)
        x = max(x, outer.x + min(titleWidth, outer.width / 2) + 2)
        titleRoom = x - 2 - outer.x
      }
      let fits = Self.width(of: legend, charset: canvas.charset) <= outer.endX - x
      for (index, entry) in legend.enumerated() {
        // The number of entries that do not fit takes their place.
        func remark(_ count: Int) -> String { "\(canvas.glyphs.ellipsis) \(count) more" }
        let rest = legend.count - index
        let reserve = fits || rest == 1 ? 0 : remark(rest - 1).count + 2
        let needed = Self.width(of: [entry], charset: canvas.charset)
        if !fits, index > 0, needed + reserve > outer.endX - x {
          canvas.put(
            remark(rest), x: x, y: legendRow, style: theme.dim,
            maximumWidth: max(0, outer.endX - x))
          break
        }
        x = canvas.put(
          entry.sample, x: x, y: legendRow, style: entry.style,
          maximumWidth: max(0, outer.endX - x))
        let label = truncated(
          entry.label, toWidth: max(0, outer.endX - x - 1 - reserve), charset: canvas.charset)
        x = canvas.put(label, x: x + 1, y: legendRow, style: theme.dim) + 2
      }
    }
    canvas.put(
      truncated(title, toWidth: titleRoom, charset: canvas.charset), x: outer.x, y: outer.y,
      style: theme.strong)
  }

  private func drawYAxis(into canvas: inout Canvas, raster: DotRaster, theme: Theme) {
    let x = area.x - 1
    for y in area.y..<area.endY {
      canvas.put(canvas.glyphs.vertical, x: x, y: y, style: theme.axis)
    }
    var usedRows: Set<Int> = []
    for tick in yTicks {
      guard let row = raster.row(yAxis.fraction(of: tick.value)), usedRows.insert(row).inserted
      else { continue }
      canvas.put(canvas.glyphs.tickLeft, x: x, y: row, style: theme.axis)
      let width = displayWidth(of: tick.label, charset: canvas.charset)
      canvas.put(tick.label, x: x - width, y: row, style: theme.axis)
    }
  }

  private func drawXAxis(into canvas: inout Canvas, raster: DotRaster, theme: Theme) {
    let y = area.endY
    if hasYAxis {
      canvas.put(canvas.glyphs.cornerBottomLeft, x: area.x - 1, y: y, style: theme.axis)
    }
    for x in area.x..<area.endX {
      canvas.put(canvas.glyphs.horizontal, x: x, y: y, style: theme.axis)
    }
    let titleX = outer.endX - displayWidth(of: xTitle, charset: canvas.charset)
    canvas.put(xTitle, x: titleX, y: y + 1, style: theme.axis)
    let end = xTitle.isEmpty ? outer.endX : titleX - 1
    var free = outer.x
    for tick in xTicks {
      guard let column = raster.column(xAxis.fraction(of: tick.value)) else { continue }
      canvas.put(canvas.glyphs.tickBottom, x: column, y: y, style: theme.axis)
      let width = displayWidth(of: tick.label, charset: canvas.charset)
      let x = max(outer.x, min(column - width / 2, end - width))
      // A label near the edge may shift, as long as it still covers its tick.
      guard x >= free, x + width <= end, x + width > column else { continue }
      canvas.put(tick.label, x: x, y: y + 1, style: theme.axis)
      free = x + width + 1
    }
  }

  private static func width(of legend: some Sequence<LegendEntry>, charset: Charset) -> Int {
    legend.reduce(-2) {
      $0 + displayWidth(of: $1.sample + $1.label, charset: charset) + 3
    }
  }
}

/// An axis's label and unit; either may be empty.
struct AxisTitle {
  let label: String
  let unit: String

  init(label: String?, unit: String) {
    self.label = label ?? ""
    self.unit = unit
  }

  /// "time, s"
  var text: String { [label, unit].filter { !$0.isEmpty }.joined(separator: ", ") }
}
