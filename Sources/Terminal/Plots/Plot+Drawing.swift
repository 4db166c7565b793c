import Curves

extension Plot {
  /// Draws the plot at any size; O(points + cells).
  package func draw(into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme) {
    canvas.clipped(to: rectangle) { canvas in
      let layout = layout(in: rectangle, theme: theme, charset: canvas.charset, dots: canvas.dots)
      let frame = layout.frame
      var raster = DotRaster(area: frame.area, dots: canvas.dots)
      frame.draw(into: &canvas, raster: raster, theme: theme)
      guard !isEmpty else {
        // Without data, level lines need fixed limits to be placed.
        if yLimits != nil {
          drawLevels(into: &canvas, frame: frame, raster: raster, theme: theme)
          drawMarkerLabels(into: &canvas, frame: frame, raster: raster, theme: theme)
        }
        frame.drawMessage(messageWithoutData, into: &canvas, theme: theme)
        return
      }
      trace(into: &raster, xAxis: frame.xAxis, yAxis: frame.yAxis)
      drawLevels(into: &canvas, frame: frame, raster: raster, theme: theme)
      raster.draw(
        into: &canvas, styles: rasterStyles, theme: theme, hasMarks: hasMarks)
      for label in layout.endLabels {
        canvas.put(label.spans, x: frame.area.endX + 1, y: label.row)
      }
      drawEndNotes(into: &canvas, frame: frame, raster: raster, theme: theme)
      drawMarkerLabels(into: &canvas, frame: frame, raster: raster, theme: theme)
      drawCursor(into: &canvas, frame: frame, raster: raster, theme: theme)
    }
  }

  /// Draws only the curves, and a line at zero if zero is in range: for small multiples, which have no
  /// room for axes.
  package func drawWithoutFrame(into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme) {
    canvas.clipped(to: rectangle) { canvas in
      var raster = DotRaster(area: rectangle, dots: canvas.dots)
      if let row = raster.row(yAxis.fraction(of: 0)) {
        for column in rectangle.x..<rectangle.endX {
          canvas.put(canvas.glyphs.horizontal, x: column, y: row, style: theme.axis)
        }
      }
      trace(into: &raster, xAxis: xAxis, yAxis: yAxis)
      raster.draw(into: &canvas, styles: rasterStyles, theme: theme)
    }
  }

  /// The rows of a plot with `dataRows` rows of data between its axes.
  package func height(forDataRows dataRows: Int, width: Int, charset: Charset = .unicode) -> Int {
    dataRows
      + PlotFrame.rowsAround(
        content(theme: .monochrome, charset: charset), width: width, charset: charset)
  }

  /// The rows of data when the plot is drawn in `rectangle`.
  package func dataRows(in rectangle: Rectangle, charset: Charset = .unicode) -> Int {
    layout(in: rectangle, theme: .monochrome, charset: charset).frame.area.height
  }

  /// The canvas column that shows `x` when the plot is drawn in `rectangle`; nil if it is not
  /// visible.
  package func screenColumn(
    forX x: Double, in rectangle: Rectangle, charset: Charset = .unicode
  ) -> Int? {
    let frame = layout(in: rectangle, theme: .monochrome, charset: charset).frame
    return DotRaster(area: frame.area, dots: charset == .ascii ? .ascii : .braille)
      .column(frame.xAxis.fraction(of: x))
  }

  /// The x at the centre of a canvas column, the inverse of `screenColumn`; nil outside the data
  /// area.
  package func x(
    atColumn column: Int, in rectangle: Rectangle, charset: Charset = .unicode
  ) -> Double? {
    let frame = layout(in: rectangle, theme: .monochrome, charset: charset).frame
    guard column >= frame.area.x, column < frame.area.endX else { return nil }
    let raster = DotRaster(area: frame.area, dots: charset == .ascii ? .ascii : .braille)
    guard raster.width > 1 else { return frame.xAxis.value(at: 0.5) }
    let dots = raster.dots.dotsAcross
    let dot = Double((column - frame.area.x) * dots) + Double(dots - 1) / 2
    return frame.xAxis.value(at: dot / Double(raster.width - 1))
  }

  /// The point of each series nearest to `x`; nil for a series without points.
  package func nearestPoints(toX x: Double) -> [(x: Double, y: Double)?] {
    series.map { series in
      series.curve.nearestIndex(toX: x).map { series.curve.point($0) }
    }
  }

  // MARK: Parts

