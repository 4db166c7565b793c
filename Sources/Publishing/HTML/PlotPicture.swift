import Curves
import Messages
import Terminal

/// A plot as an SVG element: the same axes, ticks, markers and series as in the terminal, drawn with lines. Its
/// colours are those of the page's style sheet, so that it follows a dark or light theme.
struct PlotPicture {
  var plot: Plot
  /// What a screen reader says.
  var description: String
  var width = 680.0
  var height = 260.0
  /// Small plots have neither axes nor numbers.
  var hasAxes = true

  /// O(points) where x does not ascend, else O(width).
  var svg: String {
    let area = self.area
    var parts: [String] = []
    if hasAxes { parts.append(axes(area)) }
    parts.append(markers(area))
    // Its own viewport cuts off what lies beyond the limits.
    parts.append(
      "<svg x=\"\(number(area.x))\" y=\"\(number(area.y))\" width=\"\(number(area.width))\""
        + " height=\"\(number(area.height))\" overflow=\"hidden\">")
    for (index, series) in plot.series.enumerated() {
      parts.append(path(of: series, index, area))
    }
    parts.append("</svg>")
    // Above the curves, which would cross them out.
    parts.append(markerLabels(area))
    parts.append(heading)
    return """
      <svg class="plot" role="img" viewBox="0 0 \(number(width)) \(number(height))" \
      style="max-width: \(number(width))px" aria-label="\(description.escapedForMarkup)">\
      \(parts.joined())</svg>
      """
  }

  /// The picture as a file of its own, for a white ground.
  var file: String {
    svg.replacing(
      /^<svg ([^>]*)>/,
      with: {
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(number(width))\" "
          + "height=\"\(number(height))\" \($0.1)><style>\(HTMLStyle.picture)</style>"
      })
  }

  // MARK: Layout

  private struct Area {
    var x: Double
    var y: Double
    var width: Double
    var height: Double
    var xAxis: Axis
    var yAxis: Axis

    func x(_ value: Double) -> Double { xAxis.fraction(of: value) * width }
    func y(_ value: Double) -> Double { (1 - yAxis.fraction(of: value)) * height }
  }

  private var area: Area {
    let top = hasHeading ? (hasAxes ? 28.0 : 20) : 6
    let (left, right, bottom) = hasAxes ? (58.0, 20.0, 38.0) : (2.0, 2.0, 4.0)
    return Area(
      x: left, y: top, width: width - left - right, height: height - top - bottom,
      xAxis: plot.xAxis, yAxis: plot.yAxis)
  }

  private var hasHeading: Bool { !title.isEmpty || plot.series.contains { $0.label != nil } }

  private var title: String {
    let unit =
      plot.yUnit.isEmpty ? plot.yLabel : plot.yLabel.map { "\($0), \(plot.yUnit)" } ?? plot.yUnit
    return [plot.title, unit].compactMap { $0 }.joined(separator: ", ")
  }

  /// The title on the left, and the legend on the right.
  private var heading: String {
    var result = text(title, x: hasAxes ? 58 : 4, y: 14, "title")
    var x = width - 20
    for (index, series) in plot.series.enumerated().reversed() {
      guard let label = series.label else { continue }
      result += text(label, x: x, y: 14, "end")
      // About the width of a letter at this size.
      x -= Double(label.count) * 6.6 + 30
      result += "<path class=\"\(names(series, index))\" d=\"M\(number(x))\(" ")10h22\"/>"
      x -= 14
    }
    return result
  }

  // MARK: Axes

  private func axes(_ area: Area) -> String {
    var lines = ""
    var labels = ""
    for tick in area.yAxis.ticks(atMost: 6) {
      let y = area.y + area.y(tick.value)
      guard (area.y - 1...area.y + area.height + 1).contains(y) else { continue }
      lines += "M\(number(area.x)) \(number(y))h\(number(area.width))"
      labels += text(tick.label, x: area.x - 6, y: y + 4, "end")
    }
    for tick in area.xAxis.ticks(atMost: 8) {
      let x = area.x + area.x(tick.value)
      guard (area.x - 1...area.x + area.width + 1).contains(x) else { continue }
      lines += "M\(number(x)) \(number(area.y))v\(number(area.height))"
      labels += text(tick.label, x: x, y: area.y + area.height + 15, "middle")
    }
    let unit =
      plot.xUnit.isEmpty ? plot.xLabel : plot.xLabel.map { "\($0), \(plot.xUnit)" } ?? plot.xUnit
    labels += text(unit ?? "", x: area.x + area.width, y: height - 6, "end")
    return "<path class=\"grid\" d=\"\(lines)\"/>\(labels)"
  }

  private func markers(_ area: Area) -> String {
    plot.markers.map { marker in
      switch place(of: marker, area) {
      case (let x?, let y?):
        "<circle class=\"mark\" cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"4\"/>"
      case (let x?, nil):
        "<path class=\"mark\" d=\"M\(number(x)) \(number(area.y))v\(number(area.height))\"/>"
      case (nil, let y?):
        "<path class=\"mark\" d=\"M\(number(area.x)) \(number(y))h\(number(area.width))\"/>"
      case (nil, nil): ""
      }
    }.joined()
  }

