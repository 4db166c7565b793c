/// The dots of a plot: for each cell a bit mask and the series that drew there last. In Unicode a
/// cell holds the 2 × 4 dots of a Braille pattern, in ASCII a single dot.
struct DotRaster {
  let area: Rectangle
  let dotsAcross: Int
  let dotsDown: Int
  /// In dots.
  let width: Int
  let height: Int
  private var masks: [UInt8]
  private var topSeries: [UInt8]

  init(area: Rectangle, charset: Charset) {
    self.area = area
    dotsAcross = charset == .unicode ? 2 : 1
    dotsDown = charset == .unicode ? 4 : 1
    width = area.width * dotsAcross
    height = area.height * dotsDown
    masks = Array(repeating: 0, count: area.width * area.height)
    topSeries = masks
  }

  // MARK: Mapping

  /// The dot at a fraction of the width, unrounded; outside the raster for fractions beyond 0 … 1.
  func dotX(_ fraction: Double) -> Double { fraction * Double(width - 1) }
  /// As `dotX`, from the bottom up.
  func dotY(_ fraction: Double) -> Double { (1 - fraction) * Double(height - 1) }

  /// The canvas column or row of the cell that contains a fraction; nil outside the raster.
  func column(_ fraction: Double) -> Int? {
    cell(dotX(fraction), dots: dotsAcross, count: area.width).map { area.x + $0 }
  }
  func row(_ fraction: Double) -> Int? {
    cell(dotY(fraction), dots: dotsDown, count: area.height).map { area.y + $0 }
  }

  private func cell(_ dot: Double, dots: Int, count: Int) -> Int? {
    let rounded = dot.rounded()
    guard rounded >= 0, rounded < Double(count * dots) else { return nil }
    return Int(rounded) / dots
  }

  // MARK: Drawing

  mutating func set(_ x: Int, _ y: Int, series: Int) {
    guard x >= 0, x < width, y >= 0, y < height else { return }
    let index = (y / dotsDown) * area.width + x / dotsAcross
    masks[index] |= Self.brailleBit[(y % dotsDown) * 2 + x % dotsAcross]
    topSeries[index] = UInt8(truncatingIfNeeded: series)
  }

  /// Whether any series drew in this cell of the canvas.
  func isMarked(x: Int, y: Int) -> Bool {
    area.contains(x: x, y: y) && masks[(y - area.y) * area.width + x - area.x] != 0
  }

  /// - Parameter styles: one for each series; never empty, used cyclically.
  func draw(into canvas: inout Canvas, styles: [SeriesStyle], theme: Theme) {
    for row in 0..<area.height {
      for column in 0..<area.width {
        let index = row * area.width + column
        guard masks[index] != 0 else { continue }
        let style = styles[Int(topSeries[index]) % styles.count]
        let glyph =
          dotsDown == 1
          ? style.asciiGlyph
          : String(Character(Unicode.Scalar(0x2800 + UInt32(masks[index])) ?? " "))
        canvas.put(
          glyph, x: area.x + column, y: area.y + row, style: style.cellStyle(theme))
      }
    }
  }

  /// Unicode's bit for each dot of a pattern, indexed by row, then column.
  private static let brailleBit: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
}

/// What distinguishes a series from others: its colour, and also its dash pattern, or in ASCII its
/// character.
struct SeriesStyle {
  let index: Int
  private let colorIndex: Int
  /// A background series: grey and sparsely dotted, whatever its index.
  let isFaint: Bool

  /// - Parameter colorIndex: nil for the colour at its own index.
  init(_ series: Int, colorIndex: Int? = nil, isFaint: Bool = false) {
    index = series
    self.colorIndex = colorIndex ?? series
    self.isFaint = isFaint
  }

  func cellStyle(_ theme: Theme) -> Style {
    isFaint ? theme.dim : theme.series[colorIndex % theme.series.count]
  }

  /// Whether the dot at this step along the line is drawn.
  func isDrawn(step: Int) -> Bool {
    if isFaint { return step % 5 == 0 }
    return switch index % 4 {
    case 0: true
    case 1: step % 3 == 0
    case 2: step % 8 < 5
    default: step % 10 < 5 || step % 10 == 7
    }
  }

  var asciiGlyph: String { isFaint ? "." : ["*", "+", "o", "x", "#", "@"][index % 6] }

  /// A two-column sample of the line, for the legend.
  func sample(charset: Charset) -> String {
    if charset == .ascii { return asciiGlyph + asciiGlyph }
    return isFaint ? "··" : ["━━", "┈┈", "╍╍", "╍┈"][index % 4]
  }
}
