import Terminal
import Testing

@Suite("Canvas as a picture")
struct CanvasPictureTests {
  private func svg(_ draw: (inout Canvas, Theme) -> Void) -> String {
    func canvas(_ background: Theme.Background) -> Canvas {
      var canvas = Canvas(width: 20, height: 2)
      draw(&canvas, Theme(background: background, colors: 1 << 24))
      return canvas
    }
    return CanvasPicture(dark: canvas(.dark), light: canvas(.light), title: "A & B").svg
  }

  @Test("Text keeps its columns: each run has its place and its width")
  func text() {
    let svg = svg { canvas, theme in
      canvas.put("a<b  c", x: 1, y: 0)
      canvas.put("bold", x: 0, y: 1, style: theme.title)
    }
    #expect(
      svg.contains(
        "x=\"40\" y=\"49\" textLength=\"60\" lengthAdjust=\"spacingAndGlyphs\">a&lt;b</text>"))
    #expect(
      svg.contains(
        "x=\"140\" y=\"49\" textLength=\"20\" lengthAdjust=\"spacingAndGlyphs\">c</text>"))
    #expect(svg.contains(" b\" x=\"20\" y=\"89\" textLength=\"80\""))
    #expect(svg.contains("<title>A &amp; B</title>"))
    #expect(svg.contains("viewBox=\"0 0 440 120\""))
  }

  @Test("Lines, blocks and dots are shapes that meet; equal neighbours are one")
  func shapes() {
    // Three dashes from x = 20 on, one path.
    #expect(svg { canvas, _ in canvas.put("───", x: 0, y: 0) }.contains("d=\"M20 39h60v2h-60z\""))
    // The upper left and the lower right dot of a cell.
    #expect(
      svg { canvas, _ in canvas.put("⢁", x: 0, y: 0) }.contains(
        "d=\"M22 22h6v6h-6zM32 52h6v6h-6z\""))
    #expect(svg { canvas, _ in canvas.put("▄", x: 0, y: 0) }.contains("d=\"M20 40h20v20h-20z\""))
    #expect(
      svg { canvas, _ in canvas.put("▚", x: 0, y: 0) }.contains(
        "M20 20h10v20h-10zM30 40h10v20h-10z"))
    #expect(svg { canvas, _ in canvas.put("▒", x: 0, y: 0) }.contains("opacity=\"0.50\""))
  }

  @Test("Each colour is there for dark and for light backgrounds")
  func colors() {
    let svg = svg { canvas, theme in canvas.put("x", x: 0, y: 0, style: theme.accent) }
    // The accents of both themes.
    #expect(svg.contains("{fill:#5fd7ff}"))
    #expect(svg.contains("{fill:#005faf}"))
    #expect(svg.contains("@media (prefers-color-scheme:light)"))
  }
}
