import Glibc
import Terminal
import Testing

struct PlotTests {
  private func draw(
    _ plot: Plot, _ width: Int, _ height: Int, _ charset: Charset = .unicode
  ) -> Canvas {
    var canvas = Canvas(width: width, height: height, charset: charset)
    plot.draw(into: &canvas, in: canvas.bounds, theme: .monochrome)
    return canvas
  }

  private var curves: Plot {
    let x = (0..<400).map { Double($0) / 100 }
    var plot = Plot(series: [
      Plot.Series(label: "now", x: x, y: x.map { sin($0 * 4) }),
      Plot.Series(label: "11 taps", x: x, y: x.map { cos($0 * 3) / 2 }),
    ])
    plot.title = "response"
    plot.xUnit = "s"
    plot.yUnit = "dB"
    plot.markers = [
      Plot.Marker(x: 2, label: "200 Hz"), Plot.Marker(y: -0.6, label: "−6 dB"),
      Plot.Marker(x: 3, y: 0.3, label: "here"),
    ]
    return plot
  }

  private var stems: Plot {
    var plot = Plot(series: [
      Plot.Series(y: [1, 2, 3, 4, -1, 2, 0.5, 1, 0, 2], mark: .stem)
    ])
    plot.title = "kernel"
    return plot
  }

  private var logarithmic: Plot {
    let x = (0...22050).map(Double.init)
    var plot = Plot(series: [
      Plot.Series(x: x, y: x.map { -10 * log10(1 + pow($0 / 500, 2)) })
    ])
    plot.isXLogarithmic = true
    plot.xLimits = 20...22050
    plot.xLabel = "frequency"
    plot.xUnit = "Hz"
    return plot
  }

  @Test(arguments: Charset.allCases)
  func pictures(charset: Charset) {
    for (width, height) in [(70, 14), (40, 8), (20, 5)] {
      let name = "\(charset)-\(width)x\(height)"
      expectPicture(draw(curves, width, height, charset), "plot-curves-\(name)")
      expectPicture(draw(stems, width, height, charset), "plot-stems-\(name)")
      expectPicture(draw(logarithmic, width, height, charset), "plot-logarithmic-\(name)")
    }
  }

  @Test(arguments: Charset.allCases)
  func drawsInsideItsAreaAtAnySize(charset: Charset) {
    for plot in [curves, stems, logarithmic, Plot(series: [])] {
      expectStaysInside(charset) { plot.draw(into: &$0, in: $1, theme: .monochrome) }
    }
  }

  @Test("A plot of few rows still shows two ticks, the fewest that define a scale")
  func twoTicksInFourRows() {
    for (low, high) in [(-0.7634, 0.3723), (-97.0, -28.0)] {
      let plot = Plot(series: [Plot.Series(label: "a", x: [0, 1], y: [low, high])])
      let rows = draw(plot, 60, 7).text.split(separator: "\n")
      #expect(rows.count { $0.contains("┤") } >= 2, "\(rows)")
    }
  }

  @Test("On a logarithmic y axis equal ratios are evenly spaced, and zero leaves a gap")
  func logarithmicY() throws {
    var plot = Plot(series: [Plot.Series(x: [0, 1, 2, 3, 4], y: [1, 0.1, 0, 0.001, 0.001])])
    plot.isYLogarithmic = true
    plot.yLimits = 0.001...1
    let canvas = draw(plot, 40, 12)
    let rows = canvas.text.split(separator: "\n").map(String.init)
    let ticks = ["1", "0.1", "0.01", "0.001"].compactMap { label in
      rows.firstIndex { $0.drop { $0 == " " }.hasPrefix(label + "┤") }
    }
    #expect(ticks.count == 4)
    #expect(Set(zip(ticks, ticks.dropFirst()).map { $1 - $0 }).count == 1)
    plot.yLimits = nil
    #expect(draw(plot, 40, 13).text.contains("0.01┤"))
    plot.series = [Plot.Series(y: [0, -1], mark: .stem)]
    _ = draw(plot, 40, 13)
  }

  @Test("A faint series is drawn behind the others, in dim grey")
  func faintSeries() {
    let theme = Theme(background: .dark, colors: 256)
    var faint = Plot.Series(label: "before", x: [0, 1], y: [0, 0])
    faint.isFaint = true
    var canvas = Canvas(width: 40, height: 8)
    Plot(series: [Plot.Series(label: "now", x: [0, 0.5], y: [0, 0]), faint])
      .draw(into: &canvas, in: canvas.bounds, theme: theme)
    let row = (0..<8).first { y in
      (3..<40).contains { canvas[$0, y].style == theme.series[0] } && y > 0
    }
    let y = row ?? 0
    #expect(canvas[6, y].style == theme.series[0])
    #expect((30..<39).contains { canvas[$0, y].style == theme.dim })
  }

