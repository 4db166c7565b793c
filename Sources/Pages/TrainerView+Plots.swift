import Curves
import Glibc
import Messages
import Notebook
import Terminal

extension TrainerView {
  package func lossPlot(_ glyphs: Glyphs) -> Plot {
    var plot = curvePlot(
      "loss",
      [
        TrainingLine(curves.loss, "train", color: 0, isSmoothed: true),
        TrainingLine(curves.testLoss, "test", color: 1, isSmoothed: true),
      ] + earlierLines { $0.testLoss.isEmpty ? $0.loss : $0.testLoss })
    plot.isYLogarithmic = true
    if let guessingLoss {
      plot.markers = [Plot.Marker(y: guessingLoss, label: "ln \(state.classCount): guessing")]
      if plot.isEmpty { plot.yLimits = (guessingLoss / 10)...(guessingLoss * 2) }
    }
    plot.emptyMessage = "\(glyphs.keyEnter) starts training"
    return plot
  }

  package func accuracyPlot(_ glyphs: Glyphs) -> Plot {
    let noun = state.testCount == 1 ? "signal" : "signals"
    var plot = curvePlot(
      "right, of \(state.testCount) test \(noun)",
      [TrainingLine(curves.testAccuracy, color: 1, isSmoothed: true)]
        + earlierLines(\.testAccuracy),
      scale: 100)
    plot.yUnit = "%"
    // Some headroom, so that the marker at a third and the tick at a half do not share a row.
    plot.yLimits = 0...105
    if state.classCount > 1 {
      let share = 100 / Double(state.classCount)
      plot.markers = [Plot.Marker(y: share, label: "\(fixed(share, decimals: 0)) %: guessing")]
    }
    plot.emptyMessage = ""
    return plot
  }

  /// The earlier runs, each with its number at its end.
  private func earlierLines(_ curve: (TrainerState.Curves) -> Trace) -> [TrainingLine] {
    state.earlier.enumerated().map { index, run in
      let isLast = index + 1 == state.earlier.count
      var line = TrainingLine(
        curve(run.curves), isLast ? "earlier" : nil, color: 0, isSmoothed: true, isFaint: true)
      line.endNote = String(index + 1)
      return line
    }
  }

  /// With an axis over all epochs, so that the curves grow into the plot.
  func curvePlot(_ title: String, _ lines: [TrainingLine], scale: Double = 1) -> Plot {
    var plot = Plot(
      series: lines.filter { !$0.values.isEmpty }.map { line in
        var series = Plot.Series(
          label: line.label, curve: Curve(y: line.values, countingFrom: 1, yScale: scale))
        series.colorIndex = line.color
        series.isFaint = line.isFaint
        series.isSmoothed = line.isSmoothed
        series.endNote = line.endNote
        return series
      })
    plot.title = title
    plot.xLabel = "epoch"
    plot.hasLegendAtEnds = false
    let longest = state.earlier.map(\.curves.loss.count).max() ?? 0
    plot.xLimits = 0...Double(max(1, state.epochs, longest))
    return plot
  }
}

/// A curve over the epochs.
struct TrainingLine {
  var values: Trace
  var label: String?
  var color: Int
  var isSmoothed: Bool
  var isFaint: Bool
  var endNote: String?

  init(
    _ values: Trace, _ label: String? = nil, color: Int, isSmoothed: Bool = false,
    isFaint: Bool = false
  ) {
    self.values = values
    self.label = label
    self.color = color
    self.isSmoothed = isSmoothed
    self.isFaint = isFaint
  }
}