  private var messageWithoutData: String {
    let isHidden = series.contains { $0.curve.xRange != nil && $0.curve.yRange != nil }
    return isHidden && (isXLogarithmic || isYLogarithmic)
      ? "nothing above 0 to draw" : emptyMessage
  }

  private struct EndLabel {
    var row: Int
    var spans: [Span]
  }

  private func content(theme: Theme, charset: Charset) -> PlotFrame.Content {
    let styles = styles
    return PlotFrame.Content(
      xAxis: xAxis, yAxis: yAxis, fitsYAxis: yLimits == nil, title: title,
      x: AxisTitle(label: xLabel, unit: xUnit), y: AxisTitle(label: yLabel, unit: yUnit),
      legend: series.enumerated().compactMap { index, series in
        guard let label = series.label, !label.isEmpty else { return nil }
        return Legend.Entry(
          sample: styles[index].sample(charset: charset, hasMark: hasMarks),
          style: styles[index].cellStyle(theme), label: label)
      }, showsTicks: hasScale)
  }

  /// With the legend at the ends of the curves where each label can stand there.
  private func layout(
    in rectangle: Rectangle, theme: Theme, charset: Charset, dots: DotStyle? = nil
  ) -> (frame: PlotFrame, endLabels: [EndLabel]) {
    let dots = charset == .ascii ? .ascii : dots ?? .braille
    var content = content(theme: theme, charset: charset)
    let plain = PlotFrame(in: rectangle, content, charset: charset, dots: dots)
    let width = content.legend.map { displayWidth(of: $0.label, charset: charset) + 2 }.max() ?? 0
    guard hasLegendAtEnds, !isEmpty, content.legend.count == series.count, series.count > 1,
      width * 4 <= plain.area.width, plain.area.width - width >= 24,
      plain.area.height >= max(4, series.count)
    else { return (plain, []) }
    let entries = content.legend
    content.legend = []
    content.rightMargin = width + 1
    let frame = PlotFrame(in: rectangle, content, charset: charset, dots: dots)
    guard let rows = endRows(in: frame, dots: dots) else { return (plain, []) }
    let styles = styles
    return (
      frame,
      zip(entries.indices, rows).map { index, row in
        let mark =
          (charset == .ascii ? styles[index].asciiGlyph : styles[index].mark(charset)) ?? "━"
        return EndLabel(
          row: row, spans: [Span(mark + " " + entries[index].label, entries[index].style)])
      }
    )
  }

  /// The rows for labels at the ends of the curves, none on top of another; nil where a curve ends
  /// elsewhere, or a label would be too far from its end.
  private func endRows(in frame: PlotFrame, dots: DotStyle) -> [Int]? {
    let raster = DotRaster(area: frame.area, dots: dots)
    var ends: [(series: Int, row: Int)] = []
    for (index, series) in series.enumerated() {
      let visible = series.curve.indices(ofX: frame.xAxis.range)
      guard let last = visible.suffix(1000).last(where: { series.curve.point($0).y.isFinite })
      else { return nil }
      let point = series.curve.point(last)
      guard frame.xAxis.fraction(of: point.x) > 0.9 else { return nil }
      let fraction = max(0, min(1, frame.yAxis.fraction(of: point.y)))
      guard let row = raster.row(fraction) else { return nil }
      ends.append((index, row))
    }
    ends.sort { ($0.row, $0.series) < ($1.row, $1.series) }
    var rows = ends.map(\.row)
    for index in rows.indices.dropFirst() { rows[index] = max(rows[index], rows[index - 1] + 1) }
    var lowest = frame.area.endY - 1
    for index in rows.indices.reversed() {
      rows[index] = min(rows[index], lowest)
      lowest = rows[index] - 1
    }
    guard zip(rows, ends).allSatisfy({ abs($0 - $1.row) <= 2 && $0 >= frame.area.y }) else {
      return nil
    }
    var result = rows
    for (row, end) in zip(rows, ends) { result[end.series] = row }
    return result
  }

  /// One of several series needs more than its colour to be told from the others.
  private var hasMarks: Bool { series.count { !$0.isFaint } > 1 }

  private var styles: [SeriesStyle] {
    series.enumerated().map { index, series in
      SeriesStyle(series.colorIndex ?? index, isFaint: series.isFaint)
    }
  }

  /// Those of the series, and then those of their bands.
  private var rasterStyles: [SeriesStyle] {
    styles + styles.map { SeriesStyle($0.index, isBand: true) }
  }

