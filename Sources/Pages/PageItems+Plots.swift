import Interpreter
import Terminal

/// Plots, spectrograms, images and grids of small plots.
extension PageItems {
  func figureItem(_ target: FocusTarget, _ figure: Figure) -> PageItem {
    let window = state.windows[target] ?? PlotWindow()
    // What the picture cannot say: the values at the cursor, and points that it cannot show.
    let remark =
      figure.reading(at: window)
      ?? (state.describesPictures ? figure.summary : figure.undrawnPoints) ?? ""
    let style = window.cursor == nil ? theme.dim : theme.cursor
    func remarkLines(_ width: Int) -> [[Span]] {
      remark.isEmpty ? [] : wrap(remark, style: style, width: width - 1, charset: look.charset)
    }
    /// A plot on half a page has little room for text; two lines hold most summaries.
    func remarkHeight(_ width: Int) -> Int { min(2, remarkLines(width).count) }
    let height = plotHeight
    let least = leastDataRows
    let plot = figure.heatmap == nil ? self.plot(of: figure, target, window) : nil
    let heatmap = heatmapPlot(of: figure, target)
    func leastHeight(_ width: Int) -> Int {
      let rows = plot?.height(forDataRows: least, width: width - 1, charset: look.charset)
      return (rows ?? least + 3) + remarkHeight(width)
    }
    var item = PageItem(
      target: target, kind: .figure, plotRowCount: { _ in 1 },
      height: { max(height + remarkHeight($0), leastHeight($0)) }
    ) { canvas, frame, state in
      let remarkHeight = remarkHeight(frame.width)
      let area = frame.inset(left: 1, bottom: remarkHeight)
      if let plot {
        plot.draw(into: &canvas, in: area, theme: theme)
      } else {
        heatmap?.draw(into: &canvas, in: area, theme: theme)
      }
      let lines = firstLines(
        remarkLines(frame.width), count: remarkHeight, width: frame.width - 1,
        charset: look.charset)
      for (row, line) in lines.enumerated() {
        canvas.put(line, x: frame.x + 1, y: frame.endY - remarkHeight + row)
      }
      if state.focus == target { markFocus(into: &canvas, frame) }
    }
    item.name = figure.title ?? figure.kindName
    item.part = { x, _, frame, _ in
      let area = frame.inset(left: 1, bottom: remarkHeight(frame.width))
      return plot?.x(atColumn: x, in: area, charset: look.charset).map(PagePart.x)
    }
    item.stageHeight = leastHeight
    item.isElastic = true
    return item
  }

  /// The plot, on axes that include those of comparable plots beside it and its own earlier ones.
  private func plot(
    of figure: Figure, _ target: FocusTarget, _ window: PlotWindow
  ) -> Plot {
    var plot = figure.plot(window)
    var axes = figure.axes
    if let held = state.heldAxes[target] { axes = held }
    if figure.isComparable {
      for case .focusable(let other, .figure(let neighbour)) in snapshot.cells[target.cell]?
        .pageOutputs(cell: target.cell) ?? []
      where other != target && neighbour.isComparable(to: figure) {
        axes = axes.union(state.heldAxes[other] ?? neighbour.axes)
      }
      plot.xIncluded = axes.x
    }
    plot.yIncluded = axes.y
    return plot
  }

  /// The image, with the same colours as its neighbours, and one key for all of them.
  private func heatmapPlot(of figure: Figure, _ target: FocusTarget) -> HeatmapPlot? {
    guard var plot = figure.heatmapPlot, let own = figure.heatmap else { return nil }
    var (levels, last) = (own.levels, target)
    for case .focusable(let other, .figure(let neighbour)) in snapshot.cells[target.cell]?
      .pageOutputs(cell: target.cell) ?? []
    {
      // Images of matrices have scales of their own.
      guard let heatmap = neighbour.heatmap, figure.kind == .spectrogram,
        neighbour.kind == .spectrogram
      else { continue }
      levels =
        min(
          levels.lowerBound, heatmap.levels.lowerBound)...max(
          levels.upperBound, heatmap.levels.upperBound)
      last = other
    }
    plot.limits = levels
    plot.hasKey = last == target
    return plot
  }

  func gridItem(_ grid: FigureGrid) -> PageItem {
    var view = grid.plotGrid
    view.additionalRows = max(0, plotHeight - PageArrangement.plotHeight)
    func remarkLines(_ width: Int) -> [[Span]] {
      !state.describesPictures
        ? [] : wrap(grid.summary, style: theme.dim, width: width, charset: look.charset)
    }
    var item = PageItem(
      kind: .grid, plotRowCount: { [view] in view.rowCount(forWidth: $0 - 1) },
      height: { [view] in view.height(forWidth: $0 - 1) + remarkLines($0 - 1).count }
    ) { [view] canvas, frame, _ in
      let area = frame.inset(left: 1)
      view.draw(into: &canvas, in: area, theme: theme)
      for (row, line) in remarkLines(area.width).enumerated() {
        canvas.put(line, x: area.x, y: area.y + view.height(forWidth: area.width) + row)
      }
    }
    item.name = "\(grid.items.count) small plots"
    return item
  }
}
