import Glibc
import Terminal
import Testing

struct PlotGridTests {
  private func grid(_ count: Int, columns: Int, verdicts: [Bool?] = [nil]) -> PlotGrid {
    PlotGrid(
      items: (0..<count).map { number in
        PlotGrid.Item(
          title: "number \(number)",
          plot: Plot(series: [
            Plot.Series(y: (0..<128).map { sin(Double($0 * (number + 1)) / 20) })
          ]), verdict: verdicts[number % verdicts.count])
      }, preferredColumns: columns)
  }

  private func draw(_ grid: PlotGrid, _ width: Int, _ charset: Charset = .unicode) -> Canvas {
    var canvas = Canvas(width: width, height: grid.height(forWidth: width), charset: charset)
    grid.draw(into: &canvas, in: canvas.bounds, theme: .monochrome)
    return canvas
  }

  private func titleRows(_ canvas: Canvas) -> [Int] {
    canvas.text.split(separator: "\n").map { row in
      row.split(separator: " ").count { $0 == "number" }
    }.filter { $0 > 0 }
  }

  @Test(arguments: Charset.allCases)
  func pictures(charset: Charset) {
    let examples = grid(6, columns: 3, verdicts: [true, true, false])
    expectPicture(draw(examples, 78, charset), "grid-\(charset)-78")
    expectPicture(draw(examples, 30, charset), "grid-\(charset)-30")
  }

  @Test("As many columns as fit, in evenly filled rows")
  func columns() {
    #expect(titleRows(draw(grid(6, columns: 3), 79)) == [3, 3])
    #expect(titleRows(draw(grid(16, columns: 8), 79)) == [4, 4, 4, 4])
    #expect(titleRows(draw(grid(16, columns: 8), 139)) == [8, 8])
    #expect(titleRows(draw(grid(5, columns: 3), 79)) == [3, 2])
  }

  @Test(arguments: Charset.allCases)
  func drawsInsideItsAreaAtAnySize(charset: Charset) {
    for grid in [grid(6, columns: 3, verdicts: [true, false]), grid(0, columns: 4)] {
      expectStaysInside(charset) { grid.draw(into: &$0, in: $1, theme: .monochrome) }
    }
  }

  @Test("Right and wrong differ in colour and in symbol")
  func verdicts() {
    var canvas = Canvas(width: 78, height: 12)
    let theme = Theme(background: .dark, colors: 256)
    grid(2, columns: 2, verdicts: [true, false]).draw(
      into: &canvas, in: canvas.bounds, theme: theme)
    #expect(canvas[0, 0].character == "✓")
    #expect(canvas[0, 0].style == theme.success)
    #expect(canvas[40, 0].character == "✗")
    #expect(canvas[40, 0].style == theme.error)
  }
}
