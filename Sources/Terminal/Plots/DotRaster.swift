/// The dots of a plot: for each cell a bit mask and the series that drew there.
///
/// A cell has one colour. Where series meet, the one with the fewest cells has it, since the others show
/// elsewhere; one that would hardly be seen takes turns with those that cover it.
struct DotRaster {
  let area: Rectangle
  let dots: DotStyle
  /// In dots.
  let width: Int
  let height: Int
  private var masks: [UInt8]
  /// What is only drawn where nothing else is.
  private var faintMasks: [UInt8]
  private var faintSeries: [UInt8]
  /// Of each cell: a bit for each series that drew there, the 64th for all from there on.
  private var present: [UInt64]

  init(area: Rectangle, dots: DotStyle) {
    self.area = area
    self.dots = dots
    width = area.width * dots.dotsAcross
    height = area.height * dots.dotsDown
    masks = Array(repeating: 0, count: area.width * area.height)
    faintMasks = masks
    faintSeries = masks
    present = Array(repeating: 0, count: masks.count)
  }

  // MARK: Mapping

  /// The dot at a fraction of the width, unrounded; outside the raster for fractions beyond 0 … 1.
  func dotX(_ fraction: Double) -> Double { fraction * Double(width - 1) }
  /// As `dotX`, from the bottom up.
  func dotY(_ fraction: Double) -> Double { (1 - fraction) * Double(height - 1) }

  /// The canvas column or row of the cell that contains a fraction; nil outside the raster.
  func column(_ fraction: Double) -> Int? {
    cell(dotX(fraction), dots: dots.dotsAcross, count: area.width).map { area.x + $0 }
  }
  func row(_ fraction: Double) -> Int? {
    cell(dotY(fraction), dots: dots.dotsDown, count: area.height).map { area.y + $0 }
  }

  private func cell(_ dot: Double, dots: Int, count: Int) -> Int? {
    let rounded = dot.rounded()
    guard rounded >= 0, rounded < Double(count * dots) else { return nil }
    return Int(rounded) / dots
  }

  // MARK: Drawing

  mutating func set(_ x: Int, _ y: Int, series: Int, isFaint: Bool = false) {
    guard x >= 0, x < width, y >= 0, y < height else { return }
    let index = (y / dots.dotsDown) * area.width + x / dots.dotsAcross
    let bit = dots.bit(x: x % dots.dotsAcross, y: y % dots.dotsDown)
    if isFaint {
      faintMasks[index] |= bit
      faintSeries[index] = UInt8(truncatingIfNeeded: series)
    } else {
      masks[index] |= bit
      present[index] |= 1 << UInt64(min(63, series))
    }
  }

  /// Whether any series drew in this cell of the canvas; a faint one does not count.
  func isMarked(x: Int, y: Int) -> Bool {
    area.contains(x: x, y: y) && masks[(y - area.y) * area.width + x - area.x] != 0
  }

  /// Whether anything at all is in this cell of the canvas.
  func isDotted(x: Int, y: Int) -> Bool {
    isMarked(x: x, y: y)
      || area.contains(x: x, y: y) && faintMasks[(y - area.y) * area.width + x - area.x] != 0
  }

  /// - Parameters:
  ///   - styles: one for each series; never empty, used cyclically.
  ///   - hasMarks: draws the mark of each series along it, so that it is known without its colour.
  func draw(
    into canvas: inout Canvas, styles: [SeriesStyle], theme: Theme, hasMarks: Bool = false
  ) {
    let owners = owners()
    for row in 0..<area.height {
      for column in 0..<area.width {
        let index = row * area.width + column
        let (mask, series) =
          masks[index] != 0
          ? (masks[index], owners[index]) : (faintMasks[index], Int(faintSeries[index]))
        guard mask != 0 else { continue }
        let style = styles[series % styles.count]
        canvas.put(
          dots.glyph(mask).map(String.init) ?? style.asciiGlyph, x: area.x + column,
          y: area.y + row, style: style.cellStyle(theme))
      }
    }
    if hasMarks, dots != .ascii {
      drawMarks(into: &canvas, owners: owners, styles: styles, theme: theme)
    }
  }

  /// Of each cell, the series whose colour it has; meaningless where there is none.
  private func owners() -> [Int] {
    var counts = Array(repeating: 0, count: 64)
    for cell in present { cell.forEachBit { counts[$0] += 1 } }
    let isShared = present.contains { $0.nonzeroBitCount > 1 }
    guard isShared else { return present.map { $0.trailingZeroBitCount & 63 } }
    var shown = Array(repeating: 0, count: 64)
    var owners = present.map { cell -> Int in
      var owner = cell.trailingZeroBitCount & 63
      cell.forEachBit { if counts[$0] < counts[owner] { owner = $0 } }
      if cell != 0 { shown[owner] += 1 }
      return owner
    }
    var covered: UInt64 = 0
    for series in 0..<64 where shown[series] * 3 < counts[series] { covered |= 1 << UInt64(series) }
    guard covered != 0 else { return owners }
    for index in present.indices where present[index] & covered != 0 {
      let turns = present[index] & (covered | 1 << UInt64(owners[index]))
      var turn = (index % area.width) / 2 % max(1, turns.nonzeroBitCount)
      turns.forEachBit { series in
        if turn == 0 { owners[index] = series }
        turn -= 1
      }
    }
    return owners
  }

  /// Marks a dozen columns apart, those of different series in different columns.
  private func drawMarks(
    into canvas: inout Canvas, owners: [Int], styles: [SeriesStyle], theme: Theme
  ) {
    guard !area.isEmpty else { return }
    let distance = max(4, min(14, area.width / 3))
    for (series, style) in styles.prefix(64).enumerated() where !style.isFaint {
      guard let mark = style.mark(canvas.charset) else { continue }
      func rows(showingIn column: Int) -> [Int] {
        (0..<area.height).filter { row in
          let index = row * area.width + column
          return present[index] == 1 << UInt64(series)
            || present[index] & 1 << UInt64(series) != 0 && owners[index] == series
        }
      }
      let offset = distance / 2 + series * distance / max(2, styles.count)
      var columns = stride(from: offset % distance, to: area.width, by: distance)
        .filter { !rows(showingIn: $0).isEmpty }
      // A short series, such as a single stem, may lie between those columns.
      if columns.isEmpty {
        let counts = (0..<area.width).map { rows(showingIn: $0).count }
        columns = [counts.firstIndex(of: counts.max() ?? 0) ?? 0]
      }
      for column in columns {
        let rows = rows(showingIn: column)
        guard !rows.isEmpty else { continue }
        canvas.put(
          mark, x: area.x + column, y: area.y + rows[rows.count / 2], style: style.cellStyle(theme))
      }
    }
  }
}

extension UInt64 {
  /// From the lowest bit on.
  fileprivate func forEachBit(_ body: (Int) -> Void) {
    var rest = self
    while rest != 0 {
      body(rest.trailingZeroBitCount)
      rest &= rest - 1
    }
  }
}
