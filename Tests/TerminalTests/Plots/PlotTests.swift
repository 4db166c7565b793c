import Glibc
import Terminal
import Testing

struct PlotTests {
  @Test func look() {
    let n = 400
    let x = (0..<n).map { Double($0) / 100 }
    var plot = Plot(series: [
      .init(label: "now", x: x, y: x.map { sin($0 * 4) }),
      .init(label: "11 taps", x: x, y: x.map { cos($0 * 3) * 0.5 }),
    ])
    plot.title = "response"; plot.xUnit = "s"; plot.yUnit = "dB"
    plot.markers = [
      .init(x: 2, label: "200 Hz"), .init(y: -0.6, label: "−6 dB"),
      .init(x: 3, y: 0.3, label: "here"),
    ]
    var stems = Plot(series: [.init(y: [1, 2, 3, 4, -1, 2, 0.5, 1, 0, 2], mark: .stem)])
    stems.title = "kernel"
    var log = plot; log.isXLogarithmic = true;
    log.series = [
      .init(
        x: (1...22050).map(Double.init),
        y: (1...22050).map { -10 * log10(1 + pow(Double($0) / 500, 2)) })
    ]
    log.markers = []
    log.xUnit = "Hz"
    for charset in Charset.allCases {
      for plot in [plot, stems, log] {
        var canvas = Canvas(width: 70, height: 14, charset: charset)
        plot.draw(into: &canvas, in: canvas.bounds, theme: .monochrome)
        print(canvas.text)
      }
    }
  }
}