  /// A single spike among 400,000 samples, up or down, must show in the right one of 100 columns.
  @Test(arguments: Charset.allCases, [Plot.Mark.line, .stem])
  func noPeakIsLost(charset: Charset, mark: Plot.Mark) throws {
    for (series, peak) in [(0, 1.0), (0, -1), (1, 1), (1, -1), (2, -1), (3, 1), (4, -1), (5, 1)] {
      var y = [Double](repeating: 0, count: 400_000)
      y[123_457] = peak
      let empty = Array(repeating: Plot.Series(y: []), count: series)
      var plot = Plot(series: empty + [Plot.Series(y: y, mark: mark)])
      plot.yLimits = min(0, peak)...max(0, peak)
      let canvas = draw(plot, 100, 12, charset)
      let column = try #require(
        plot.screenColumn(forX: 123_457, in: canvas.bounds, charset: charset))
      let row = peak > 0 ? 0 : 9
      #expect(canvas[column, row].character != " ")
      #expect(canvas[column + 1, row].character == " ")
      #expect(canvas[column - 1, row].character == " ")
    }
  }

  @Test func seriesDifferWithoutColorToo() {
    let x = [0.0, 1]
    let alone = (0..<4).map { index in
      let empty = Array(repeating: Plot.Series(y: []), count: index)
      return draw(Plot(series: empty + [Plot.Series(x: x, y: x)]), 30, 8).text
    }
    #expect(Set(alone).count == 4)
    let ascii = draw(
      Plot(series: [Plot.Series(x: x, y: [0, 0]), Plot.Series(x: x, y: [1, 1])]), 30, 8, .ascii)
    #expect(ascii.text.contains("***"))
    #expect(ascii.text.contains("+++"))
  }

  @Test func aSingleStemHasItsMarkInEveryColumn() {
    let all = Plot.Series(label: "all", y: Array(repeating: 2, count: 31), mark: .stem)
    for place in 0..<31 {
      let yours = Plot.Series(
        label: "yours", x: [Double(place)], y: [2], mark: .stem)
      let rows = draw(Plot(series: [all, yours]), 70, 12).text.split(separator: "\n")
      #expect(rows.dropFirst().contains { $0.contains("●") }, "stem \(place)")
    }
  }

  @Test func gapsConstantsSinglePointsAndNoData() {
    let gap = draw(Plot(series: [Plot.Series(y: [1, 1, .nan, .infinity, 1, 1])]), 26, 5)
    expectPicture(gap, "plot-gap")
    expectPicture(draw(Plot(series: [Plot.Series(y: [3, 3, 3])]), 26, 6), "plot-constant")
    expectPicture(draw(Plot(series: [Plot.Series(x: [2], y: [7])]), 26, 6), "plot-one-point")
    for plot in [
      Plot(series: []), Plot(series: [Plot.Series(y: [])]),
      Plot(series: [Plot.Series(y: [.nan, -.infinity])]),
    ] {
      #expect(plot.isEmpty)
      #expect(draw(plot, 26, 6).text.contains("no data"))
    }
  }

  @Test func linesAreClippedAtTheLimits() {
    var plot = Plot(series: [Plot.Series(x: [-1e6, 1e6], y: [-1e9, 1e9])])
    plot.xLimits = -1...1
    plot.yLimits = -1000...1000
    let canvas = draw(plot, 41, 21, .ascii)
    // The straight line through the origin crosses both corners of the visible area.
    let text = canvas.text.split(separator: "\n")
    #expect(text[0].last == "*")
    #expect(text.filter { $0.contains("*") }.count == 19)
    plot.yLimits = 2000...3000
    #expect(!draw(plot, 41, 21, .ascii).text.contains("*"))
  }

  @Test func columnsAndValuesAreInverse() throws {
    for charset in Charset.allCases {
      for plot in [curves, logarithmic] {
        let place = Rectangle(x: 3, y: 2, width: 61, height: 12)
        var columns = 0
        for column in 0..<70 {
          guard let x = plot.x(atColumn: column, in: place, charset: charset) else { continue }
          columns += 1
          #expect(plot.screenColumn(forX: x, in: place, charset: charset) == column)
        }
        #expect(columns > 40)
        #expect(plot.screenColumn(forX: 1e9, in: place) == nil)
      }
    }
  }

  @Test func nearestPoints() {
    let points = curves.nearestPoints(toX: 1.0021)
    #expect(points[0]?.x == 1)
    #expect(points[0]?.y == sin(4))
    #expect(Plot(series: [Plot.Series(y: [])]).nearestPoints(toX: 0)[0] == nil)
  }

  @Test func theCursorIsDrawnInItsColumn() throws {
    var plot = curves
    plot.cursor = 1.5
    let canvas = draw(plot, 60, 12)
    let column = try #require(plot.screenColumn(forX: 1.5, in: canvas.bounds))
    for row in 1..<10 {
      let cell = canvas[column, row]
      #expect(cell.character == "│" || cell.style.isReversed)
    }
  }

  @Test func aLegendTooWideForTheTitleRowGetsItsOwn() {
    var plot = curves
    plot.title = "A rather long title for such a narrow plot"
    plot.hasLegendAtEnds = false
    let lines = draw(plot, 50, 10).text.split(separator: "\n")
    #expect(lines[0].hasPrefix("A rather long title for such a narrow plot, dB"))
    #expect(lines[1].contains("now") && lines[1].contains("11 taps"))
  }

  @Test func markerLabelsDoNotCoverEachOther() {
    var plot = Plot(series: [Plot.Series(x: [0, 100], y: [0, 0])])
    plot.markers = (0..<4).map { Plot.Marker(x: 50 + Double($0), label: "label \($0)") }
    let text = draw(plot, 60, 12).text
    for number in 0..<4 { #expect(text.contains("label \(number)")) }
  }

  @Test func escapeSequencesInLabelsAreShownNotInterpreted() {
    var plot = curves
    plot.title = "a\u{1B}[2Jb\u{202E}"
    plot.xLabel = "\n\n\u{7}"
    let text = draw(plot, 60, 12).text
    #expect(text.contains("a␛[2Jb, dB"))
    #expect(!text.contains("\u{1B}") && !text.contains("\u{7}"))
  }

  @Test("Of many points a few are drawn, and the picture is that of all", arguments: [20, 61])
  func manyPoints(width: Int) {
    let x = (0..<19_000).map { Double($0) / 100 }
    let y = x.map { ($0 * 7).truncatingRemainder(dividingBy: 3) - 1 }
    func picture(_ x: [Double], mark: Plot.Mark) -> String {
      let y = y + Array(repeating: y.last ?? 0, count: x.count - y.count)
      return draw(Plot(series: [Plot.Series(x: x, y: y, mark: mark)]), width, 12).text
    }
    for mark in [Plot.Mark.line, .stem] {
      // A step back, however small, makes a curve be drawn from all its points.
      #expect(picture(x + [190, 190 - 1e-9], mark: mark) == picture(x + [190], mark: mark))
    }
  }

  // MARK: Several series

  /// How many cells have the colour of each series.
  private func cells(of plot: Plot, _ width: Int = 80, _ height: Int = 14) -> [Int] {
    let theme = Theme(background: .dark, colors: 256)
    var canvas = Canvas(width: width, height: height)
    plot.draw(into: &canvas, in: canvas.bounds, theme: theme)
    return plot.series.indices.map { index in
      // Not the legend at the right.
      (1..<height - 2).reduce(0) { sum, y in
        sum + (0..<width - 14).count { canvas[$0, y].style == theme.series[index] }
      }
    }
  }

  @Test("No series vanishes under another, not even one that is the same")
  func crossings() {
    let x = (0..<4000).map { Double($0) / 400 }
    func noise(_ size: Double) -> [Double] { x.indices.map { size * sin(Double($0 * $0 % 7919)) } }
    let pairs = [
      [x.map { sin($0) }, x.map { sin($0) }], [noise(1), noise(0.4)], [noise(0.4), noise(1)],
      [noise(1), noise(1)], [noise(1), x.map { sin($0) }], [x.map { sin($0) }, noise(1)],
      [x.map { sin($0) }, x.map { sin($0) }, x.map { sin($0) }],
    ]
    for (number, pair) in pairs.enumerated() {
      let counts = cells(
        of: Plot(
          series: pair.enumerated().map { Plot.Series(label: "s\($0)", x: x, y: $1) }))
      #expect(counts.allSatisfy { $0 >= 18 }, "\(number): \(counts)")
    }
  }

  @Test("Each curve is one piece: in every column of dots that it crosses there is a cell of it")
  func connected() {
    let x = (0..<100).map { Double($0) / 10 }
    for index in 0..<4 {
      let empty = (0..<index).map { _ in Plot.Series(y: []) }
      let plot = Plot(series: empty + [Plot.Series(x: x, y: x.map { sin($0 * 3) })])
      let canvas = draw(plot, 80, 14)
      for column in 8..<78 {
        #expect((0..<12).contains { canvas[column, $0].character != " " }, "\(index), \(column)")
      }
    }
  }

  @Test("The legend stands at the ends of the curves, each name in the row of its end")
  func legendAtEnds() throws {
    let x = (0..<100).map(Double.init)
    let plot = Plot(series: [
      Plot.Series(label: "rising", x: x, y: x),
      Plot.Series(label: "falling", x: x, y: x.map { 99 - $0 }),
    ])
    for charset in Charset.allCases {
      let rows = draw(plot, 80, 14, charset).text.split(
        separator: "\n", omittingEmptySubsequences: false)
      let rising = try #require(rows.firstIndex { $0.hasSuffix("rising") })
      let falling = try #require(rows.firstIndex { $0.hasSuffix("falling") })
      #expect(rising <= 2 && falling >= 9 && falling <= 11)
    }
  }

  @Test("A legend that does not fit beside the curves or the title takes rows, and is complete")
  func completeLegend() {
    let names = (0..<6).map { "a rather long name \($0)" }
    let plot = Plot(
      series: names.enumerated().map { Plot.Series(label: $1, x: [0, 1], y: [0, Double($0)]) })
    let text = draw(plot, 60, 16).text
    for name in names { #expect(text.contains(name), "\(name)\n\(text)") }
  }

  @Test("A noisy curve is a median over a band, which stays behind other curves")
  func smoothed() {
    let theme = Theme(background: .dark, colors: 256)
    let y = (0..<1000).map { 1 - Double($0) / 1000 + 0.3 * sin(Double($0 * $0 % 7919)) }
    var series = Plot.Series(y: y)
    series.isSmoothed = true
    var canvas = Canvas(width: 80, height: 16)
    Plot(series: [series]).draw(into: &canvas, in: canvas.bounds, theme: theme)
    func count(_ style: Style) -> Int {
      (0..<16).reduce(0) { sum, y in sum + (0..<80).count { canvas[$0, y].style == style } }
    }
    #expect(count(theme.series[0]) >= 70 && count(theme.series[0]) < 220)
    #expect(count(theme.bands[0]) > 200)
  }

  // MARK: Ticks and labels

  @Test(
    "At least four ticks on each axis, in rows evenly apart, or as evenly as whole rows allow",
    arguments: [
      (-0.7634, 0.3723), (-97.0, -28.0), (0, 1), (-1.1, 1.3), (3, 4), (0, 22050), (-2e-5, 1e-5),
    ])
  func evenTicks(low: Double, high: Double) {
    for height in [11, 12, 14, 20, 30] {
      let plot = Plot(series: [Plot.Series(x: [0, 7.3], y: [low, high])])
      let rows = draw(plot, 70, height).text.split(separator: "\n")
      let ticks = rows.indices.filter { rows[$0].contains("┤") }
      #expect(ticks.count >= 4, "\(height): \(ticks)")
      let distances = zip(ticks, ticks.dropFirst()).map { $1 - $0 }
      #expect(
        (distances.max() ?? 0) - (distances.min() ?? 0) <= 1,
        "\(low)…\(high), \(height): \(distances)")
      #expect(rows.contains { row in row.count { $0 == "┬" } >= 4 })
    }
  }

  @Test(
    "Fixed limits stay as they are; ticks between them are as evenly apart as whole rows allow",
    arguments: [
      (0.0, 100.0), (0, 1), (-1, 1), (-1.8, 1.8), (-60, 0), (0, 105), (-100, -20), (-2, 2),
    ])
  func ticksBetweenLimits(low: Double, high: Double) {
    for dataRows in [8, 9, 11, 12, 18, 24, 36] {
      var plot = Plot(series: [Plot.Series(x: [0, 7.3], y: [low, high])])
      plot.yLimits = low...high
      let rows = draw(plot, 70, dataRows + 2).text.split(separator: "\n")
      let ticks = rows.indices.filter { rows[$0].contains("┤") }
      let distances = zip(ticks, ticks.dropFirst()).map { $1 - $0 }
      #expect(ticks.count >= (high - low == 3.6 ? 3 : 4), "\(dataRows)")
      #expect((distances.min() ?? 0) > (dataRows == 8 ? 0 : 1), "\(dataRows): \(distances)")
      #expect((distances.max() ?? 0) - (distances.min() ?? 0) <= 1, "\(dataRows): \(distances)")
    }
  }

  @Test("A label never lies on a curve where there is another place for it")
  func labelsBesideCurves() {
    let x = (0..<400).map { Double($0) / 40 }
    for point in stride(from: 0.2, to: 9.8, by: 0.3) {
      var plot = Plot(series: [Plot.Series(x: x, y: x.map { sin($0) })])
      let bare = draw(plot, 70, 14)
      plot.markers = [Plot.Marker(x: point, y: sin(point), label: "here it is")]
      let marked = draw(plot, 70, 14)
      #expect(marked.text.contains("here it is"))
      for y in 0..<14 {
        for x in 0..<70 where marked[x, y].character.isLetter {
          #expect(bare[x, y].character == " ", "\(point)\n\(marked.text)")
        }
      }
    }
  }
}
