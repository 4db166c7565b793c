import Glibc
import Terminal
import Testing

struct DotStyleTests {
  private func wave(_ dots: DotStyle) -> Canvas {
    var canvas = Canvas(width: 60, height: 13, dots: dots)
    let x = (0..<200).map { Double($0) / 20 }
    var plot = Plot(series: [Plot.Series(x: x, y: x.map { sin($0) })])
    plot.title = "wave"
    plot.draw(into: &canvas, in: canvas.bounds, theme: .monochrome)
    return canvas
  }

  @Test(arguments: [DotStyle.braille, .sextants, .blocks])
  func pictures(dots: DotStyle) { expectPicture(wave(dots), "dots-\(dots)") }

  @Test("Each style has characters of its own, and the same curve")
  func characters() {
    func isOwn(_ character: Character, _ range: ClosedRange<UInt32>) -> Bool {
      character.unicodeScalars.contains { range.contains($0.value) }
    }
    #expect(wave(.braille).text.contains { isOwn($0, 0x2801...0x28FF) })
    #expect(wave(.sextants).text.contains { isOwn($0, 0x1FB00...0x1FB3B) })
    #expect(wave(.blocks).text.contains { isOwn($0, 0x2596...0x259F) })
    #expect(!wave(.blocks).text.contains { isOwn($0, 0x2801...0x28FF) })
  }

  @Test("ASCII stays ASCII, whatever the style")
  func ascii() {
    for dots in DotStyle.allCases {
      let canvas = Canvas(width: 4, height: 4, charset: .ascii, dots: dots)
      #expect(canvas.dots == .ascii)
    }
  }
}
