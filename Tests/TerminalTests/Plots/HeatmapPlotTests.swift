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
    var plot = HeatmapPlot(values: values, xRange: 0...1, yRange: 0...1)
    plot.hasKey = false
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

  @Test("In colours, each row holds two values, one in the character and one behind it")
  func halfRows() throws {
    let theme = Theme(background: .dark, colors: 256)
    var plot = HeatmapPlot(
      values: Array(repeating: [0, 20, 40, 80], count: 20), limits: 0...80, xRange: 0...1,
      yRange: 0...4)
    plot.hasKey = false
    var canvas = Canvas(width: 30, height: 5)
    plot.draw(into: &canvas, in: canvas.bounds, theme: theme)
    let styles = (1...2).map { canvas[20, $0].style }
    #expect((1...2).allSatisfy { canvas[20, $0].character == "▀" })
    #expect(styles[0].foreground == theme.heatScale.last)
    #expect(styles[1].background == theme.heatScale.first)
    #expect(Set(styles.flatMap { [$0.foreground, $0.background] }).count == 4)
  }

  @Test("One key says what the colours or shades mean", arguments: Charset.allCases)
  func key(charset: Charset) {
    var plot = ridge
    plot.limits = -80...0
    for theme in [Theme.monochrome, Theme(background: .light, colors: 256)] {
      var canvas = Canvas(width: 70, height: 14, charset: charset)
      plot.draw(into: &canvas, in: canvas.bounds, theme: theme)
      let first = canvas.text.prefix { $0 != "\n" }
      #expect(first.contains(charset == .unicode ? "−80 " : "-80 ") && first.hasSuffix(" 0 dB"))
    }
    plot.title = "after the kernel"
    plot.yLabel = "frequency"
    var narrow = Canvas(width: 38, height: 11, charset: charset)
    plot.draw(into: &narrow, in: narrow.bounds, theme: .monochrome)
    #expect(narrow.text.prefix { $0 != "\n" }.hasSuffix(" 0 dB"))
    plot.hasKey = false
    var canvas = Canvas(width: 70, height: 14, charset: charset)
    plot.draw(into: &canvas, in: canvas.bounds, theme: .monochrome)
    #expect(!canvas.text.contains("dB"))
  }
}
