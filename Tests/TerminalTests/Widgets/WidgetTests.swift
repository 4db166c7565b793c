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
    for line in table.fitted(toWidth: width, charset: charset).lines() {
      canvas.put(line, x: 0, y: row(1).y)
    }
    expectPicture(canvas, "widgets-\(charset)-\(width)")
  }

  @Test(arguments: Charset.allCases)
  func drawInsideTheirAreaAtAnySize(charset: Charset) {
    expectStaysInside(charset) { slider.draw(into: &$0, in: $1, theme: .monochrome) }
    expectStaysInside(charset) { choice.draw(into: &$0, in: $1, theme: .monochrome) }
    expectStaysInside(charset) { toggle.draw(into: &$0, in: $1, theme: .monochrome) }
    expectStaysInside(charset) { player.draw(into: &$0, in: $1, theme: .monochrome) }
    expectStaysInside(charset) { canvas, frame in
      for (row, line) in table.fitted(toWidth: frame.width, charset: charset).lines().prefix(
        frame.height
      )
      .enumerated() {
        canvas.put(line, x: frame.x, y: frame.y + row)
      }
    }
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

  /// What the picture shows at a place is what a click there means.
  @Test(arguments: Charset.allCases, [20, 24, 40, 78])
  func aClickOnAnOptionIsThatOption(charset: Charset, width: Int) {
    for selected in 0..<3 {
      var choice = choice
      choice.selected = selected
      var canvas = Canvas(width: width, height: 1, charset: charset)
      choice.draw(into: &canvas, in: canvas.bounds, theme: .monochrome)
      for (index, option) in choice.options.enumerated() {
        guard let range = canvas.text.firstRange(of: option) else {
          #expect(!choice.showsAll(in: canvas.bounds, charset: charset))
          continue
        }
        let column = canvas.text.distance(from: canvas.text.startIndex, to: range.lowerBound)
        #expect(
          choice.option(atColumn: column, in: canvas.bounds, charset: charset)
            == (choice.showsAll(in: canvas.bounds, charset: charset) ? index : nil))
      }
      #expect(choice.option(atColumn: 2, in: canvas.bounds, charset: charset) == nil)
    }
  }

  @Test(arguments: Charset.allCases, [30, 46, 78])
  func aClickOnAPlayerIsWhatItShowsThere(charset: Charset, width: Int) {
    var canvas = Canvas(width: width, height: 2, charset: charset)
    player.draw(into: &canvas, in: canvas.bounds, theme: .monochrome)
    func part(_ x: Int, _ y: Int) -> PlayerView.Part? {
      player.part(atX: x, y: y, in: canvas.bounds, charset: charset)
    }
    let rows = canvas.text.split(separator: "\n", omittingEmptySubsequences: false)
    func column(_ text: String, _ row: Int) -> Int? {
      rows[row].firstRange(of: text).map {
        rows[row].distance(from: rows[row].startIndex, to: $0.lowerBound)
      }
    }
    #expect(part(1, 0) == .note)
    if let first = column("1 original", 0), let second = column("2 filtered", 0) {
      #expect(part(first, 0) == .track(0) && part(first + 9, 0) == .track(0))
      #expect(part(second, 0) == .track(1) && part(second + 9, 0) == .track(1))
    }
    let glyphs = Glyphs(charset)
    let row = player.height(forWidth: width, charset: charset) - 1
    guard let start = column(glyphs.railStart, row) else {
      // Too narrow for a seek bar.
      #expect(width < 40 && (0..<width).allSatisfy { part($0, row) == nil })
      return
    }
    #expect(part(start, row) == .position(0) && part(start + 1, row) == .position(0))
    let positions = (0..<width).compactMap { x -> Double? in
      if case .position(let position)? = part(x, row) { position } else { nil }
    }
    #expect(positions.last == 1 && positions == positions.sorted())
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
    #expect(TableView(headers: [], rows: []).fitted(toWidth: 20).lines().isEmpty)
    #expect(TableView(headers: [], rows: [["a"], []]).fitted(toWidth: 20).lines().count == 2)
    #expect(TableView(headers: ["a", "b"], rows: []).fitted(toWidth: 20).lines().count == 2)
    #expect(
      text(TableView(headers: ["n", "x"], rows: [["10", "a"]]), 12) == [" n  x", "──  ─", "10  a"])
  }

  private static let letters = (0..<22).map { String(UnicodeScalar(UInt8(97 + $0))) }
  private static let wide = TableView(
    headers: letters, rows: [(0..<22).map { String(1000 + 100 * $0) }])

  @Test("Columns that do not fit follow below, and no number is broken", arguments: 8...120)
  func wideTables(width: Int) {
    let lines = text(Self.wide, width)
    #expect(lines.allSatisfy { displayWidth(of: $0) <= width || $0.contains(" of 22") })
    let words = lines.joined(separator: " ").split(separator: " ")
    for column in 0..<22 {
      #expect(words.contains { $0 == String(1000 + 100 * column) })
      #expect(words.contains { $0 == Self.letters[column] })
    }
    if width >= 16 { #expect(lines.contains { $0.hasPrefix("column") && $0.hasSuffix(" of 22") }) }
  }

  @Test("Scrolled, every column is reached, and the marks count the others")
  func scrolledTables() {
    var table = Self.wide
    table.overflow = .scrolled(from: 0)
    let last = table.fitted(toWidth: 60).lastFirstColumn
    #expect(last > 0)
    var seen: Set<String> = []
    for first in 0...last {
      table.overflow = .scrolled(from: first)
      let lines = text(table, 60)
      let headers = lines[0].split(separator: " ").map(String.init)
      seen.formUnion(headers)
      #expect(lines[1].hasPrefix("‹ \(first) more ") == (first > 0))
      let after = 22 - first - headers.count
      #expect(lines[1].hasSuffix(" \(after) more ›") == (after > 0))
    }
    #expect(seen == Set(Self.letters))
    #expect(table.fitted(toWidth: 200).lastFirstColumn == 0)
  }

  @Test("Text wraps at words before columns go elsewhere")
  func wrappedCells() {
    let table = TableView(
      headers: ["what", "n"],
      rows: [["a quick linear phase where the ripple does not matter", "1,234,567"]])
    let lines = text(table, 30)
    #expect(lines.contains { $0.hasSuffix("1,234,567") } && !lines.contains { $0.contains(" of ") })
    #expect(lines.allSatisfy { displayWidth(of: $0) <= 30 })
  }

  @Test("A choice of too many options says which one of how many is chosen")
  func manyOptions() {
    let options = (0..<10_000).map { "option \($0)" }
    var canvas = Canvas(width: 40, height: 1)
    ChoiceView(label: "c", options: options, selected: 41)
      .draw(into: &canvas, in: canvas.bounds, theme: .monochrome)
    #expect(canvas.text == " c ‹option 41› 42/10000\n")
    canvas = Canvas(width: 40, height: 1)
    ChoiceView(label: "c", options: [String(repeating: "o", count: 500), "p"], selected: 0)
      .draw(into: &canvas, in: canvas.bounds, theme: .monochrome)
    #expect(canvas.text.contains("…› 1/2"))
  }

  private func text(_ table: TableView, _ width: Int) -> [String] {
    table.fitted(toWidth: width).lines().map { $0.map(\.text).joined() }
  }
}
