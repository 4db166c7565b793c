/// `▌length M   11 ├───────●──────┤ 1023   101 taps`
package struct SliderView: Sendable {
  package var label: String
  package var minimum: String
  package var maximum: String
  package var value: String
  /// Where the knob stands, from 0 to 1.
  package var fraction: Double
  package var isFocused: Bool
  /// Room for the label, the ends and the value, so that neighbours stand in line and the track
  /// keeps its place while the value changes; text that is wider gets what it needs.
  package var labelWidth = 0
  package var endWidth = 0
  package var valueWidth = 0

  package init(
    label: String, minimum: String, maximum: String, value: String, fraction: Double,
    isFocused: Bool = false
  ) {
    self.label = label
    self.minimum = minimum
    self.maximum = maximum
    self.value = value
    self.fraction = fraction
    self.isFocused = isFocused
  }

  /// Draws one row. When it is narrow the ends go first, then the track, then part of the label:
  /// the value stays.
  package func draw(into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme) {
    guard !rectangle.isEmpty else { return }
    canvas.clipped(to: rectangle) { canvas in
      let layout = layout(in: rectangle, charset: canvas.charset)
      let y = rectangle.y
      drawFocus(isFocused, into: &canvas, x: rectangle.x, y: y, theme: theme)
      canvas.put(
        truncated(label, toWidth: layout.labelRoom, charset: canvas.charset),
        x: rectangle.x + 1, y: y, style: isFocused ? theme.focus : theme.prose)
      canvas.put(value, x: layout.valueX, y: y, style: isFocused ? theme.focus : theme.strong)
      guard let track = layout.track else { return }
      if layout.hasEnds {
        let minimumWidth = displayWidth(of: minimum, charset: canvas.charset)
        canvas.put(minimum, x: track.x - 2 - minimumWidth, y: y, style: theme.dim)
        canvas.put(maximum, x: track.endX + 2, y: y, style: theme.dim)
      }
      drawTrack(
        into: &canvas, track: track, fraction: fraction, knob: canvas.glyphs.knob,
        style: isFocused ? theme.focus : theme.accent, theme: theme)
    }
  }

  /// The value from 0 to 1 that a click at this column of the canvas asks for; nil beside the track.
  package func fraction(
    atColumn column: Int, in rectangle: Rectangle, charset: Charset = .unicode
  ) -> Double? {
    guard let track = layout(in: rectangle, charset: charset).track,
      column >= track.x, column < track.endX
    else { return nil }
    return track.width > 1 ? Double(column - track.x) / Double(track.width - 1) : 0
  }

  private struct Layout {
    var labelRoom: Int
    /// Without its two end marks.
    var track: Rectangle?
    var hasEnds: Bool
    var valueX: Int
  }

  private func layout(in rectangle: Rectangle, charset: Charset) -> Layout {
    func width(_ text: String, atLeast least: Int) -> Int {
      max(least, displayWidth(of: text, charset: charset))
    }
    let labelRoom = width(label, atLeast: labelWidth)
    let valueRoom = width(value, atLeast: valueWidth)
    let minimumRoom = width(minimum, atLeast: endWidth)
    let maximumRoom = width(maximum, atLeast: endWidth)
    // Focus mark, label, two blanks, track with its ends, two blanks, value.
    let room = rectangle.width - 1 - labelRoom - 2 - 2 - 2 - valueRoom
    let start = rectangle.x + 1 + labelRoom + 2
    let withEnds = room - minimumRoom - maximumRoom - 2
    if withEnds >= 8 {
      let track = Rectangle(
        x: start + minimumRoom + 2, y: rectangle.y, width: withEnds, height: 1)
      return Layout(
        labelRoom: labelRoom, track: track, hasEnds: true,
        valueX: track.endX + 2 + maximumRoom + 2)
    }
    if room >= 4 {
      let track = Rectangle(x: start + 1, y: rectangle.y, width: room, height: 1)
      return Layout(
        labelRoom: labelRoom, track: track, hasEnds: false, valueX: track.endX + 3)
    }
    let valueWidth = displayWidth(of: value, charset: charset)
    let shortLabel = max(0, min(labelRoom, rectangle.width - 2 - valueWidth))
    return Layout(
      labelRoom: shortLabel, track: nil, hasEnds: false,
      valueX: rectangle.x + 1 + (shortLabel > 0 ? shortLabel + 1 : 0))
  }
}

/// The mark in the first column that tells without colour where the focus is.
func drawFocus(_ isFocused: Bool, into canvas: inout Canvas, x: Int, y: Int, theme: Theme) {
  if isFocused { canvas.put(canvas.glyphs.focus, x: x, y: y, style: theme.focus) }
}

/// A track with a knob; `track` is the part between its two end marks.
func drawTrack(
  into canvas: inout Canvas, track: Rectangle, fraction: Double, knob: String, style: Style,
  theme: Theme
) {
  canvas.put(canvas.glyphs.trackStart, x: track.x - 1, y: track.y, style: theme.axis)
  for x in track.x..<track.endX {
    canvas.put(canvas.glyphs.horizontal, x: x, y: track.y, style: theme.axis)
  }
  canvas.put(canvas.glyphs.trackEnd, x: track.endX, y: track.y, style: theme.axis)
  guard track.width > 0 else { return }
  let place = fraction.isNaN ? 0 : max(0, min(1, fraction))
  let column = Int((place * Double(track.width - 1)).rounded())
  canvas.put(knob, x: track.x + column, y: track.y, style: style)
}
