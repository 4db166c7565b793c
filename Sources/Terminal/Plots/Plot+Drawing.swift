extension Plot {
  /// Draws the plot at any size; O(points + cells).
  package func draw(into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme) {
    canvas.clipped(to: rectangle) { canvas in
      let frame = frame(in: rectangle, theme: theme, charset: canvas.charset)
      var raster = DotRaster(area: frame.area, charset: canvas.charset)
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
      raster.draw(into: &canvas, styles: styles, theme: theme)
      drawMarkerLabels(into: &canvas, frame: frame, raster: raster, theme: theme)
      drawCursor(into: &canvas, frame: frame, raster: raster, theme: theme)
    }
  }

  /// Draws only the curves, and a line at zero if zero is in range: for small multiples, which have no
  /// room for axes.
  package func drawWithoutFrame(into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme) {
    canvas.clipped(to: rectangle) { canvas in
      var raster = DotRaster(area: rectangle, charset: canvas.charset)
      if let row = raster.row(yAxis.fraction(of: 0)) {
        for column in rectangle.x..<rectangle.endX {
          canvas.put(canvas.glyphs.horizontal, x: column, y: row, style: theme.axis)
        }
      }
      trace(into: &raster, xAxis: xAxis, yAxis: yAxis)
      raster.draw(into: &canvas, styles: styles, theme: theme)
    }
  }

  /// The canvas column that shows `x` when the plot is drawn in `rectangle`; nil if it is not
  /// visible.
  package func screenColumn(
    forX x: Double, in rectangle: Rectangle, charset: Charset = .unicode
  ) -> Int? {
    let frame = frame(in: rectangle, theme: .monochrome, charset: charset)
    return DotRaster(area: frame.area, charset: charset).column(frame.xAxis.fraction(of: x))
  }

  /// The x at the centre of a canvas column, the inverse of `screenColumn`; nil outside the data
  /// area.
  package func x(
    atColumn column: Int, in rectangle: Rectangle, charset: Charset = .unicode
  ) -> Double? {
    let frame = frame(in: rectangle, theme: .monochrome, charset: charset)
    guard column >= frame.area.x, column < frame.area.endX else { return nil }
    let raster = DotRaster(area: frame.area, charset: charset)
    guard raster.width > 1 else { return frame.xAxis.value(at: 0.5) }
    let dot =
      Double((column - frame.area.x) * raster.dotsAcross) + Double(raster.dotsAcross - 1) / 2
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

  private func frame(in rectangle: Rectangle, theme: Theme, charset: Charset) -> PlotFrame {
    let styles = styles
    return PlotFrame(
      in: rectangle, xAxis: xAxis, yAxis: yAxis, title: title,
      x: AxisTitle(label: xLabel, unit: xUnit),
      y: AxisTitle(label: yLabel, unit: yUnit),
      legend: series.enumerated().compactMap { index, series in
        guard let label = series.label, !label.isEmpty else { return nil }
        return PlotFrame.LegendEntry(
          sample: styles[index].sample(charset: charset), style: styles[index].cellStyle(theme),
          label: label)
      },
      charset: charset, showsTicks: hasScale)
  }

  private var styles: [SeriesStyle] {
    series.enumerated().map { index, series in
      SeriesStyle(index, colorIndex: series.colorIndex, isFaint: series.isFaint)
    }
  }

  /// Faint series first: where curves cross, the last one drawn shows.
  private func trace(into raster: inout DotRaster, xAxis: Axis, yAxis: Axis) {
    let styles = styles
    for isFaint in [true, false] {
      for index in series.indices where series[index].isFaint == isFaint {
        trace(index, styles[index], into: &raster, xAxis: xAxis, yAxis: yAxis)
      }
    }
  }

  private func trace(
    _ index: Int, _ style: SeriesStyle, into raster: inout DotRaster, xAxis: Axis, yAxis: Axis
  ) {
    let series = series[index]
    guard !raster.area.isEmpty else { return }
    var tracer = CurveTracer(raster, series: index, style: style)
    let area = raster
    func dotX(_ x: Double) -> Double { area.dotX(xAxis.fraction(of: x)) }
    func dotY(_ y: Double) -> Double { area.dotY(yAxis.fraction(of: y)) }
    func forEachPoint(_ body: (Double, Double) -> Void) {
      series.curve.forEachPoint(
        columnCount: area.width, column: dotX, onlyPositive: yAxis.isLogarithmic, body)
    }
    switch series.mark {
    case .line:
      forEachPoint { tracer.lineTo(dotX($0), dotY($1)) }
      tracer.finish()
    case .stem:
      // A logarithmic axis has no zero: its stems start at the frame.
      let baseline = yAxis.isLogarithmic ? 0 : yAxis.fraction(of: 0)
      let visible = series.curve.count(ofX: xAxis.range, atMost: area.width)
      // Heads are three dots wide and need a gap between them.
      let hasHeads = area.dotsAcross > 1 && visible * 4 <= area.width
      forEachPoint {
        tracer.stem(dotX($0), dotY($1), baseline: area.dotY(baseline), hasHead: hasHeads)
      }
    case .points:
      for index in 0..<series.curve.count {
        let point = series.curve.point(index)
        tracer.point(dotX(point.x), dotY(point.y))
      }
    }
    raster = tracer.raster
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

  /// Labels never cover each other, and avoid data if possible.
  private func drawMarkerLabels(
    into canvas: inout Canvas, frame: PlotFrame, raster: DotRaster, theme: Theme
  ) {
    var taken: [Rectangle] = []
    for marker in markers {
      let column = marker.x.flatMap { raster.column(frame.xAxis.fraction(of: $0)) }
      let row = marker.y.flatMap { raster.row(frame.yAxis.fraction(of: $0)) }
      guard (column != nil) == (marker.x != nil), (row != nil) == (marker.y != nil) else {
        continue
      }
      if let column, let row {
        canvas.put(canvas.glyphs.point, x: column, y: row, style: theme.marker)
        taken.append(Rectangle(x: column, y: row, width: 1, height: 1))
      }
      let label = truncated(marker.label, toWidth: frame.area.width, charset: canvas.charset)
      let width = displayWidth(of: label, charset: canvas.charset)
      guard width > 0 else { continue }
      let candidates = labelCandidates(column: column, row: row, width: width, area: frame.area)
      let free = candidates.filter { candidate in
        candidate.intersection(frame.area) == candidate
          && taken.allSatisfy { $0.intersection(candidate).isEmpty }
      }
      let clear = free.first { candidate in
        (candidate.x..<candidate.endX).allSatisfy { !raster.isMarked(x: $0, y: candidate.y) }
      }
      // In a plot of a few rows the data matters more than the label.
      guard let position = clear ?? (frame.area.height < 4 ? nil : free.first) else { continue }
      canvas.put(label, x: position.x, y: position.y, style: theme.marker)
      taken.append(position)
    }
  }

  /// In order of preference.
  private func labelCandidates(
    column: Int?, row: Int?, width: Int, area: Rectangle
  ) -> [Rectangle] {
    func label(_ x: Int, _ y: Int) -> Rectangle { Rectangle(x: x, y: y, width: width, height: 1) }
    switch (column, row) {
    case (let column?, let row?):
      return [row, row - 1, row + 1, row - 2, row + 2].flatMap {
        [label(column + 2, $0), label(column - 1 - width, $0)]
      }
    case (let column?, nil):
      return (area.y..<area.endY).flatMap { [label(column + 1, $0), label(column - width, $0)] }
    case (nil, let row?):
      return [row - 1, row, row + 1].flatMap {
        [label(area.endX - width, $0), label(area.x + 1, $0)]
      }
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