  private func markerLabels(_ area: Area) -> String {
    plot.markers.map { marker in
      let label = marker.label
      return switch place(of: marker, area) {
      case (let x?, let y?):
        text(label, x: min(x + 8, width - 12 - Double(label.count) * 6.6), y: y - 6, "")
      case (let x?, nil):
        text(label, x: x + 5, y: clearHeight(of: label, from: x + 5, area), "")
      case (nil, let y?): text(label, x: area.x + area.width - 4, y: y - 5, "end")
      case (nil, nil): ""
      }
    }.joined()
  }

  /// The highest place for a label from `x` on where it lies on no curve; the top if there is none.
  private func clearHeight(of label: String, from x: Double, _ area: Area) -> Double {
    let end = x + Double(label.count) * 6.6
    let curves = plot.series.flatMap { heights(of: $0.curve, from: x, to: end, area) }
    let top = area.y + 12
    let places = stride(from: top, through: max(top, area.y + area.height - 4), by: 8)
    return places.first { height in
      !curves.contains { $0.overlaps(height - 12...height + 4) }
    } ?? top
  }

  /// The heights that the lines of a curve take between two places, in pieces; of a curve of very many points,
  /// some.
  private func heights(
    of curve: Curve, from start: Double, to end: Double, _ area: Area
  ) -> [ClosedRange<Double>] {
    func value(_ x: Double) -> Double { area.xAxis.value(at: (x - area.x) / area.width) }
    let (first, last) = (value(start), value(end))
    guard first <= last else { return [] }
    let inside = curve.indices(ofX: first...last)
    // With the points before and behind, to which lines lead.
    let indices = max(0, inside.lowerBound - 1)..<min(curve.count, inside.upperBound + 1)
    let heights = stride(
      from: indices.lowerBound, to: indices.upperBound, by: max(1, indices.count / 1000)
    )
    .map { area.y + area.y(curve.point($0).y) }
    return zip(heights, heights.dropFirst()).compactMap { first, second in
      first.isFinite && second.isFinite ? min(first, second)...max(first, second) : nil
    }
  }

  /// Nil for both where there is nothing to draw.
  private func place(of marker: Plot.Marker, _ area: Area) -> (x: Double?, y: Double?) {
    let x = marker.x.map { area.x + area.x($0) }
    let y = marker.y.map { area.y + area.y($0) }
    return x?.isFinite != false && y?.isFinite != false ? (x, y) : (nil, nil)
  }

  // MARK: Series

  private func names(_ series: Plot.Series, _ index: Int) -> String {
    series.isFaint ? "line faint" : "line s\((series.colorIndex ?? index) % 6)"
  }

  private func path(of series: Plot.Series, _ index: Int, _ area: Area) -> String {
    if series.mark == .stem { return stems(of: series, index, area) }
    if series.isSmoothed,
      let smoothing = Smoothing(
        of: series.curve, in: 0..<series.curve.count, columnCount: Int(area.width / 2))
    {
      let upper = points(smoothing.x, smoothing.high, area)
      let lower = points(smoothing.x.reversed(), smoothing.low.reversed(), area)
      let band = "M" + (upper + lower).joined(separator: "L") + "Z"
      let median = "M" + points(smoothing.x, smoothing.median, area).joined(separator: "L")
      let names = names(series, index)
      return
        "<path class=\"\(names) band\" d=\"\(band)\"/><path class=\"\(names)\" d=\"\(median)\"/>"
    }
    var data = ""
    var isDown = false
    series.curve.forEachPoint(
      columnCount: Int(area.width), column: { area.x($0) }, onlyPositive: plot.isYLogarithmic
    ) { x, y in
      let (x, y) = (area.x(x), area.y(y))
      guard x.isFinite, y.isFinite else {
        isDown = false
        return
      }
      data += "\(isDown ? "L" : "M")\(number(x)) \(number(clamped(y, area)))"
      isDown = true
    }
    return "<path class=\"\(names(series, index))\" d=\"\(data)\"/>"
  }

  private func points(_ x: [Double], _ y: [Double], _ area: Area) -> [String] {
    zip(x, y).compactMap { x, y in
      let (x, y) = (area.x(x), area.y(y))
      return x.isFinite && y.isFinite ? "\(number(x)) \(number(clamped(y, area)))" : nil
    }
  }

  /// Numbers far outside would only be long.
  private func clamped(_ y: Double, _ area: Area) -> Double {
    max(-area.height, min(2 * area.height, y))
  }

  private func stems(of series: Plot.Series, _ index: Int, _ area: Area) -> String {
    let zero = clamped(area.y(0), area)
    var data = ""
    var dots = ""
    let hasDots = series.curve.count <= 120
    series.curve.forEachPoint(
      columnCount: Int(area.width), column: { area.x($0) }, onlyPositive: plot.isYLogarithmic
    ) { x, y in
      let (x, y) = (area.x(x), clamped(area.y(y), area))
      guard x.isFinite, y.isFinite else { return }
      data += "M\(number(x)) \(number(zero))V\(number(y))"
      if hasDots { dots += "<circle cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"3\"/>" }
    }
    let names = names(series, index)
    return "<path class=\"\(names)\" d=\"\(data)\"/><g class=\"\(names) dots\">\(dots)</g>"
  }

  // MARK: Text

  private func text(_ text: String, x: Double, y: Double, _ name: String) -> String {
    text.isEmpty
      ? ""
      : "<text x=\"\(number(x))\" y=\"\(number(y))\" class=\"\(name)\">\(text.escapedForMarkup)</text>"
  }

  /// A tenth of a pixel is enough.
  private func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(Double(tenths) / 10)"
  }
}
