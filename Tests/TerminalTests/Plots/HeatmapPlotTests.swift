import Glibc
import Terminal
import Testing

struct HeatmapPlotTests {
  private var ridge: HeatmapPlot {
    let values = (0..<100).map { (column: Int) -> [Double] in
      let crest = 32 + 20 * sin(Double(column) / 15)
      return (0..<64).map { (row: Int) -> Double in
        let distance = Double(row) - crest
        return -distance * distance / 5
      }
    }
    var plot = HeatmapPlot(values: values, xRange: 0...5, yRange: 0...22050)
    plot.title = "spectrogram"
    plot.xUnit = "s"
    plot.yUnit = "Hz"
    return plot
  }

  @Test(arguments: Charset.allCases)
  func pictures(charset: Charset) {
    for (width, height) in [(70, 14), (20, 5)] {
      var canvas = Canvas(width: width, height: height, charset: charset)
      ridge.draw(into: &canvas, in: canvas.bounds, theme: .monochrome)
      expectPicture(canvas, "heatmap-\(charset)-\(width)x\(height)")
    }
    expectStaysInside(charset) { ridge.draw(into: &$0, in: $1, theme: .monochrome) }
  }

  @Test func aCellShowsItsMaximum() {
    var values = Array(repeating: Array(repeating: 0.0, count: 1000), count: 1000)
    values[500][500] = 80
    let plot = HeatmapPlot(values: values, xRange: 0...1, yRange: 0...1)
    var canvas = Canvas(width: 30, height: 9)
    plot.draw(into: &canvas, in: canvas.bounds, theme: .monochrome)
    #expect(canvas.text.filter { $0 == "█" }.count == 1)
  }

  @Test func noData() {
    for values in [[], [[]], [[Double.nan], [-.infinity]]] as [[[Double]]] {
      let plot = HeatmapPlot(values: values, xRange: 0...0, yRange: 0...0)
      var canvas = Canvas(width: 30, height: 9)
      plot.draw(into: &canvas, in: canvas.bounds, theme: .monochrome)
      #expect(canvas.text.contains("no data"))
    }
  }
}
