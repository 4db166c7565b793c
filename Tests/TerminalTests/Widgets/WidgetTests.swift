import Terminal
import Testing

/// Snapshots of all widgets, one below the other as on a page.
struct WidgetTests {
  private var slider: SliderView {
    var slider = SliderView(
      label: "length M", minimum: "11", maximum: "1023", value: "101 taps", fraction: 0.1,
      isFocused: true)
    slider.endWidth = 4
    return slider
  }

  private var player: PlayerView {
    var player = PlayerView(
      tracks: ["original", "filtered"], selected: 1, position: 1.2, duration: 5)
    player.isPlaying = true
    player.isLoudnessMatched = true
    player.gain = -11
    player.isFocused = true
    return player
  }

  private let choice = ChoiceView(label: "model", options: ["MLP", "CNN", "RNN"], selected: 1)
  private let toggle = ToggleView(label: "with the flip", isOn: true, isFocused: true)
  private let table = TableView(
    headers: ["layer", "parameters", "what it does"],
    rows: [
      ["Conv1d", "24", "slides eight kernels of three taps over the signal, then adds a bias"],
      ["Linear", "1024", "weights"], ["ReLU"],
    ])

  @Test(arguments: Charset.allCases, [78, 46, 24])
  func pictures(charset: Charset, width: Int) {
    var canvas = Canvas(width: width, height: 30, charset: charset)
    var y = 0
    func row(_ height: Int) -> Rectangle {
      defer { y += height }
      return Rectangle(x: 0, y: y, width: width, height: height)
    }
    slider.draw(into: &canvas, in: row(1), theme: .monochrome)
    choice.draw(into: &canvas, in: row(1), theme: .monochrome)
    toggle.draw(into: &canvas, in: row(1), theme: .monochrome)
    ProgressBar(fraction: 0.3).draw(into: &canvas, in: row(1), theme: .monochrome)
    player.draw(
      into: &canvas, in: row(player.height(forWidth: width, charset: charset)), theme: .monochrome)
    table.draw(
      into: &canvas, in: row(table.height(forWidth: width, charset: charset)), theme: .monochrome)
    expectPicture(canvas, "widgets-\(charset)-\(width)")
  }

  @Test(arguments: Charset.allCases)
  func drawInsideTheirAreaAtAnySize(charset: Charset) {
    expectStaysInside(charset) { slider.draw(into: &$0, in: $1, theme: .monochrome) }
    expectStaysInside(charset) { choice.draw(into: &$0, in: $1, theme: .monochrome) }
    expectStaysInside(charset) { toggle.draw(into: &$0, in: $1, theme: .monochrome) }
    expectStaysInside(charset) { player.draw(into: &$0, in: $1, theme: .monochrome) }
    expectStaysInside(charset) { table.draw(into: &$0, in: $1, theme: .monochrome) }
    expectStaysInside(charset) {
      ProgressBar(fraction: .nan).draw(into: &$0, in: $1, theme: .monochrome)
    }
  }

  @Test(arguments: [(0.0, 0), (1, 10), (0.5, 5), (-4, 0), (9, 10), (.nan, 0)])
  func theKnobIsDrawnAtItsFraction(fraction: Double, column: Int) throws {
    var canvas = Canvas(width: 24, height: 1)
    SliderView(label: "a", minimum: "0", maximum: "1", value: "5", fraction: fraction)
      .draw(into: &canvas, in: canvas.bounds, theme: .monochrome)
    let text = canvas.text
    let start = try #require(text.firstIndex(of: "├"))
    let knob = try #require(text.firstIndex(of: "●"))
    let end = try #require(text.firstIndex(of: "┤"))
    #expect(text.distance(from: start, to: end) == 12)
    #expect(text.distance(from: start, to: knob) - 1 == column)
  }

  @Test func aClickOnTheRailSelectsAFraction() {
    let place = Rectangle(x: 0, y: 0, width: 60, height: 1)
    let fractions = (0..<60).compactMap { slider.fraction(atColumn: $0, in: place) }
    #expect(fractions.first == 0)
    #expect(fractions.last == 1)
    #expect(fractions == fractions.sorted())
  }

  @Test func progressIsFullOnlyAtTheEnd() {
    func bar(_ fraction: Double) -> String {
      var canvas = Canvas(width: 8, height: 1, charset: .ascii)
      ProgressBar(fraction: fraction).draw(into: &canvas, in: canvas.bounds, theme: .monochrome)
      return canvas.text
    }
    #expect(bar(0) == "--------\n")
    #expect(bar(0.001) == "=-------\n")
    #expect(bar(0.999) == "=======-\n")
    #expect(bar(1) == "========\n")
  }

  @Test func clockTimes() {
    #expect(clockTime(0) == "0:00.0")
    #expect(clockTime(1.2) == "0:01.2")
    #expect(clockTime(59.99) == "0:59.9")
    #expect(clockTime(61) == "1:01.0")
    #expect(clockTime(-1) == "0:00.0")
    #expect(clockTime(.nan) == "0:00.0")
  }

  @Test func raggedAndEmptyTables() {
    #expect(TableView(headers: [], rows: []).height(forWidth: 20) == 0)
    #expect(TableView(headers: [], rows: [["a"], []]).height(forWidth: 20) == 2)
    #expect(TableView(headers: ["a", "b"], rows: []).height(forWidth: 20) == 2)
    var canvas = Canvas(width: 12, height: 3)
    TableView(headers: ["n", "x"], rows: [["10", "a"]])
      .draw(into: &canvas, in: canvas.bounds, theme: .monochrome)
    #expect(canvas.text == " n  x\n──  ─\n10  a\n")
  }
}
