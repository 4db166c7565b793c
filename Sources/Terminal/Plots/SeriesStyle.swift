/// What distinguishes a series from others: its colour, and also the mark along it, or in ASCII its
/// character.
struct SeriesStyle {
  /// The same for series of plots side by side that show the same thing.
  let index: Int
  /// A series in the background: grey and sparsely dotted, whatever its index.
  let isFaint: Bool
  /// The range over which the series scatters, behind it.
  let isBand: Bool

  init(_ index: Int, isFaint: Bool = false, isBand: Bool = false) {
    self.index = index
    self.isFaint = isFaint || isBand
    self.isBand = isBand
  }

  func cellStyle(_ theme: Theme) -> Style {
    if isBand { return theme.bands[index % theme.bands.count] }
    return isFaint ? theme.dim : theme.series[index % theme.series.count]
  }

  /// Whether the dot at this step along the line is drawn.
  func isDrawn(step: Int) -> Bool { !isFaint || step % 3 == 0 }

  var asciiGlyph: String { isFaint ? "." : ["*", "+", "o", "x", "#", "@"][index % 6] }

  /// Nil for the first series, which is a plain line, and in ASCII.
  func mark(_ charset: Charset) -> String? {
    charset == .ascii || isFaint ? nil : [nil, "●", "▲", "■", "✕", "▼"][index % 6]
  }

  /// A sample of the line for the legend, two columns wide.
  func sample(charset: Charset, hasMark: Bool) -> String {
    if charset == .ascii { return asciiGlyph + asciiGlyph }
    if isFaint { return "··" }
    return hasMark ? mark(charset).map { "━" + $0 } ?? "━━" : "━━"
  }
}
