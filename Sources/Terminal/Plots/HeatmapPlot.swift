import Messages

/// Values over two axes, such as a spectrogram. Colours or shades encode the value.
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
  /// The values', for the key.
  package var valueUnit = "dB"
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

  /// Whether the key with the two limits is drawn beside the title.
  package var hasKey = true

  /// Draws the values at any size, in half a row each where colours alone can show them. What covers
  /// several values shows their maximum.
  package func draw(into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme) {
    canvas.clipped(to: rectangle) { canvas in
      let content = content(width: rectangle.width, charset: canvas.charset)
      let frame = PlotFrame(in: rectangle, content, charset: canvas.charset, dots: canvas.dots)
      let raster = DotRaster(area: frame.area, dots: canvas.dots)
      frame.draw(into: &canvas, raster: raster, theme: theme)
      guard let limits = limits ?? dataLimits() else {
        frame.drawMessage("no data", into: &canvas, theme: theme)
        return
      }
      if theme.heatScale.isEmpty || canvas.charset == .ascii {
        drawShades(into: &canvas, area: frame.area, limits: limits, theme: theme)
      } else {
        drawHalfBlocks(into: &canvas, area: frame.area, limits: limits, scale: theme.heatScale)
      }
      if hasKey {
        let used = displayWidth(of: content.fullTitle, charset: canvas.charset) + 2
        drawKey(limits, into: &canvas, in: rectangle.inset(left: used), theme: theme)
      }
      if let cursor, let column = raster.column(frame.xAxis.fraction(of: cursor)) {
        for row in frame.area.y..<frame.area.endY {
          canvas.put(canvas.glyphs.vertical, x: column, y: row, style: theme.cursor)
        }
      }
    }
  }

  /// The columns that show values, where a picture above or below it is to have the same x axis.
  package func dataColumns(in rectangle: Rectangle, charset: Charset) -> Range<Int> {
    let area = PlotFrame(
      in: rectangle, content(width: rectangle.width, charset: charset), charset: charset,
      dots: charset == .ascii ? .ascii : .braille
    ).area
    return area.x..<max(area.x, area.endX)
  }

  private func content(width: Int, charset: Charset) -> PlotFrame.Content {
    var content = PlotFrame.Content(
      xAxis: Axis(xRange), yAxis: Axis(yRange), title: title ?? "level",
      x: AxisTitle(label: xLabel, unit: xUnit), y: AxisTitle(label: yLabel, unit: yUnit))
    // The unit says that the axis is one of frequencies; what the colours mean is said nowhere else.
    if displayWidth(of: content.fullTitle, charset: charset) + 2 + Self.leastKeyWidth > width {
      content.y = AxisTitle(label: nil, unit: yUnit)
    }
    return content
  }

  /// Of a key with four colours.
  private static let leastKeyWidth = 16

  /// `−80 ░░▒▒▓▓██ 0 dB`, at the end of the first row, if there is room.
  private func drawKey(
    _ limits: ClosedRange<Double>, into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme
  ) {
    guard rectangle.height >= 4 else { return }
    // Zero without a sign.
    func text(_ value: Double) -> String { readable(value + 0, digits: 3) }
    let low = text(limits.lowerBound) + " "
    let high = " " + text(limits.upperBound) + (valueUnit.isEmpty ? "" : " " + valueUnit)
    let texts = displayWidth(of: low + high, charset: canvas.charset)
    let length = min(16, rectangle.width - texts)
    guard length >= 4 else { return }
    var x = canvas.put(
      low, x: rectangle.endX - texts - length, y: rectangle.y, style: theme.dim)
    for place in 0..<length {
      let level = Double(place) / Double(length - 1)
      if theme.heatScale.isEmpty || canvas.charset == .ascii {
        put(level, into: &canvas, x: x, y: rectangle.y, theme: theme)
      } else {
        let color = theme.heatScale.color(level)
        canvas.put("█", x: x, y: rectangle.y, style: Style(foreground: color))
      }
      x += 1
    }
    canvas.put(high, x: x, y: rectangle.y, style: theme.dim)
  }

  private func dataLimits() -> ClosedRange<Double>? {
    let ranges = values.compactMap { finiteRange(of: $0) }
    guard let low = ranges.map(\.lowerBound).min(), let high = ranges.map(\.upperBound).max()
    else { return nil }
    return max(low, high - dynamicRange)...high
  }

  /// The greatest value in a part of the area, as a level from 0 to 1; nil where there is nothing to show.
  private func level(
    x: Int, of columnCount: Int, y: Int, of rowCount: Int, limits: ClosedRange<Double>
  ) -> Double? {
    var maximum = -Double.infinity
    for column in values[bin(x, of: columnCount, over: values.count)] {
      for value in column[bin(rowCount - 1 - y, of: rowCount, over: column.count)]
      where value.isFinite {
        maximum = max(maximum, value)
      }
    }
    guard maximum.isFinite else { return nil }
    let span = limits.upperBound - limits.lowerBound
    return span > 0 ? max(0, min(1, (maximum - limits.lowerBound) / span)) : 1
  }

  private func drawShades(
    into canvas: inout Canvas, area: Rectangle, limits: ClosedRange<Double>, theme: Theme
  ) {
    for x in 0..<area.width {
      for y in 0..<area.height {
        guard let level = level(x: x, of: area.width, y: y, of: area.height, limits: limits)
        else { continue }
        put(level, into: &canvas, x: area.x + x, y: area.y + y, theme: theme)
      }
    }
  }

  private func put(_ level: Double, into canvas: inout Canvas, x: Int, y: Int, theme: Theme) {
    let shades = canvas.glyphs.shades
    // Colours of even lightness would hide the characters that say the same.
    let style =
      theme.heatScale.isEmpty
      ? theme.heat[min(theme.heat.count - 1, Int(level * Double(theme.heat.count)))] : .plain
    canvas.put(
      shades[min(shades.count - 1, Int(level * Double(shades.count)))], x: x, y: y, style: style)
  }

  /// Two values in each row: one is the colour of the character, the other that of its background.
  private func drawHalfBlocks(
    into canvas: inout Canvas, area: Rectangle, limits: ClosedRange<Double>, scale: [Color]
  ) {
    for x in 0..<area.width {
      for y in 0..<area.height {
        func level(_ half: Int) -> Double? {
          self.level(
            x: x, of: area.width, y: 2 * y + half, of: 2 * area.height, limits: limits)
        }
        let (glyph, style): (String, Style)
        switch (level(0), level(1)) {
        case (nil, nil): continue
        case (let upper?, nil): (glyph, style) = ("▀", Style(foreground: scale.color(upper)))
        case (nil, let lower?): (glyph, style) = ("▄", Style(foreground: scale.color(lower)))
        case (let upper?, let lower?):
          glyph = "▀"
          style = Style(foreground: scale.color(upper), background: scale.color(lower))
        }
        canvas.put(glyph, x: area.x + x, y: area.y + y, style: style)
      }
    }
  }
}

extension [Color] {
  /// - Parameter level: from 0 to 1.
  fileprivate func color(_ level: Double) -> Color {
    self[Swift.min(count - 1, Int(level * Double(count)))]
  }
}

/// The items in bin `index` of `count` equal bins: at least one, unless there are no items.
func bin(_ index: Int, of count: Int, over items: Int) -> Range<Int> {
  guard items > 0 else { return 0..<0 }
  let start = min(items - 1, index * items / count)
  return start..<max(start + 1, min(items, (index + 1) * items / count))
}
