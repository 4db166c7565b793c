import Compute
import Curves
import Messages
import Sounds

/// Something that a cell shows, in the order in which the cell made it. Pure data: drawing is
/// up to the reader.
package enum Output: Sendable {
  /// A printed line or the value of a bare expression, as Python prints it.
  case text(String)
  /// A bare array: one line in words ("float64, shape (220500,), −1 … 0.92"), and its samples
  /// reduced to at most a few hundred points for a sparkline.
  case arraySummary(String, sparkline: [Double])
  case widget(Widget)
  case figure(Figure)
  /// Small plots side by side.
  case grid(FigureGrid)
  case stepper(Stepper)
  /// Adjacent tracks of one cell share a player.
  case track(Track)
  case table(headers: [String], rows: [[String]])
  /// A network that trains on Enter. Its progress is in the snapshot, so that drawing it does not
  /// run the cell again.
  case trainer(TrainerID)
  /// What the cell does only on Enter, and whether this run was permitted to.
  case permission(Permission, isGranted: Bool)
  /// Whether a task is done; the hint is shown until it is.
  case check(isPassed: Bool, hint: String)
}

/// A widget as its cell last described it. `name` is the variable that it is assigned to and,
/// with the cell, its identity.
package struct Widget: Sendable {
  package enum Kind: Sendable {
    /// `isInteger`: start, step and value were all integers, and so is every position.
    case slider(
      start: Double, stop: Double, step: Double?, isInteger: Bool, isLogarithmic: Bool,
      unit: String, value: Double, lessonValue: Double)
    case choice(options: [String], selected: Int, lessonSelected: Int)
    case toggle(isOn: Bool, lessonIsOn: Bool)
  }

  package var name: String
  package var label: String
  package var kind: Kind

  package init(name: String, label: String, kind: Kind) {
    self.name = name
    self.label = label
    self.kind = kind
  }
}

/// What a student set a widget to.
package enum WidgetValue: Hashable, Sendable {
  case number(Double)
  /// The number of the option, from 0, and its text, which stays the same when the list changes; nil
  /// where only the number is known.
  case option(Int, text: String? = nil)
  case isOn(Bool)

  /// Which of the options this is; nil when it is none of them.
  package func index(in options: [String]) -> Int? {
    guard case .option(let index, let text) = self, !options.isEmpty else { return nil }
    guard let text else { return min(max(0, index), options.count - 1) }
    if options.indices.contains(index), options[index] == text { return index }
    return options.firstIndex(of: text)
  }
}

/// A plot's data and meaning.
package struct Figure: Sendable {
  package enum Kind: Sendable { case line, stem, response, spectrum, spectrogram, image }

  package struct Series: Sendable {
    package var label: String?
    package let curve: Curve
    /// Noisy: drawn as a running median over a faint band of the extremes.
    package var isSmoothed = false

    package init(label: String?, curve: Curve) {
      self.label = label
      self.curve = curve
    }

    /// O(points): what drawing needs is found here, where the cell runs.
    package init(label: String?, x: [Double], y: [Double]) {
      self.init(label: label, curve: Curve(x: x, y: y))
    }

    /// Over the indices 0, 1, 2 …
    package init(label: String?, y: [Double]) {
      self.init(label: label, curve: Curve(y: Trace(y)))
    }

    /// All coordinates; O(points).
    package var x: [Double] { (0..<curve.count).map(curve.x) }
    package var y: [Double] { (0..<curve.count).map { curve.point($0).y } }
  }

  /// A line across the plot at an x or a y, or a point, with a short label ("−6 dB at 418 Hz").
  package struct Marker: Sendable {
    package var x: Double?
    package var y: Double?
    package var label: String

    package init(x: Double?, y: Double?, label: String) {
      self.x = x
      self.y = y
      self.label = label
    }
  }

  /// Values over two axes, as shades: the levels of a spectrogram in dB, the elements of a matrix.
  /// `columns[x][y]`, evenly spaced. What is not finite stays blank.
  package struct Heatmap: Sendable {
    package var columns: [[Double]]
    /// The values of the faintest and the fullest shade.
    package var levels: ClosedRange<Double>
    /// What the columns cover from left to right, and each from bottom to top.
    package var xRange: ClosedRange<Double>
    package var yRange: ClosedRange<Double>
    /// The values'.
    package var unit: String

    package init(
      columns: [[Double]], levels: ClosedRange<Double>, xRange: ClosedRange<Double>,
      yRange: ClosedRange<Double>, unit: String
    ) {
      self.columns = columns
      self.levels = levels
      self.xRange = xRange
      self.yRange = yRange
      self.unit = unit
    }
  }

  package var kind: Kind
  package var series: [Series] = []
  package var markers: [Marker] = []
  package var heatmap: Heatmap?
  package var title: String?
  package var xLabel: String?
  package var yLabel: String?
  package var xUnit = ""
  package var yUnit = ""
  package var isXLogarithmic = false
  /// Values that are not above 0 cannot be shown on such an axis.
  package var isYLogarithmic = false
  package var yLimits: ClosedRange<Double>?
  /// The plot in words, one line.
  package var summary: String

  package init(kind: Kind, summary: String) {
    self.kind = kind
    self.summary = summary
  }

  /// How many points its axes cannot show, and why: "3 points are nan or inf"; nil for none.
  package var undrawnPoints: String? {
    func remark(_ count: Int, _ reason: String) -> String? {
      count == 0 ? nil : "\(Quantity(count)) point\(count == 1 ? " is" : "s are") \(reason)"
    }
    func total(_ count: (Curve) -> Int) -> Int { series.reduce(0) { $0 + count($1.curve) } }
    let notPositive =
      (isXLogarithmic ? total(\.notPositiveXCount) : 0)
      + (isYLogarithmic ? total(\.y.notPositiveCount) : 0)
    let outside = yLimits.map { limits in
      total { curve in
        curve.yRange.map { limits.contains($0.lowerBound) && limits.contains($0.upperBound) }
          ?? true
          ? 0
          : (0..<curve.count).count {
            let y = curve.point($0).y
            return y.isFinite && !limits.contains(y)
          }
      }
    }
    let remarks = [
      remark(total(\.notFiniteCount), "nan or inf"), remark(notPositive, "not above 0"),
      remark(outside ?? 0, "outside ylim"),
    ].compactMap { $0 }
    return remarks.isEmpty ? nil : remarks.joined(separator: ", ") + ": not drawn"
  }
}

/// Small plots of one kind, row by row, to compare with one another.
package struct FigureGrid: Sendable {
  package struct Item: Sendable {
    /// Its title is one line above the plot: "true sine, predicted sine".
    package var figure: Figure
    /// Whether what the plot shows was answered correctly (a green check mark or a red cross); nil
    /// if there was no question.
    package var verdict: Bool?

    package init(figure: Figure, verdict: Bool? = nil) {
      self.figure = figure
      self.verdict = verdict
    }
  }

  package var items: [Item]
  /// How many go side by side if there is room; a divisor of it otherwise.
  package var preferredColumns: Int
  /// All of it in words, one line.
  package var summary: String

  package init(items: [Item], preferredColumns: Int, summary: String) {
    self.items = items
    self.preferredColumns = preferredColumns
    self.summary = summary
  }
}

/// A convolution to step through.
package struct Stepper: Sendable {
  package var signal: [Double]
  package var kernel: [Double]
  package var flips: Bool

  package init(signal: [Double], kernel: [Double], flips: Bool) {
    self.signal = signal
    self.kernel = kernel
    self.flips = flips
  }
}
