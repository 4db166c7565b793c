/// What surrounds the data of a plot: title, legend, axes with ticks. Lays everything out; what does
/// not fit is left out, the data last.
struct PlotFrame {
  let outer: Rectangle
  /// The data area.
  let area: Rectangle
  let xAxis: Axis
  let yAxis: Axis
  private let title: String
  private let xTitle: String
  private let legend: Legend
  private let xTicks: [Axis.Tick]
  private let yTicks: [Axis.Tick]
  private let hasXAxis: Bool
  private let hasYAxis: Bool

  /// What the frame is made of.
  struct Content {
    var xAxis: Axis
    var yAxis: Axis
    /// Whether the y axis may be longer, so that its ticks are the same number of rows apart.
    var fitsYAxis = false
    var title: String?
    var x: AxisTitle
    /// Appended to the title, since text cannot be rotated.
    var y: AxisTitle
    var legend: [Legend.Entry] = []
    /// Columns to the right of the data that are left free.
    var rightMargin = 0
    /// False where the axes have no scale.
    var showsTicks = true

    var fullTitle: String {
      [title ?? "", y.text].filter { !$0.isEmpty }.joined(separator: ", ")
    }
  }

  init(in outer: Rectangle, _ content: Content, charset: Charset, dots: DotStyle) {
    self.outer = outer
    xAxis = content.xAxis
    title = content.fullTitle
    legend = Legend(
      content.legend, titleWidth: displayWidth(of: title, charset: charset), in: outer,
      charset: charset)
    let headerRows = outer.height < 4 ? 0 : legend.headerRows
    hasXAxis = outer.height - headerRows >= 4
    let height = outer.height - headerRows - (hasXAxis ? Self.axisRows : 0)
    let wantedY = max(2, min(4, (height + 1) / 2))
    yAxis =
      content.fitsYAxis && content.showsTicks
      ? content.yAxis.fitted(toRows: height, dotsPerRow: dots.dotsDown, ticks: wantedY)
      : content.yAxis
    yTicks =
      content.showsTicks
      ? Self.ticks(of: yAxis, rows: height, dotsPerRow: dots.dotsDown, atLeast: wantedY) : []
    let gutter = 1 + (yTicks.map { displayWidth(of: $0.label, charset: charset) }.max() ?? 0)
    hasYAxis = outer.width >= gutter + 8
    let left = hasYAxis ? gutter : 0
    area = Rectangle(
      x: outer.x + left, y: outer.y + headerRows,
      width: outer.width - left - content.rightMargin, height: height)
    let (ticks, xTitle) = Self.ticks(
      of: xAxis, title: content.x, in: area, outer: outer, charset: charset)
    xTicks = content.showsTicks ? ticks : []
    self.xTitle = xTitle
  }

  /// The rows of an x axis with its labels.
  static let axisRows = 2

  /// The rows around `dataRows` rows of data.
  static func rowsAround(_ content: Content, width: Int, charset: Charset) -> Int {
    let legend = Legend(
      content.legend, titleWidth: displayWidth(of: content.fullTitle, charset: charset),
      in: Rectangle(x: 0, y: 0, width: width, height: 100), charset: charset)
    return legend.headerRows + axisRows
  }

  /// As few ticks as suffice. They have rows between them, and the same number of rows where round
  /// values allow it; three even ones are better than several uneven ones.
  private static func ticks(
    of axis: Axis, rows: Int, dotsPerRow: Int, atLeast wanted: Int
  ) -> [Axis.Tick] {
    let raster = DotRaster(
      area: Rectangle(x: 0, y: 0, width: 1, height: rows), dots: dotsPerRow == 1 ? .ascii : .braille
    )
    func distances(_ ticks: [Axis.Tick]) -> ClosedRange<Int>? {
      let rows = ticks.compactMap { raster.row(axis.fraction(of: $0.value)) }
      let distances = zip(rows, rows.dropFirst()).map { $0 - $1 }
      guard let least = distances.min(), let most = distances.max() else { return nil }
      return least...most
    }
    func isEven(_ ticks: [Axis.Tick], within limit: Int = 1, apart least: Int = 2) -> Bool {
      distances(ticks).map { $0.lowerBound >= least && $0.count - 1 <= limit } ?? false
    }
    // Evenly apart; one row more or less; a few in neighbouring rows; fewer of them.
    let attempts: [(least: Int, fit: ([Axis.Tick]) -> Bool)] = [
      (max(wanted, rows / 8), { isEven($0, within: 0) }), (wanted, { isEven($0) }),
      (wanted, { $0.count <= 5 && isEven($0, apart: 1) }), (min(wanted, 3), { isEven($0) }),
    ]
    for attempt in attempts {
      let ticks = axis.ticks(atLeast: attempt.least, fit: attempt.fit)
      if ticks.count >= attempt.least { return ticks }
    }
    return axis.ticks(atLeast: wanted) { distances($0).map { $0.lowerBound > 0 } ?? true }
  }

  /// The ticks, at least four where their labels fit, and the longest title beside which they do.
  private static func ticks(
    of axis: Axis, title: AxisTitle, in area: Rectangle, outer: Rectangle, charset: Charset
  ) -> ([Axis.Tick], String) {
    let full = displayWidth(of: title.text, charset: charset) <= outer.width / 4 ? title.text : ""
    let unit = truncated(title.unit, toWidth: outer.width / 4, charset: charset)
    let columns = Double(max(0, area.width - 1))
    func column(_ tick: Axis.Tick) -> Double { axis.fraction(of: tick.value) * columns }
    func isApart(_ ticks: [Axis.Tick]) -> Bool {
      zip(ticks, ticks.dropFirst()).allSatisfy { first, second in
        let widths = displayWidth(of: first.label + second.label, charset: charset)
        return column(second) - column(first) >= Double(widths + 1) / 2 + 1
      }
    }
    let ticks = axis.ticks(atLeast: max(4, area.width / 16), fit: isApart)
    let end = ticks.last.map { tick in
      area.x + Int(column(tick).rounded()) + displayWidth(of: tick.label, charset: charset) / 2 + 1
    }
    let fitting = [full, unit].first { title in
      !title.isEmpty
        && (end ?? 0) < outer.endX - displayWidth(of: title, charset: charset)
    }
    return (ticks, fitting ?? (unit.isEmpty ? full : unit))
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
    let titleRoom = legend.draw(into: &canvas, title: title, theme: theme)
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