  private func trace(into raster: inout DotRaster, xAxis: Axis, yAxis: Axis) {
    let styles = rasterStyles
    for isFaint in [true, false] {
      for index in series.indices where series[index].isFaint == isFaint {
        trace(
          index, styles[index], band: styles[index + series.count], into: &raster, xAxis: xAxis,
          yAxis: yAxis)
      }
    }
  }

  private func trace(
    _ index: Int, _ style: SeriesStyle, band: SeriesStyle, into raster: inout DotRaster,
    xAxis: Axis, yAxis: Axis
  ) {
    let series = series[index]
    guard !raster.area.isEmpty else { return }
    var curve = series.curve
    if series.isSmoothed,
      let smoothing = Smoothing(
        of: curve, in: curve.indices(ofX: xAxis.range), columnCount: raster.width)
    {
      if !series.isFaint {
        var tracer = CurveTracer(raster, series: index + self.series.count, style: band)
        tracer.band(smoothing, xAxis: xAxis, yAxis: yAxis)
        raster = tracer.raster
      }
      curve = Curve(x: smoothing.x, y: smoothing.median)
    }
    var tracer = CurveTracer(raster, series: index, style: style)
    let area = raster
    func dotX(_ x: Double) -> Double { area.dotX(xAxis.fraction(of: x)) }
    func dotY(_ y: Double) -> Double { area.dotY(yAxis.fraction(of: y)) }
    func forEachPoint(_ body: (Double, Double) -> Void) {
      curve.forEachPoint(
        columnCount: area.width, column: dotX, onlyPositive: yAxis.isLogarithmic, body)
    }
    switch series.mark {
    case .line:
      forEachPoint { tracer.lineTo(dotX($0), dotY($1)) }
      tracer.finish()
    case .stem:
      // A logarithmic axis has no zero: its stems start at the frame.
      let baseline = yAxis.isLogarithmic ? 0 : yAxis.fraction(of: 0)
      let visible = curve.count(ofX: xAxis.range, atMost: area.width)
      // Heads are three dots wide and need a gap between them.
      let hasHeads = area.dots != .ascii && visible * 4 <= area.width
      forEachPoint {
        tracer.stem(dotX($0), dotY($1), baseline: area.dotY(baseline), hasHead: hasHeads)
      }
    case .points:
      for index in 0..<curve.count {
        let point = curve.point(index)
        tracer.point(dotX(point.x), dotY(point.y))
      }
    }
    raster = tracer.raster
  }

  /// Beside the last points of the series that have one, where nothing else is.
  private func drawEndNotes(
    into canvas: inout Canvas, frame: PlotFrame, raster: DotRaster, theme: Theme
  ) {
    var taken: [Rectangle] = []
    for (index, series) in series.enumerated() {
      guard let note = series.endNote, series.curve.count > 0 else { continue }
      let point = series.curve.point(series.curve.count - 1)
      guard let row = raster.row(max(0, min(1, frame.yAxis.fraction(of: point.y)))),
        let column = raster.column(max(0, min(1, frame.xAxis.fraction(of: point.x))))
      else { continue }
      let width = displayWidth(of: note, charset: canvas.charset)
      let start = min(column + 1, frame.area.endX - width)
      let places = [row, row - 1, row + 1].map {
        Rectangle(x: start, y: $0, width: width, height: 1)
      }
      let free = places.first { place in
        place.intersection(frame.area) == place && taken.allSatisfy { !$0.overlaps(place) }
          && (place.x..<place.endX).allSatisfy { !raster.isMarked(x: $0, y: place.y) }
      }
      guard let free else { continue }
      taken.append(free)
      canvas.put(note, x: start, y: free.y, style: styles[index].cellStyle(theme))
    }
  }

  /// Marker lines, drawn behind the data.
  private func drawLevels(
    into canvas: inout Canvas, frame: PlotFrame, raster: DotRaster, theme: Theme
  ) {
    for marker in markers {
      switch (marker.x, marker.y) {
      case (let x?, nil):
        guard let column = raster.column(frame.xAxis.fraction(of: x)) else { continue }
        for row in frame.area.y..<frame.area.endY {
          canvas.put(canvas.glyphs.dashedVertical, x: column, y: row, style: theme.marker)
        }
      case (nil, let y?):
        guard let row = raster.row(frame.yAxis.fraction(of: y)) else { continue }
        for column in frame.area.x..<frame.area.endX {
          canvas.put(canvas.glyphs.dashedHorizontal, x: column, y: row, style: theme.marker)
        }
      default: continue
      }
    }
  }

