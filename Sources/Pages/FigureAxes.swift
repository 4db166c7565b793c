import Interpreter
import Notebook

/// The ranges of a figure's data on both axes.
package struct FigureAxes: Hashable, Sendable {
  var x: ClosedRange<Double>?
  var y: ClosedRange<Double>?

  func union(_ other: FigureAxes) -> FigureAxes {
    FigureAxes(x: Self.union(x, other.x), y: Self.union(y, other.y))
  }

  private static func union(
    _ a: ClosedRange<Double>?, _ b: ClosedRange<Double>?
  ) -> ClosedRange<Double>? {
    guard let a, let b else { return a ?? b }
    return min(a.lowerBound, b.lowerBound)...max(a.upperBound, b.upperBound)
  }

  /// These ranges and those of newer data, as long as that fills a third of them: comparisons need axes that
  /// stay, and small data axes of its own.
  func holding(_ new: FigureAxes) -> FigureAxes {
    func holding(
      _ old: ClosedRange<Double>?, _ new: ClosedRange<Double>?
    ) -> ClosedRange<Double>? {
      guard let both = Self.union(old, new), let new else { return new }
      let share = (new.upperBound - new.lowerBound) / (both.upperBound - both.lowerBound)
      return share > 1.0 / 3 ? both : new
    }
    return FigureAxes(x: holding(x, new.x), y: holding(y, new.y))
  }
}

extension Figure {
  /// Of the data.
  var axes: FigureAxes {
    func union(_ ranges: [ClosedRange<Double>]) -> ClosedRange<Double>? {
      guard let low = ranges.map(\.lowerBound).min(), let high = ranges.map(\.upperBound).max()
      else { return nil }
      return low...high
    }
    return FigureAxes(
      x: union(series.compactMap(\.curve.xRange)), y: union(series.compactMap(\.curve.yRange)))
  }

  /// Whether its units say that others of its kind can stand on the same axes.
  var isComparable: Bool { kind == .spectrum || kind == .response }

  func isComparable(to other: Figure) -> Bool {
    isComparable && other.isComparable && kind == other.kind
  }

  /// What it is called without a title.
  package var kindName: String {
    switch kind {
    case .line, .stem: yLabel ?? "plot"
    case .response: "gain"
    case .spectrum: "spectrum"
    case .spectrogram: "spectrogram"
    case .image: "image"
    }
  }
}

extension PageState {
  /// Notes the ranges of the plots that new results have brought.
  package mutating func holdAxes(of snapshot: Snapshot, cells: some Sequence<String>) {
    for cell in cells {
      guard let result = snapshot.cells[cell], !result.isStale else { continue }
      for case .focusable(let target, .figure(let figure)) in result.pageOutputs(cell: cell)
      where figure.heatmap == nil {
        let axes = figure.axes
        heldAxes[target] = heldAxes[target].map { $0.holding(axes) } ?? axes
      }
    }
  }
}
