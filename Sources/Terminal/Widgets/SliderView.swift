/// `▌length M   11 ├───────●──────┤ 1023   101 taps`
package struct SliderView: Sendable {
  package var label: String
  package var minimum: String
  package var maximum: String
  package var value: String
  /// The position of the knob, from 0 to 1.
  package var fraction: Double
  package var isFocused: Bool
  /// Minimum widths of the label, the two limits and the value, so that sliders below each other line
  /// up and the rail stays put while the value changes. Wider text still gets the room it needs.
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

  /// Draws one row. If it is narrow, first the limits are left out, then the rail, then part of the
  /// label, but never the value.
  package func draw(into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme) {
    guard !rectangle.isEmpty else { return }
    canvas.clipped(to: rectangle) { canvas in
      let layout = layout(in: rectangle, charset: canvas.charset)
      let y = rectangle.y
      drawFocus(isFocused, into: &canvas, x: rectangle.x, y: y, theme: theme)
      canvas.put(
        truncated(label, toWidth: layout.labelRoom, charset: canvas.charset),
        x: rectangle.x + 1, y: y, style: isFocused ? theme.focus : theme.prose)
      canvas.put(
        truncated(
          value, toWidth: max(0, rectangle.endX - layout.valueX), charset: canvas.charset),
        x: layout.valueX, y: y, style: isFocused ? theme.focus : theme.strong)
      guard let rail = layout.rail else { return }
      if layout.showsLimits {
        let minimumWidth = displayWidth(of: minimum, charset: canvas.charset)
        canvas.put(minimum, x: rail.x - 2 - minimumWidth, y: y, style: theme.dim)
        canvas.put(maximum, x: rail.endX + 2, y: y, style: theme.dim)
      }
      drawRail(
        into: &canvas, rail: rail, fraction: fraction, knob: canvas.glyphs.knob,
        style: isFocused ? theme.focus : theme.accent, theme: theme)
    }
  }

  /// The fraction that a click at this canvas column selects; nil outside the rail and its end caps.
  package func fraction(
    atColumn column: Int, in rectangle: Rectangle, charset: Charset = .unicode
  ) -> Double? {
    guard let rail = layout(in: rectangle, charset: charset).rail,
      column >= rail.x - 1, column <= rail.endX
    else { return nil }
    return rail.width > 1
      ? max(0, min(1, Double(column - rail.x) / Double(rail.width - 1))) : 0
  }

  private struct Layout {
    var labelRoom: Int
    /// Without its two end caps.
    var rail: Rectangle?
    var showsLimits: Bool
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
    // Focus mark, label, two blanks, rail with end caps, two blanks, value.
    let room = rectangle.width - 1 - labelRoom - 2 - 2 - 2 - valueRoom
    let start = rectangle.x + 1 + labelRoom + 2
    let roomBetweenLimits = room - minimumRoom - maximumRoom - 2
    if roomBetweenLimits >= 8 {
      let rail = Rectangle(
        x: start + minimumRoom + 2, y: rectangle.y, width: roomBetweenLimits, height: 1)
      return Layout(
        labelRoom: labelRoom, rail: rail, showsLimits: true,
        valueX: rail.endX + 2 + maximumRoom + 2)
    }
    if room >= 4 {
      let rail = Rectangle(x: start + 1, y: rectangle.y, width: room, height: 1)
      return Layout(
        labelRoom: labelRoom, rail: rail, showsLimits: false, valueX: rail.endX + 3)
    }
    let valueWidth = displayWidth(of: value, charset: charset)
    let shortLabel = max(0, min(labelRoom, rectangle.width - 2 - valueWidth))
    return Layout(
      labelRoom: shortLabel, rail: nil, showsLimits: false,
      valueX: rectangle.x + 1 + (shortLabel > 0 ? shortLabel + 1 : 0))
  }
}

/// Marks the focus in the first column, visible without colour.
package func drawFocus(_ isFocused: Bool, into canvas: inout Canvas, x: Int, y: Int, theme: Theme) {
  if isFocused { canvas.put(canvas.glyphs.focus, x: x, y: y, style: theme.focus) }
}

/// A rail with a knob; `rail` is the part between its two end caps.
package func drawRail(
  into canvas: inout Canvas, rail: Rectangle, fraction: Double, knob: String, style: Style,
  theme: Theme
) {
  canvas.put(canvas.glyphs.railStart, x: rail.x - 1, y: rail.y, style: theme.axis)
  for x in rail.x..<rail.endX {
    canvas.put(canvas.glyphs.horizontal, x: x, y: rail.y, style: theme.axis)
  }
  canvas.put(canvas.glyphs.railEnd, x: rail.endX, y: rail.y, style: theme.axis)
  guard rail.width > 0 else { return }
  let clamped = fraction.isNaN ? 0 : max(0, min(1, fraction))
  let column = Int((clamped * Double(rail.width - 1)).rounded())
  canvas.put(knob, x: rail.x + column, y: rail.y, style: style)
}
