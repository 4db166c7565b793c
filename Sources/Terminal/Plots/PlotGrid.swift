/// A grid of small plots of the same kind, each with a title and, where something was predicted,
/// whether it was right.
package struct PlotGrid: Sendable {
  package struct Item: Sendable {
    package var title: String
    package var plot: Plot
    /// Whether the prediction was right; nil if there was none.
    package var verdict: Bool?

    package init(title: String, plot: Plot, verdict: Bool? = nil) {
      self.title = title
      self.plot = plot
      self.verdict = verdict
    }
  }

  package var items: [Item]
  /// The number of columns if there is room, otherwise a divisor of it, so that rows break evenly.
  package var preferredColumns: Int
  /// How many rows each plot may have beyond those that it needs.
  package var additionalRows = 0

  package init(items: [Item], preferredColumns: Int) {
    self.items = items
    self.preferredColumns = max(1, preferredColumns)
  }

  /// Narrower plots are illegible, and so are their titles.
  private static let smallestWidth = 12
  private static let gap = 2

  /// Few plots get more rows each than many. No plot grows taller than it is wide.
  private func dataRows(columns: Int, width: Int) -> Int {
    let least = items.count <= 2 * columns ? 4 : 3
    return max(least, min(least + additionalRows, plotWidth(columns: columns, width: width) / 2))
  }

  private func plotWidth(columns: Int, width: Int) -> Int {
    (width - (columns - 1) * Self.gap) / columns
  }

  /// How many rows of plots there are.
  package func rowCount(forWidth width: Int) -> Int {
    let columns = columns(forWidth: width)
    return (items.count + columns - 1) / columns
  }

  func columns(forWidth width: Int) -> Int {
    let fitting = max(1, (width + Self.gap) / (Self.smallestWidth + Self.gap))
    let wanted = min(preferredColumns, max(1, items.count))
    return (1...wanted).last { preferredColumns % $0 == 0 && $0 <= fitting } ?? 1
  }

  package func height(forWidth width: Int) -> Int {
    let columns = columns(forWidth: width)
    return rowCount(forWidth: width) * (1 + dataRows(columns: columns, width: width))
  }

  package func draw(into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme) {
    guard !rectangle.isEmpty, !items.isEmpty else { return }
    canvas.clipped(to: rectangle) { canvas in
      let columns = columns(forWidth: rectangle.width)
      let width = plotWidth(columns: columns, width: rectangle.width)
      let height = 1 + dataRows(columns: columns, width: rectangle.width)
      for (index, item) in items.enumerated() {
        let frame = Rectangle(
          x: rectangle.x + index % columns * (width + Self.gap),
          y: rectangle.y + index / columns * height, width: width, height: height)
        draw(item, into: &canvas, in: frame, theme: theme)
      }
    }
  }

  private func draw(
    _ item: Item, into canvas: inout Canvas, in frame: Rectangle, theme: Theme
  ) {
    var x = frame.x
    var style = theme.strong
    if let verdict = item.verdict {
      style = verdict ? theme.success : theme.error
      let mark = verdict ? canvas.glyphs.checkMark : canvas.glyphs.crossMark
      x = canvas.put(mark + " ", x: x, y: frame.y, style: style, maximumWidth: frame.width)
    }
    canvas.put(
      truncated(item.title, toWidth: frame.endX - x, charset: canvas.charset), x: x, y: frame.y,
      style: style)
    item.plot.drawWithoutFrame(into: &canvas, in: frame.inset(top: 1), theme: theme)
  }
}
