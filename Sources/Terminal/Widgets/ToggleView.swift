/// `▌[x] with the flip`
package struct ToggleView: Sendable {
  package var label: String
  package var isOn: Bool
  package var isFocused: Bool

  package init(label: String, isOn: Bool, isFocused: Bool = false) {
    self.label = label
    self.isOn = isOn
    self.isFocused = isFocused
  }

  /// Draws one row.
  package func draw(into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme) {
    guard !rectangle.isEmpty else { return }
    canvas.clipped(to: rectangle) { canvas in
      drawFocus(isFocused, into: &canvas, x: rectangle.x, y: rectangle.y, theme: theme)
      let box = isOn ? "[x]" : "[ ]"
      let x = canvas.put(
        box, x: rectangle.x + 1, y: rectangle.y, style: isFocused ? theme.focus : theme.accent)
      canvas.put(
        truncated(label, toWidth: rectangle.endX - x - 1, charset: canvas.charset),
        x: x + 1, y: rectangle.y, style: isFocused ? theme.focus : theme.prose)
    }
  }
}
