import Curves
import Glibc

/// Curves over axes, drawn in characters.
///
/// A value: create one, set what is known, draw it at any size. Missing limits come from the data.
package struct Plot: Sendable {
  package enum Mark: Hashable, Sendable {
    /// Consecutive points are joined; NaN or infinity leaves a gap.
    case line
    /// A bar from zero to each value.
    case stem
    case points
  }

  package struct Series: Sendable {
    package let label: String?
    package let curve: Curve
    package let mark: Mark
    /// An index into the theme's series colours; nil for its index in the plot. Lets plots side by
    /// side show the same thing in the same colour.
    package var colorIndex: Int?
    /// A curve for comparison: grey, behind the others.
    package var isFaint = false
    /// Draws the running median, and the range of the points faintly behind it, where there are many points.
    package var isSmoothed = false
    /// At its last point, if there is room: tells faint series apart.
    package var endNote: String?

    /// O(1).
    package init(label: String? = nil, curve: Curve, mark: Mark = .line) {
      self.label = label
      self.curve = curve
      self.mark = mark
    }

    /// O(points). `x` and `y` should have the same length; surplus values are ignored.
    package init(label: String? = nil, x: [Double], y: [Double], mark: Mark = .line) {
      self.init(label: label, curve: Curve(x: x, y: y), mark: mark)
    }

    /// The values over their indices 0, 1, 2 …
    package init(label: String? = nil, y: [Double], mark: Mark = .line) {
      self.init(label: label, curve: Curve(y: Trace(y)), mark: mark)
    }
  }

  /// A line across the plot at an x or a y, or a point if both are given.
  package struct Marker: Hashable, Sendable {
    package var x: Double?
    package var y: Double?
    package var label: String

    package init(x: Double? = nil, y: Double? = nil, label: String = "") {
      self.x = x
      self.y = y
      self.label = label
    }
  }

  package var series: [Series]
  package var markers: [Marker] = []
  package var title: String?
  package var xLabel: String?
  package var yLabel: String?
  package var xUnit = ""
  package var yUnit = ""
  package var isXLogarithmic = false
  /// Values that are not positive are then left out.
  package var isYLogarithmic = false
  /// Shown in the middle while there is no data.
  package var emptyMessage = "no data"
  /// The visible part of the x axis; set it to pan and zoom.
  package var xLimits: ClosedRange<Double>?
  package var yLimits: ClosedRange<Double>?
  /// What the axes show in any case, without limits: for plots that are compared.
  package var xIncluded: ClosedRange<Double>?
  package var yIncluded: ClosedRange<Double>?
  /// Whether the legend may stand at the curves' ends. Better not for curves that grow.
  package var hasLegendAtEnds = true
  /// The position of the reader's cursor, in units of x.
  package var cursor: Double?

  package init(series: [Series]) {
    self.series = series
  }

  /// From the smallest to the largest x of all series; nil without data.
  package var xRange: ClosedRange<Double>? {
    let ranges = series.compactMap(\.curve.xRange) + [xIncluded].compactMap { $0 }
    guard let low = ranges.map(\.lowerBound).min(), let high = ranges.map(\.upperBound).max()
    else { return nil }
    if isXLogarithmic, low <= 0, high > 0 {
      let positive = series.compactMap(\.curve.smallestPositiveX)
      return (positive.min() ?? high)...high
    }
    return low...high
  }

  /// Whether no series has a point that these axes can show.
  package var isEmpty: Bool {
    series.allSatisfy { series in
      let curve = series.curve
      return curve.notFiniteCount == curve.count
        || (isXLogarithmic ? curve.smallestPositiveX == nil : curve.xRange == nil)
        || (isYLogarithmic ? curve.smallestPositiveY == nil : curve.yRange == nil)
    }
  }

  /// Whether the axes mean something: without data or limits, numbers along them would be made up.
  var hasScale: Bool { !isEmpty || (xLimits != nil && yLimits != nil) }

  package var xAxis: Axis {
    if let range = xLimits ?? paddedXRange { return Axis(range, isLogarithmic: isXLogarithmic) }
    return Axis(isXLogarithmic ? 0.001...1 : 0...1, isLogarithmic: isXLogarithmic)
  }

  /// Padding keeps the first and last stem off the frame.
  private var paddedXRange: ClosedRange<Double>? {
    guard let range = xRange, !isXLogarithmic, series.contains(where: { $0.mark == .stem })
    else { return xRange }
    let padding = (range.upperBound - range.lowerBound) * 0.02
    return padding.isFinite ? (range.lowerBound - padding)...(range.upperBound + padding) : range
  }

  package var yAxis: Axis {
    if let yLimits { return Axis(yLimits, isLogarithmic: isYLogarithmic) }
    if isYLogarithmic { return logarithmicYAxis }
    let ranges = series.compactMap(\.curve.yRange) + [yIncluded].compactMap { $0 }
    guard var low = ranges.map(\.lowerBound).min(), var high = ranges.map(\.upperBound).max()
    else { return Axis(0...1) }
    if series.contains(where: { $0.mark == .stem }) {
      low = min(low, 0)
      high = max(high, 0)
    }
    for level in markers.compactMap(\.y) where level.isFinite {
      low = min(low, level)
      high = max(high, level)
    }
    // Padding keeps extremes off the frame.
    let padding = (high - low) * 0.04
    return padding.isFinite ? Axis((low - padding)...(high + padding)) : Axis(low...high)
  }

  private var logarithmicYAxis: Axis {
    let included = yIncluded.map { [$0.lowerBound, $0.upperBound] } ?? []
    let levels = (markers.compactMap(\.y) + included).filter { $0 > 0 && $0.isFinite }
    let lows = series.compactMap(\.curve.smallestPositiveY) + levels
    let highs = series.compactMap(\.curve.yRange?.upperBound).filter { $0 > 0 } + levels
    guard let low = lows.min(), let high = highs.max() else {
      return Axis(0.001...1, isLogarithmic: true)
    }
    let padding = pow(10, (log10(high) - log10(low)) * 0.04)
    return Axis(
      max(low / padding, .leastNonzeroMagnitude)...min(high * padding, .greatestFiniteMagnitude),
      isLogarithmic: true)
  }
}

/// Of the finite values; nil if there are none.
func finiteRange(of values: [Double]) -> ClosedRange<Double>? {
  var low = Double.infinity
  var high = -Double.infinity
  for value in values where value.isFinite {
    low = min(low, value)
    high = max(high, value)
  }
  return low <= high ? low...high : nil
}
