import Interpreter
import Messages
import Terminal

/// A spectrogram or a matrix: an image for its colours, and axes around it as SVG.
struct HeatmapPicture {
  var figure: Figure
  var heatmap: Figure.Heatmap
  /// The levels of the first and the last colour; the same for pictures that are compared.
  var levels: ClosedRange<Double>

  private static let size = (width: 680.0, height: 280.0)
  private static let area = (x: 58.0, y: 28.0, width: 602.0, height: 212.0)
  private static let theme = Theme(background: .dark, colors: 1 << 24)

  var svg: String {
    let (size, area) = (Self.size, Self.area)
    let (xAxis, yAxis) = (Axis(heatmap.xRange), Axis(heatmap.yRange))
    var labels = ""
    for tick in xAxis.ticks(atMost: 8) {
      let x = Int(area.x + xAxis.fraction(of: tick.value) * area.width)
      let y = Int(area.y + area.height) + 15
      labels += "<text x=\"\(x)\" y=\"\(y)\" class=\"middle\">\(tick.label)</text>"
    }
    for tick in yAxis.ticks(atMost: 6) {
      let y = Int(area.y + (1 - yAxis.fraction(of: tick.value)) * area.height) + 4
      labels += "<text x=\"\(Int(area.x) - 6)\" y=\"\(y)\" class=\"end\">\(tick.label)</text>"
    }
    let yTitle = [figure.yLabel, figure.yUnit.isEmpty ? nil : figure.yUnit].compactMap { $0 }
    let title = ([figure.title].compactMap { $0 } + yTitle).joined(separator: ", ")
    let xTitle = [figure.xLabel, figure.xUnit.isEmpty ? nil : figure.xUnit].compactMap { $0 }
      .joined(separator: ", ")
    let unit = heatmap.unit.isEmpty ? "" : " \(heatmap.unit)"
    let key =
      "\(readable(levels.lowerBound + 0, digits: 3)) to "
      + "\(readable(levels.upperBound + 0, digits: 3))\(unit), lighter is higher"
    return """
      <svg class="plot" role="img" viewBox="0 0 \(Int(size.width)) \(Int(size.height))" \
      style="max-width: \(Int(size.width))px" aria-label="\(figure.summary.escapedForMarkup)">\
      <text x="\(Int(area.x))" y="14" class="title">\(title.escapedForMarkup)</text>\
      <text x="\(Int(area.x + area.width))" y="14" class="end">\(key.escapedForMarkup)</text>\
      <image x="\(area.x)" y="\(area.y)" width="\(area.width)" height="\(area.height)" \
      preserveAspectRatio="none" href="data:image/png;base64,\(base64(image.bytes))"/>\(labels)\
      <text x="\(Int(area.x + area.width))" y="\(Int(size.height) - 6)" class="end">\(xTitle.escapedForMarkup)</text></svg>
      """
  }

  /// At most 360 × 160 pixels, each with the maximum of what it covers.
  private var image: PNG {
    let rows = heatmap.columns.map(\.count).max() ?? 0
    let (width, height) = (min(360, heatmap.columns.count), min(160, rows))
    let colors = Self.theme.heatScale.compactMap(\.components)
    guard width > 0, height > 0, let darkest = colors.first else {
      return PNG(width: 1, height: 1, pixels: [0], palette: [(0, 0, 0)])
    }
    func bins(_ place: Int, of count: Int, over total: Int) -> Range<Int> {
      let start = place * total / count
      return start..<max(start + 1, (place + 1) * total / count)
    }
    var pixels: [UInt8] = []
    for row in (0..<height).reversed() {
      for column in 0..<width {
        var level = -Double.infinity
        for values in heatmap.columns[bins(column, of: width, over: heatmap.columns.count)] {
          for value in values[bins(row, of: height, over: rows).clamped(to: values.indices)]
          where value.isFinite { level = max(level, value) }
        }
        let share = (level - levels.lowerBound) / (levels.upperBound - levels.lowerBound)
        let step = share.isFinite ? max(0, min(1, share)) * Double(colors.count - 1) : 0
        pixels.append(UInt8(step.rounded()))
      }
    }
    return PNG(
      width: width, height: height, pixels: pixels, palette: colors.isEmpty ? [darkest] : colors)
  }
}
