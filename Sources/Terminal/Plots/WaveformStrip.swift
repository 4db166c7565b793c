/// The waveform of a sound with a playhead.
package struct WaveformStrip: Sendable {
  /// Of each stretch of the sound.
  private let lows: [Float]
  private let highs: [Float]
  /// The stretches with samples that cannot be drawn.
  private let faults: Set<Int>
  private let peak: Float
  /// From 0 to 1; nil shows no playhead.
  package var playhead: Double?

  /// O(stretches): scales the strip to the loudest sample.
  ///
  /// - Parameters:
  ///   - lows: the least sample of each stretch.
  ///   - faults: the stretches with samples that are nan or infinite, which get a mark.
  package init(lows: [Float], highs: [Float], faults: Set<Int> = [], playhead: Double? = nil) {
    self.lows = lows
    self.highs = highs
    self.faults = faults
    self.playhead = playhead
    peak = zip(lows, highs).reduce(0) { peak, stretch in
      [stretch.0, stretch.1].filter(\.isFinite).reduce(peak) { max($0, abs($1)) }
    }
  }

  /// Each sample is a stretch.
  package init(samples: [Float], playhead: Double? = nil) {
    self.init(
      lows: samples, highs: samples,
      faults: Set(samples.indices.filter { !samples[$0].isFinite }), playhead: playhead)
  }

  /// Draws the minimum and the maximum of every column of dots; O(stretches + cells).
  package func draw(into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme) {
    canvas.clipped(to: rectangle) { canvas in
      guard !rectangle.isEmpty else { return }
      if canvas.charset == .ascii, rectangle.height <= 3 {
        drawLevels(into: &canvas, in: rectangle, theme: theme)
      } else {
        var raster = DotRaster(area: rectangle, dots: canvas.dots)
        trace(into: &raster)
        raster.draw(into: &canvas, styles: [SeriesStyle(0)], theme: theme)
      }
      drawFaults(into: &canvas, in: rectangle, theme: theme)
      guard let playhead, !playhead.isNaN else { return }
      let column = rectangle.x + Int(max(0, min(1, playhead)) * Double(rectangle.width - 1))
      canvas.restyle(rectangle.inset(left: column + 1 - rectangle.x)) { style in
        style.foreground = theme.dim.foreground
        style.isDim = theme.dim.isDim
      }
      for row in rectangle.y..<rectangle.endY {
        if canvas.bounds.contains(x: column, y: row), canvas[column, row].character != " " {
          canvas.restyle(Rectangle(x: column, y: row, width: 1, height: 1)) { $0.isReversed = true }
        } else {
          canvas.put(canvas.glyphs.vertical, x: column, y: row, style: theme.cursor)
        }
      }
    }
  }

  /// With one dot per cell, a few rows would be solid. Draws a bar for the loudest sample of each
  /// column instead, with the levels of a sparkline at its top.
  private func drawLevels(into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme) {
    let levels = canvas.glyphs.levels
    for x in 0..<rectangle.width {
      let stretches = bin(x, of: rectangle.width, over: lows.count)
      let finite = (lows[stretches] + highs[stretches]).filter(\.isFinite)
      guard let loudest = finite.map(abs).max() else { continue }
      let share = peak > 0 ? Double(loudest / peak) : 0
      let height = max(1, Int((share * Double(rectangle.height * levels.count)).rounded()))
      for row in 0..<rectangle.height {
        let level = min(levels.count, height - row * levels.count)
        guard level > 0 else { break }
        canvas.put(
          levels[level - 1], x: rectangle.x + x, y: rectangle.endY - 1 - row,
          style: theme.series[0])
      }
    }
  }

  /// A cross where there are samples without a place.
  private func drawFaults(into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme) {
    guard !faults.isEmpty else { return }
    for x in 0..<rectangle.width
    where bin(x, of: rectangle.width, over: lows.count).contains(where: faults.contains) {
      canvas.put(
        canvas.glyphs.crossMark, x: rectangle.x + x, y: rectangle.y + rectangle.height / 2,
        style: theme.error)
    }
  }

  private func trace(into raster: inout DotRaster) {
    let scale = peak > 0 ? 0.5 / Double(peak) : 0
    for x in 0..<raster.width {
      var (low, high) = (Float.infinity, -Float.infinity)
      for stretch in bin(x, of: raster.width, over: lows.count) {
        if lows[stretch].isFinite { low = min(low, lows[stretch]) }
        if highs[stretch].isFinite { high = max(high, highs[stretch]) }
      }
      guard low <= high else { continue }
      let top = Int(raster.dotY(0.5 + Double(high) * scale).rounded())
      let bottom = Int(raster.dotY(0.5 + Double(low) * scale).rounded())
      for y in top...bottom { raster.set(x, y, series: 0) }
    }
  }
}
