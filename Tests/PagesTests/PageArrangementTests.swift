import Interpreter
import Lessons
import Messages
import Notebook
import Pages
import SampleLessons
import Sounds
import Terminal
import Testing

@Suite("Page arrangement")
struct PageArrangementTests {
  private func picture(
    page index: Int, width: Int, height: Int? = 22, charset: Charset = .unicode,
    snapshot: Snapshot = SampleLesson.snapshot(), state: PageState = PageState()
  ) -> String {
    let look = SampleLesson.look(width: width, height: height, charset: charset)
    let arrangement = PageArrangement(
      page: SampleLesson.lesson.pages[index], snapshot: snapshot, state: state, look: look)
    var canvas = Canvas(width: width, height: arrangement.height, charset: charset)
    arrangement.draw(into: &canvas, in: canvas.bounds, from: 0, look: look, state: state)
    return canvas.text
  }

  private func rows(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test("A percent sign stays beside its number, and a search finds them with a plain space")
  func percentSigns() {
    let page = Lesson(
      parsing:
        "---\ntitle: L\nid: l\n---\n# L\n## P\nOf these **95** % are right, of those 5 %.",
      file: "l.md", folder: "/"
    ).pages[0]
    let text = ProseText(theme: .monochrome, charset: .unicode, inlineValues: [:])
    for width in 8...40 {
      let lines = text.lines(of: page.blocks[0], width: width)
      #expect(!lines.contains { $0.first?.text.hasPrefix("%") == true }, "width \(width)")
    }
    #expect(text.text(of: page.blocks[0]) == "Of these 95 % are right, of those 5 %.")
  }

  @Test("Prose, cell, widget, plot and player follow each other in one column")
  func oneColumn() throws {
    let rows = rows(picture(page: 0, width: 80))
    func row(with text: String) throws -> Int {
      try #require(rows.firstIndex { $0.contains(text) }, "no row with \(text)")
    }
    let order = [
      try row(with: "A short kernel"), try row(with: "Headphones"),
      try row(with: "kernel = signal.firwin"), try row(with: "├"), try row(with: "┤"),
      try row(with: "peak 1.0"), try row(with: "♪"),
    ]
    #expect(order == order.sorted())
    #expect(rows.allSatisfy { $0.count <= 80 })
  }

  @Test("From 120 columns on, outputs are to the right of the prose")
  func twoColumns() throws {
    let rows = rows(picture(page: 0, width: 140, height: 43))
    let prose = try #require(rows.firstIndex { $0.contains("A short kernel") })
    let slider = try #require(rows.firstIndex { $0.contains("length M") && $0.contains("├") })
    #expect(slider == prose)
    #expect(rows.allSatisfy { $0.count <= 140 })
  }

  /// A page with a cell of so many lines and prose that fills so many rows.
  private func cellPage(lines: Int, prose: Int, attributes: String = "") -> (Page, Snapshot) {
    let code = (1...lines).map { "name\($0) = \($0)\n" }.joined()
    let text = (0..<prose).map { "Line \($0).\n\n" }.joined()
    let page = Lesson(
      parsing: "# L\n## P\n```python {\(attributes)}\n\(code)```\n\n\(text)", file: "l.md",
      folder: "/"
    ).pages[0]
    return (page, Snapshot())
  }

  @Test(
    "A short cell is open, a longer one where the page then fits, a long one is folded",
    arguments: [
      (3, 3, true), (3, 30, true), (4, 3, true), (4, 30, false), (12, 1, true), (12, 30, false),
      (13, 1, false),
    ])
  func folding(lines: Int, prose: Int, isOpen: Bool) {
    let (page, snapshot) = cellPage(lines: lines, prose: prose)
    let look = SampleLesson.look(width: 80, height: 22)
    func text(_ state: PageState = PageState(), _ page: Page = page) -> String {
      let arrangement = PageArrangement(page: page, snapshot: snapshot, state: state, look: look)
      var canvas = Canvas(width: 80, height: arrangement.height)
      arrangement.draw(into: &canvas, in: canvas.bounds, from: 0, look: look, state: state)
      return canvas.text
    }
    #expect(text().contains("name\(lines) =") == isOpen)
    var state = PageState()
    state.openCells[page.cells[0].id] = !isOpen
    #expect(text(state).contains("name\(lines) =") == !isOpen)
    // The author's wish goes before.
    let (folded, _) = cellPage(lines: lines, prose: prose, attributes: ".folded")
    #expect(!text(PageState(), folded).contains("name\(lines) ="))
  }

  @Test("In two columns a full right one folds no cell on the left")
  func openBesideFullColumn() {
    let (page, _) = cellPage(lines: 8, prose: 2)
    var snapshot = Snapshot()
    snapshot.cells[page.cells[0].id] = CellResult(
      state: .succeeded, outputs: (0..<20).map { .text("output \($0)") })
    let look = SampleLesson.look(width: 140, height: 22)
    let arrangement = PageArrangement(
      page: page, snapshot: snapshot, state: PageState(), look: look)
    var canvas = Canvas(width: 140, height: arrangement.height)
    arrangement.draw(into: &canvas, in: canvas.bounds, from: 0, look: look, state: PageState())
    #expect(canvas.text.contains("name8 =") && canvas.text.contains("output 19"))
  }

  @Test("A page of prose alone takes one column, however wide the window is")
  func proseAlone() {
    let page = Lesson(
      parsing: "# L\n## P\n" + String(repeating: "word ", count: 60), file: "l.md", folder: "/"
    ).pages[0]
    let look = SampleLesson.look(width: 140, height: 22)
    let arrangement = PageArrangement(
      page: page, snapshot: Snapshot(), state: PageState(), look: look)
    #expect(arrangement.cellColumnWidth == nil && arrangement.height < 8)
  }

  @Test("Where there are no plots, a waveform takes the rows that are left, up to twelve")
  func tallWaves() throws {
    func height(_ room: Int) throws -> Int {
      let page = Lesson(
        parsing: "# L\n## P\n```python {#listen}\nplay(a, 8000)\n```\n", file: "l.md", folder: "/"
      ).pages[0]
      let arrangement = PageArrangement(
        page: page, snapshot: SampleLesson.snapshot(), state: PageState(),
        look: SampleLesson.look(width: 140, height: room))
      return try #require(arrangement.frames(from: 0).first { $0.target == SampleLesson.player })
        .frame.height
    }
    #expect(try height(9) > 4 && height(9) <= 9)
    #expect(try height(60) == 13)
  }

  @Test("A plot takes the rows that are left, also beside a cell without results")
  func tallPlotAboveNothing() throws {
    let page = Lesson(
      parsing: "# L\n## P\n```python {#filter}\ntaps = 1\n```\n"
        + String(repeating: "word ", count: 300)
        + "\n```python {#quiet}\nx = 1\n```\n",
      file: "l.md", folder: "/"
    ).pages[0]
    var snapshot = SampleLesson.snapshot()
    snapshot.cells["quiet"] = CellResult(state: .succeeded)
    let arrangement = PageArrangement(
      page: page, snapshot: snapshot, state: PageState(),
      look: SampleLesson.look(width: 140, height: 42))
    let plot = try #require(arrangement.frames(from: 0).first { $0.target == SampleLesson.plot })
    // The text below it takes one row.
    #expect((40...42).contains(plot.frame.endY + 1))
  }

  @Test("Small plots grow into the rows that are left")
  func tallGrid() {
    let page = Lesson(
      parsing: "# L\n## P\n```python {#grid}\nexamples(fit, data)\n```\n", file: "l.md", folder: "/"
    ).pages[0]
    var figure = Figure(kind: .line, summary: "a signal")
    figure.series = [Figure.Series(label: nil, x: [0, 1, 2], y: [0, 1, 0])]
    var snapshot = Snapshot()
    snapshot.cells["grid"] = CellResult(
      state: .succeeded,
      outputs: [
        .grid(
          FigureGrid(
            items: Array(repeating: FigureGrid.Item(figure: figure), count: 6), preferredColumns: 3,
            summary: "six signals"))
      ])
    func height(_ room: Int) -> Int {
      PageArrangement(
        page: page, snapshot: snapshot, state: PageState(),
        look: SampleLesson.look(width: 140, height: room)
      ).height
    }
    #expect(height(14) == 14)
    #expect((21...22).contains(height(22)))
    // Then they are as tall as wide.
    #expect((24...30).contains(height(60)))
  }

  @Test("Hidden cells only show their outputs")
  func hidden() {
    let text = picture(page: 1, width: 80)
    #expect(!text.contains("stepper("))
    #expect(text.contains("signal x"))
    #expect(text.contains("• one"))
    #expect(text.contains("tap"))
  }

  @Test("A failed cell shows the location, the hint and carets below the error")
  func failure() throws {
    var snapshot = Snapshot()
    snapshot.cells["fault"] = CellResult(
      state: .failed(
        Diagnostic(
          "the name 'firwn' is not defined", hint: "did you mean 'firwin'?",
          range: .init(
            start: .init(line: 1, column: 5, offset: 4), end: .init(line: 1, column: 10, offset: 9)
          ))))
    let rows = rows(picture(page: 2, width: 80, snapshot: snapshot))
    let message = try #require(rows.firstIndex { $0.contains("line 1, column 5") })
    #expect(rows[message].contains("did you mean 'firwin'?"))
    #expect(place(of: "firwn", in: rows[message + 1]) == place(of: "^^^^^", in: rows[message + 2]))
    #expect(place(of: "firwn", in: rows[message + 1]) != nil)
  }

  @Test("All that is wrong with a cell is shown, each with its line and carets")
  func failures() throws {
    var snapshot = Snapshot()
    func error(_ message: String, _ columns: Range<Int>) -> Diagnostic {
      Diagnostic(
        message,
        range: .init(
          start: .init(line: 1, column: columns.lowerBound, offset: columns.lowerBound - 1),
          end: .init(line: 1, column: columns.upperBound, offset: columns.upperBound - 1)))
    }
    snapshot.cells["fault"] = CellResult(state: .failed(error("first", 1..<2)))
    snapshot.cells["fault"]?.furtherErrors = [error("second", 5..<10), error("third", 3..<4)]
    let text = picture(page: 2, width: 80, snapshot: snapshot)
    for message in ["column 1: first", "column 5: second", "column 3: third"] {
      #expect(text.contains(message))
    }
    #expect(rows(text).count { $0.contains("^") } == 3)
    snapshot.cells["fault"]?.furtherErrors = (0..<20).map { error("number \($0)", 1..<2) }
    let long = picture(page: 2, width: 80, snapshot: snapshot)
    #expect(long.contains("number 6") && !long.contains("number 7"))
    #expect(long.contains("and 13 more errors"))
  }

  @Test("A sound beyond ±1 says that it clips")
  func clipping() {
    var snapshot = Snapshot()
    func picture(_ samples: [Float]) -> String {
      snapshot.cells["filter"] = CellResult(
        state: .succeeded,
        outputs: [.track(Track(samples: samples, sampleRate: 44100, label: "loud"))])
      return self.picture(page: 0, width: 80, snapshot: snapshot)
    }
    #expect(picture([0, 1.5, -2.345]).contains("loud clips: its peak is 2.35"))
    #expect(!picture([0, 1, -1]).contains("clips"))
    #expect(!picture([.nan, .infinity, 0.5]).contains("clips"))
  }

  private func place(of text: String, in row: Substring) -> Int? {
    row.firstRange(of: text).map { row.distance(from: row.startIndex, to: $0.lowerBound) }
  }

  @Test("A waiting cell says what it waits for")
  func waiting() {
    var snapshot = Snapshot()
    snapshot.cells["filter"] = CellResult(
      state: .waiting(.failedCell(name: "audio", at: WaitingPlace(cell: "audio"))))
    #expect(picture(page: 0, width: 80, snapshot: snapshot).contains("waits for audio"))
  }

  @Test("Stale outputs are dimmed")
  func stale() {
    var snapshot = SampleLesson.snapshot()
    snapshot.cells["filter"]?.isStale = true
    let look = SampleLesson.look(width: 80, height: 22)
    let arrangement = PageArrangement(
      page: SampleLesson.lesson.pages[0], snapshot: snapshot, state: PageState(), look: look)
    var canvas = Canvas(width: 80, height: arrangement.height)
    arrangement.draw(into: &canvas, in: canvas.bounds, from: 0, look: look, state: PageState())
    let rows = self.rows(canvas.text)
    let plot = rows.firstIndex { $0.contains("┤") && $0.contains("⡇") } ?? 0
    #expect(plot > 0)
    #expect((1..<20).allSatisfy { canvas[$0, plot].style == Theme.monochrome.dim })
  }

  @Test("ASCII pages are ASCII, at any width", arguments: [1, 5, 20, 40, 80, 119, 120, 140, 300])
  func asciiAtAnyWidth(width: Int) {
    for page in 0..<3 {
      let text = picture(page: page, width: width, charset: .ascii)
      #expect(text.allSatisfy { $0.isASCII })
      #expect(rows(text).allSatisfy { $0.count <= width })
    }
  }

  @Test("The focus visits interactive outputs in reading order, then code cells")
  func targets() {
    let arrangement = PageArrangement(
      page: SampleLesson.lesson.pages[0], snapshot: SampleLesson.snapshot(), state: PageState(),
      look: SampleLesson.look(width: 80, height: 22))
    #expect(
      arrangement.targets.map(\.target) == [
        SampleLesson.slider, SampleLesson.plot, SampleLesson.player,
        .code(cell: "filter"), .code(cell: "listen"),
      ])
  }
}
