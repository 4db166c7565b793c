/// `━━━━━───────`
package struct ProgressBar: Sendable {
  /// From 0 to 1.
  package var fraction: Double

  package init(fraction: Double) {
    self.fraction = fraction
  }

  /// Fills the first row of the rectangle. It looks empty only at 0 and full only at 1.
  package func draw(into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme) {
    guard !rectangle.isEmpty else { return }
    let part = fraction.isNaN ? 0 : max(0, min(1, fraction))
    var done = Int((part * Double(rectangle.width)).rounded())
    if part > 0 { done = max(done, 1) }
    if part < 1 { done = min(done, rectangle.width - 1) }
    canvas.clipped(to: rectangle) { canvas in
      for column in 0..<rectangle.width {
        let isDone = column < done
        canvas.put(
          isDone ? canvas.glyphs.progressDone : canvas.glyphs.progressLeft,
          x: rectangle.x + column, y: rectangle.y, style: isDone ? theme.accent : theme.axis)
      }
    }
  }
}
