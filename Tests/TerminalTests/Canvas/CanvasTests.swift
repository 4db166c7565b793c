import Terminal
import Testing

struct CanvasTests {
  @Test func clipsOnEverySide() {
    var canvas = Canvas(width: 5, height: 2)
    canvas.put("abcdefgh", x: -2, y: 0)
    canvas.put("xyz", x: 4, y: 1)
    canvas.put("lost", x: 0, y: 2)
    canvas.put("lost", x: 0, y: -1)
    #expect(canvas.text == "cdefg\n    x\n")
  }

  @Test(arguments: [(0, 0), (-3, 4), (4, -3), (1, 1)])
  func anySizeIsAccepted(width: Int, height: Int) {
    var canvas = Canvas(width: width, height: height)
    canvas.put("漢字", x: 0, y: 0)
    canvas.fill(Rectangle(x: -5, y: -5, width: 50, height: 50), with: "#")
    canvas.restyle(canvas.bounds) { $0.isBold = true }
    canvas.copy(from: canvas, toX: 1, y: 1)
    #expect(canvas.width == max(0, width))
    #expect(canvas.height == max(0, height))
    #expect(canvas.text == String(repeating: width == 1 ? "#\n" : "\n", count: canvas.height))
  }

  @Test func maximumWidthTruncatesText() {
    var canvas = Canvas(width: 10, height: 1)
    let end = canvas.put("ab漢字", x: 0, y: 0, maximumWidth: 5)
    #expect(canvas.text == "ab漢\n")
    #expect(end == 4)
  }

  @Test func wideCharactersTakeTwoCellsAndAreNeverSplit() {
    var canvas = Canvas(width: 4, height: 1)
    canvas.put("漢字", x: 0, y: 0)
    #expect(canvas[0, 0].width == 2)
    #expect(canvas[1, 0].width == 0)
    canvas.put("x", x: 1, y: 0)
    #expect(canvas.text == " x字\n")
    canvas.put("y", x: 2, y: 0)
    #expect(canvas.text == " xy\n")
    canvas.put("漢", x: 3, y: 0)
    #expect(canvas.text == " xy\n")
  }

  @Test func aClipProtectsWhatIsOutside() {
    var canvas = Canvas(width: 6, height: 1)
    canvas.fill(canvas.bounds, with: ".")
    canvas.clipped(to: Rectangle(x: 2, y: 0, width: 2, height: 1)) { canvas in
      canvas.put("######", x: 0, y: 0)
      canvas.clipped(to: Rectangle(x: 0, y: 0, width: 3, height: 1)) { canvas in
        canvas.put("@@@@@@", x: 0, y: 0)
      }
    }
    #expect(canvas.text == "..@#..\n")
  }

  @Test func copiesTheVisiblePartOfATallPage() {
    var page = Canvas(width: 3, height: 5)
    for y in 0..<5 { page.put("\(y)漢", x: 0, y: y) }
    var screen = Canvas(width: 5, height: 4)
    screen.copy(from: page, Rectangle(x: 0, y: 2, width: 3, height: 2), toX: 1, y: 1)
    #expect(screen.text == "\n 2漢\n 3漢\n\n")
  }

  @Test func exportsStyleSequencesOnlyOnChange() {
    var canvas = Canvas(width: 8, height: 2)
    canvas.put(
      [Span("ab", Style(foreground: .palette(203), isBold: true)), Span("cd")], x: 0, y: 0)
    canvas.put(
      "e", x: 0, y: 1,
      style: Style(background: .palette(4), isDim: true, isUnderlined: true, isReversed: true))
    #expect(
      canvas.ansi
        == "\u{1B}[0;1;38;5;203mab\u{1B}[0mcd\n\u{1B}[0;2;4;7;48;5;4me\u{1B}[0m\n")
  }
}