  /// Labels cover neither each other nor curves nor marker lines, except where there is no other place.
  private func drawMarkerLabels(
    into canvas: inout Canvas, frame: PlotFrame, raster: DotRaster, theme: Theme
  ) {
    let places = markers.map { marker in
      (
        column: marker.x.flatMap { raster.column(frame.xAxis.fraction(of: $0)) },
        row: marker.y.flatMap { raster.row(frame.yAxis.fraction(of: $0)) }
      )
    }
    func isShown(_ index: Int) -> Bool {
      (places[index].column != nil) == (markers[index].x != nil)
        && (places[index].row != nil) == (markers[index].y != nil)
    }
    // Lines and points first: labels keep clear of all of them.
    var (lines, taken): ([Rectangle], [Rectangle]) = ([], [])
    for index in markers.indices where isShown(index) {
      switch places[index] {
      case (let column?, let row?):
        canvas.put(canvas.glyphs.point, x: column, y: row, style: theme.marker)
        taken.append(Rectangle(x: column, y: row, width: 1, height: 1))
      case (let column?, nil):
        lines.append(Rectangle(x: column, y: frame.area.y, width: 1, height: frame.area.height))
      case (nil, let row?):
        lines.append(Rectangle(x: frame.area.x, y: row, width: frame.area.width, height: 1))
      case (nil, nil): break
      }
    }
    for (index, marker) in markers.enumerated() where isShown(index) {
      let label = truncated(marker.label, toWidth: frame.area.width, charset: canvas.charset)
      let width = displayWidth(of: label, charset: canvas.charset)
      guard width > 0 else { continue }
      let free = labelCandidates(
        column: places[index].column, row: places[index].row, width: width, area: frame.area
      ).filter { candidate in
        candidate.intersection(frame.area) == candidate
          && taken.allSatisfy { !$0.overlaps(candidate) }
      }
      func isClear(_ candidate: Rectangle) -> Bool {
        lines.allSatisfy { !$0.overlaps(candidate) }
          && (candidate.x - 1..<candidate.endX + 1).allSatisfy {
            !raster.isMarked(x: $0, y: candidate.y)
          }
      }
      // In a plot of a few rows the data matters more than the label.
      guard
        let position = free.first(where: isClear)
          ?? (frame.area.height < 4 ? nil : free.min { covered($0, raster) < covered($1, raster) })
      else { continue }
      canvas.put(label, x: position.x, y: position.y, style: theme.marker)
      taken.append(position)
    }
  }

  /// How many cells of curves a label would cover.
  private func covered(_ label: Rectangle, _ raster: DotRaster) -> Int {
    (label.x..<label.endX).count { raster.isMarked(x: $0, y: label.y) }
  }

  /// In order of preference.
  private func labelCandidates(
    column: Int?, row: Int?, width: Int, area: Rectangle
  ) -> [Rectangle] {
    func label(_ x: Int, _ y: Int) -> Rectangle { Rectangle(x: x, y: y, width: width, height: 1) }
    switch (column, row) {
    case (let column?, let row?):
      // Beside the point, then further away, row by row.
      return (0..<area.height).flatMap { distance in
        [row - distance, row + distance].flatMap {
          [
            label(column + 2, $0), label(column - 1 - width, $0),
            label(max(area.x, min(area.endX - width, column - width / 2)), $0),
          ]
        }
      }
    case (let column?, nil):
      return (area.y..<area.endY).flatMap { [label(column + 1, $0), label(column - width, $0)] }
    case (nil, let row?):
      return [row - 1, row + 1].flatMap { y in
        [label(area.endX - width, y), label(area.x + 1, y)]
          + stride(from: area.x + 1, to: area.endX - width, by: 4).map { label($0, y) }
      } + [label(area.endX - width, row), label(area.x + 1, row)]
    case (nil, nil):
      return []
    }
  }

  private func drawCursor(
    into canvas: inout Canvas, frame: PlotFrame, raster: DotRaster, theme: Theme
  ) {
    guard let cursor, let column = raster.column(frame.xAxis.fraction(of: cursor)) else { return }
    for row in frame.area.y..<frame.area.endY {
      if raster.isMarked(x: column, y: row) {
        canvas.restyle(Rectangle(x: column, y: row, width: 1, height: 1)) { $0.isReversed = true }
      } else {
        canvas.put(canvas.glyphs.vertical, x: column, y: row, style: theme.cursor)
      }
    }
  }
}
