import Glibc
import Terminal
import Testing

struct WaveformStripTests {
  private func strip(playhead: Double?) -> WaveformStrip {
    let samples = (0..<44100).map { (index: Int) -> Float in
      Float(sin(Double(index) / 50) * sin(Double(index) / 7000))
    }
    return WaveformStrip(samples: samples, playhead: playhead)
  }

  @Test(arguments: Charset.allCases)
  func pictures(charset: Charset) {
    var canvas = Canvas(width: 50, height: 5, charset: charset)
    strip(playhead: 0).draw(into: &canvas, in: canvas.bounds, theme: .monochrome)
    expectPicture(canvas, "waveform-\(charset)")
    for playhead in [nil, 0, 0.5, 1, -3, .nan, .infinity] as [Double?] {
      expectStaysInside(charset) {
        strip(playhead: playhead).draw(into: &$0, in: $1, theme: .monochrome)
      }
    }
  }

  @Test func thePlayheadIsVisibleWithoutColor() {
    for (playhead, column) in [(0.0, 0), (0.5, 25), (1, 50), (7, 50)] {
      var canvas = Canvas(width: 51, height: 3)
      strip(playhead: playhead).draw(into: &canvas, in: canvas.bounds, theme: .monochrome)
      for x in 0..<51 {
        let cell = canvas[x, 1]
        #expect((cell.style.isReversed || cell.character == "│") == (x == column))
      }
    }
  }

  @Test("Two rows of ASCII still show the difference between loud and quiet")
  func fewRowsOfASCII() {
    var canvas = Canvas(width: 50, height: 2, charset: .ascii)
    strip(playhead: nil).draw(into: &canvas, in: canvas.bounds, theme: .monochrome)
    #expect(
      canvas.text == """
            _:-=+*#####*+=-:_        _:-=+*#####*+=-:_
        .-+##################*+-..-+##################*=-.

        """)
  }

  @Test func silenceAndNoSamples() {
    var canvas = Canvas(width: 4, height: 3, charset: .ascii)
    WaveformStrip(samples: [0, 0, .nan, 0, 0]).draw(
      into: &canvas, in: canvas.bounds, theme: .monochrome)
    // A cross for the sample that has no place.
    #expect(canvas.text == "\n  x\n__ _\n")
    canvas = Canvas(width: 4, height: 1)
    WaveformStrip(samples: []).draw(into: &canvas, in: canvas.bounds, theme: .monochrome)
    #expect(canvas.text == "\n")
  }
}
