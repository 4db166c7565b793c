import Curves
import Interpreter
import Messages
import Terminal

extension Figure {
  /// From the first to the last x of all series; nil without any.
  package var xRange: ClosedRange<Double>? { plot(PlotWindow()).xRange }

  /// As a plot of the visible window.
  package func plot(_ window: PlotWindow) -> Plot {
    let mark: Plot.Mark = kind == .stem ? .stem : .line
    var plot = Plot(
      series: series.map {
        var series = Plot.Series(label: $0.label, curve: $0.curve, mark: mark)
        series.isSmoothed = $0.isSmoothed
        return series
      })
    plot.markers = markers.map { Plot.Marker(x: $0.x, y: $0.y, label: $0.label) }
    plot.title = title
    plot.xLabel = xLabel
    plot.yLabel = yLabel
    plot.xUnit = xUnit
    plot.yUnit = yUnit
    plot.isXLogarithmic = isXLogarithmic
    plot.isYLogarithmic = isYLogarithmic
    plot.yLimits = yLimits
    plot.xLimits = window.range.flatMap { range in
      // The data has changed: better to show all of it than an empty window.
      series.contains { $0.curve.count(ofX: range, atMost: 1) > 0 } ? range : nil
    }
    plot.cursor = cursorPosition(window)
    return plot
  }

  var heatmapPlot: HeatmapPlot? {
    guard let heatmap else { return nil }
    var plot = HeatmapPlot(
      values: heatmap.columns, limits: heatmap.levels, xRange: heatmap.xRange,
      yRange: heatmap.yRange)
    plot.title = title ?? (kind == .image ? "" : nil)
    plot.xLabel = xLabel
    plot.yLabel = yLabel
    plot.xUnit = xUnit
    plot.yUnit = yUnit
    plot.valueUnit = heatmap.unit
    return plot
  }

  private func cursorPosition(_ window: PlotWindow) -> Double? {
    guard let index = window.cursor, let curve = series.first?.curve,
      (0..<curve.count).contains(index)
    else { return nil }
    return curve.x(index)
  }

  /// The values at the cursor: x, and every series there, to seven digits.
  func reading(at window: PlotWindow) -> String? {
    guard let x = cursorPosition(window) else { return nil }
    let values = plot(window).nearestPoints(toX: x)
    let readings = zip(series, values).compactMap { series, point -> String? in
      guard let point else { return nil }
      let name = series.label ?? yLabel ?? "y"
      return "\(name) \(readable(point.y, digits: 7))" + (yUnit.isEmpty ? "" : " " + yUnit)
    }
    let unit = xUnit.isEmpty ? "" : " " + xUnit
    return ([(xLabel ?? "x") + " " + readable(x, digits: 7) + unit] + readings)
      .joined(separator: "   ")
  }
}

extension FigureGrid {
  /// As plots with titles above them, without axis labels.
  var plotGrid: PlotGrid {
    PlotGrid(
      items: items.map { item in
        PlotGrid.Item(
          title: item.figure.title ?? "", plot: item.figure.plot(PlotWindow()),
          verdict: item.verdict)
      }, preferredColumns: preferredColumns)
  }
}
