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
      let layout = layout(in: rectangle, charset: canvas.charset)
      canvas.put(
        truncated(label, toWidth: layout.labelRoom, charset: canvas.charset),
        x: rectangle.x + 1, y: y, style: isFocused ? theme.focus : theme.prose)
      let style = isFocused ? theme.focus : theme.accent
      let (start, end) = (canvas.glyphs.choiceStart, canvas.glyphs.choiceEnd)
      if let ranges = layout.options {
        for (index, option) in options.enumerated() {
          let x = ranges[index].lowerBound
          if index == selected {
            canvas.put(start + option + end, x: x, y: y, style: style)
          } else {
            canvas.put(option, x: x + 1, y: y, style: theme.dim)
          }
        }
      } else {
        // The number says that there are others.
        let place = " \(selected + 1)/\(options.count)"
        let room = rectangle.endX - layout.x - 2
        let text = truncated(
          chosen, toWidth: max(1, room - place.count), charset: canvas.charset)
        let x = canvas.put(start + text + end, x: layout.x, y: y, style: style)
        canvas.put(place, x: x, y: y, style: theme.dim)
      }
    }
  }

  /// The option at a canvas column; nil beside the options, and where they are not all shown.
  package func option(
    atColumn column: Int, in rectangle: Rectangle, charset: Charset = .unicode
  ) -> Int? {
    layout(in: rectangle, charset: charset).options?.firstIndex { $0.contains(column) }
  }

  /// Whether there is room for all options.
  package func showsAll(in rectangle: Rectangle, charset: Charset = .unicode) -> Bool {
    layout(in: rectangle, charset: charset).options != nil
  }

  private var chosen: String { options.indices.contains(selected) ? options[selected] : "" }

  private struct Layout {
    var labelRoom: Int
    /// Where the options begin.
    var x: Int
    /// The columns of each option; nil if the row is too narrow for all.
    var options: [Range<Int>]?
  }

  private func layout(in rectangle: Rectangle, charset: Charset) -> Layout {
    let chosenWidth = min(displayWidth(of: chosen, charset: charset) + 2, rectangle.width / 2)
    var labelRoom = max(labelWidth, displayWidth(of: label, charset: charset))
    labelRoom = max(0, min(labelRoom, rectangle.width - 2 - chosenWidth))
    var layout = Layout(
      labelRoom: labelRoom, x: rectangle.x + 1 + (labelRoom > 0 ? labelRoom + 1 : 0))
    guard fits(in: rectangle.endX - layout.x, charset: charset) else { return layout }
    // Every option reserves room for the marks, so that changing the choice moves nothing.
    var x = layout.x
    layout.options = options.map { option in
      defer { x += displayWidth(of: option, charset: charset) + 2 }
      return x..<x + displayWidth(of: option, charset: charset) + 2
    }
    return layout
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
