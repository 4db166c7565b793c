/// The dots of a plot: a mask for every cell, and which series drew there last. In Unicode a cell
/// holds 2 × 4 dots of a Braille pattern, in ASCII it is one dot.
struct DotRaster {
  let area: Rectangle
  let dotsAcross: Int
  let dotsDown: Int
  /// In dots.
  let width: Int
  let height: Int
  private var masks: [UInt8]
  private var owners: [UInt8]

  init(area: Rectangle, charset: Charset) {
    self.area = area
    dotsAcross = charset == .unicode ? 2 : 1
    dotsDown = charset == .unicode ? 4 : 1
    width = area.width * dotsAcross
    height = area.height * dotsDown
    masks = Array(repeating: 0, count: area.width * area.height)
    owners = masks
  }

  // MARK: Places

  /// The dot at a fraction of the width, not rounded; outside of the raster for fractions outside.
  func dotX(_ fraction: Double) -> Double { fraction * Double(width - 1) }
  /// As `dotX`, from the bottom up.
  func dotY(_ fraction: Double) -> Double { (1 - fraction) * Double(height - 1) }

  /// The cell column and row of the canvas that hold a fraction; nil outside.
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
    owners[index] = UInt8(truncatingIfNeeded: series)
  }

  /// Whether a series drew in this cell of the canvas.
  func isMarked(x: Int, y: Int) -> Bool {
    area.contains(x: x, y: y) && masks[(y - area.y) * area.width + x - area.x] != 0
  }

  /// - Parameter marks: how each series looks; never empty, used in turn.
  func draw(into canvas: inout Canvas, marks: [SeriesMark], theme: Theme) {
    for row in 0..<area.height {
      for column in 0..<area.width {
        let index = row * area.width + column
        guard masks[index] != 0 else { continue }
        let mark = marks[Int(owners[index]) % marks.count]
        let glyph =
          dotsDown == 1
          ? mark.asciiGlyph
          : String(Character(Unicode.Scalar(0x2800 + UInt32(masks[index])) ?? " "))
        canvas.put(
          glyph, x: area.x + column, y: area.y + row, style: mark.style(theme))
      }
    }
  }

  /// Indexed by row, then column: the order in which Unicode numbers the dots of a pattern.
  private static let brailleBit: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
}

/// What tells a series apart: its colour, and without colour the rhythm of its dots, or its
/// character in ASCII.
struct SeriesMark {
  let index: Int
  private let colorIndex: Int
  /// A series in the background: grey, of a few dots, whatever its index.
  let isFaint: Bool

  /// - Parameter colorIndex: nil for the colour of its own place.
  init(_ series: Int, colorIndex: Int? = nil, isFaint: Bool = false) {
    index = series
    self.colorIndex = colorIndex ?? series
    self.isFaint = isFaint
  }

  func style(_ theme: Theme) -> Style {
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

  /// Two columns that look like the line, for the legend.
  func sample(charset: Charset) -> String {
    if charset == .ascii { return asciiGlyph + asciiGlyph }
    return isFaint ? "··" : ["━━", "┈┈", "╍╍", "╍┈"][index % 4]
  }
}
