/// `▌model  MLP ‹CNN› RNN`, or `‹CNN› 2/3` if the row is too narrow for all.
package struct ChoiceView: Sendable {
  package var label: String
  package var options: [String]
  package var selected: Int
  package var isFocused: Bool
  /// Minimum width of the label, so that widgets below each other line up.
  package var labelWidth = 0

  package init(label: String, options: [String], selected: Int, isFocused: Bool = false) {
    self.label = label
    self.options = options
    self.selected = selected
    self.isFocused = isFocused
  }

  /// Draws one row.
  package func draw(into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme) {
    guard !rectangle.isEmpty else { return }
    canvas.clipped(to: rectangle) { canvas in
      let y = rectangle.y
      drawFocus(isFocused, into: &canvas, x: rectangle.x, y: y, theme: theme)
      let chosen = options.indices.contains(selected) ? options[selected] : ""
      let chosenWidth = min(
        displayWidth(of: chosen, charset: canvas.charset) + 2, rectangle.width / 2)
      var labelRoom = max(labelWidth, displayWidth(of: label, charset: canvas.charset))
      labelRoom = max(0, min(labelRoom, rectangle.width - 2 - chosenWidth))
      canvas.put(
        truncated(label, toWidth: labelRoom, charset: canvas.charset),
        x: rectangle.x + 1, y: y, style: isFocused ? theme.focus : theme.prose)
      var x = rectangle.x + 1 + (labelRoom > 0 ? labelRoom + 1 : 0)
      let style = isFocused ? theme.focus : theme.accent
      let (start, end) = (canvas.glyphs.choiceStart, canvas.glyphs.choiceEnd)
      // Every option reserves room for the marks, so that changing the choice moves nothing.
      if fits(in: rectangle.endX - x, charset: canvas.charset) {
        for (index, option) in options.enumerated() {
          if index == selected {
            x = canvas.put(start + option + end, x: x, y: y, style: style)
          } else {
            x = canvas.put(option, x: x + 1, y: y, style: theme.dim) + 1
          }
        }
      } else {
        // The number says that there are others.
        let place = " \(selected + 1)/\(options.count)"
        let room = rectangle.endX - x - 2
        let text = truncated(
          chosen, toWidth: max(1, room - place.count), charset: canvas.charset)
        x = canvas.put(start + text + end, x: x, y: y, style: style)
        canvas.put(place, x: x, y: y, style: theme.dim)
      }
    }
  }

  /// Whether all options fit, with room for the marks.
  private func fits(in width: Int, charset: Charset) -> Bool {
    var used = 0
    for option in options where used <= width {
      used += displayWidth(of: option, charset: charset) + 2
    }
    return used <= width
  }
}
