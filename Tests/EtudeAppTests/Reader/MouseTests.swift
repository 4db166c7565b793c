import Builtins
import EtudeApp
import Interpreter
import Lessons
import Notebook
import Pages
import SampleLessons
import Terminal
import Testing

/// What clicking, dragging and the wheel do.
@Suite("The mouse")
struct MouseTests {
  private var reader = SampleLesson.reader()

  init() { _ = reader.handle(.key(.character("M"))) }

  @discardableResult
  private mutating func mouse(_ action: Mouse.Action, _ x: Int, _ y: Int) -> [Action] {
    reader.handle(.mouse(Mouse(action: action, x: x, y: y)))
  }

  /// Where something stands on the screen, below the header.
  private func frame(of target: FocusTarget) throws -> Rectangle {
    var frame = try #require(
      reader.arrangement.frames(from: reader.scroll).first { $0.target == target }?.frame,
      "\(target) is not on the screen")
    frame.y += 1
    return frame
  }

  /// The last place on the screen that shows a text.
  private func place(of text: String) throws -> (x: Int, y: Int) {
    let rows = reader.draw().text.split(separator: "\n", omittingEmptySubsequences: false)
    for (y, row) in rows.enumerated().reversed() {
      if let range = row.firstRange(of: text) {
        return (row.distance(from: row.startIndex, to: range.lowerBound), y)
      }
    }
    Issue.record("\(text) is not on the screen:\n\(reader.draw().text)")
    return (0, 0)
  }

  private mutating func click(_ text: String) throws -> [Action] {
    let place = try place(of: text)
    defer { mouse(.release, place.x, place.y) }
    return mouse(.press, place.x, place.y)
  }

  private mutating func open(_ source: String) {
    let lesson = Lesson(parsing: source, file: "lesson.md", folder: "/nowhere")
    let session = Session(lesson: lesson, files: FileAccess(.folders([])))
    session.run(page: 0)
    reader = Reader(
      lesson: lesson, width: 80, height: 24,
      appearance: Appearance(background: .dark, colors: 0, hasUnicode: true),
      reference: Reader.Reference(
        devices: { DeviceList(computing: [], sound: []) }, vocabulary: .standard))
    _ = reader.handle(.key(.character("M")))
    _ = reader.update(snapshot: session.snapshot)
  }

  // MARK: On and off

  @Test("Off until M or the options switch it on")
  mutating func opting() throws {
    var untouched = SampleLesson.reader()
    let slider = try frame(of: SampleLesson.slider)
    #expect(
      untouched.handle(.mouse(Mouse(action: .press, x: slider.endX - 30, y: slider.y))).isEmpty)
    #expect(untouched.state.focus == nil)
    guard case .setMouse(true)? = untouched.handle(.key(.character("M"))).first else {
      Issue.record("M does not ask for the mouse")
      return
    }
    #expect(untouched.notice?.hasPrefix("the mouse is on") == true)
    _ = untouched.handle(.key(.character("o")))
    for _ in 0..<9 { _ = untouched.handle(.key(.down)) }
    #expect(untouched.draw().text.contains("mouse       ‹on›"))
    guard case .setMouse(false)? = untouched.handle(.key(.right)).first else {
      Issue.record("the option does not give the mouse back")
      return
    }
  }

  // MARK: Widgets

  @Test("A click on a slider's rail sets it, dragging moves it, also beyond the rail")
  mutating func slider() throws {
    let frame = try frame(of: SampleLesson.slider)
    #expect(mouse(.press, frame.x + 2, frame.y).isEmpty)
    #expect(reader.state.focus == SampleLesson.slider)
    // Dragging by the label moves nothing.
    #expect(mouse(.drag, frame.x + 40, frame.y).isEmpty)
    mouse(.release, frame.x + 40, frame.y)

    func value(_ actions: [Action]) -> Double? {
      guard
        case .session(.setWidget(cell: "filter", name: "taps", to: .number(let value)))? =
          actions.first
      else { return nil }
      return value
    }
    let row = try self.frame(of: SampleLesson.slider).y
    let middle = value(mouse(.press, frame.x + 40, row))
    #expect(middle.map { (30...80).contains($0) } == true)
    #expect(reader.draw().text.contains("\(Int(middle ?? 0)) taps"))
    #expect(value(mouse(.drag, 79, row + 7)) == 101)
    #expect(value(mouse(.drag, 0, 0)) == 3)
    // The same place again is no change.
    #expect(mouse(.drag, 1, 0).isEmpty)
    mouse(.release, 1, 0)
    #expect(mouse(.drag, 79, row).isEmpty)
  }

  @Test("A click chooses an option and flips a switch")
  mutating func choices() throws {
    open(
      """
      # L
      ## P
      ```python {#pick}
      method = choice(["ASGD", "Adam", "RMSprop"], label="optimiser")
      quick = toggle(False, label="quick")
      print(method, quick)
      ```
      """)
    guard
      case .session(.setWidget(_, name: "method", to: .option(2, _)))? = try click("RMSprop").first
    else {
      Issue.record("RMSprop is not chosen")
      return
    }
    #expect(reader.draw().text.contains("‹RMSprop›"))
    #expect(try click("optimiser").isEmpty)
    #expect(reader.state.focus == .widget(cell: "pick", name: "method"))
    guard case .session(.setWidget(_, name: "quick", to: .isOn(true)))? = try click("quick").first
    else {
      Issue.record("quick is not switched on")
      return
    }
  }

  // MARK: Sounds

  @Test("A click on the waveform or the rail seeks, on a name switches, on the note plays")
  mutating func player() throws {
    let target = SampleLesson.player
    _ = reader.handle(.key(.tab))
    while reader.state.focus != target { _ = reader.handle(.key(.tab)) }
    let frame = try frame(of: target)
    func seconds(_ actions: [Action]) -> Double? {
      if case .sound(.seekTo(let seconds))? = actions.last { seconds } else { nil }
    }
    // 0.1 s of sound; the waveform begins three columns to the right.
    let wave = frame.y + frame.height - 1
    #expect(seconds(mouse(.press, frame.x + 3, wave)) == 0)
    #expect(seconds(mouse(.drag, frame.endX - 1, wave)) == 0.1)
    #expect(seconds(mouse(.drag, frame.endX + 9, wave)) == 0.1)
    mouse(.release, 0, 0)
    guard case .sound(.select(1, throughSilence: false))? = try click("2 filtered").last else {
      Issue.record("filtered is not selected")
      return
    }
    guard case .sound(.play)? = try click("♪").last else {
      Issue.record("the note does not play")
      return
    }
    let rail = try place(of: "├‖")
    #expect(seconds(mouse(.press, rail.x + 1, rail.y)) == 0)
  }

  // MARK: Pictures and cells

  @Test("The first click on a plot gives it the focus, the next one reads a value")
  mutating func plot() throws {
    let target = SampleLesson.plot
    var frame = try frame(of: target)
    mouse(.press, frame.x + 40, frame.y + 4)
    #expect(reader.state.focus == target && reader.state.windows[target]?.cursor == nil)
    frame = try self.frame(of: target)
    mouse(.press, frame.x + frame.width / 2, frame.y + 4)
    let middle = try #require(reader.state.windows[target]?.cursor)
    #expect((10...30).contains(middle))
    mouse(.press, frame.endX - 2, frame.y + 4)
    #expect(reader.state.windows[target]?.cursor == 40)
    #expect(reader.draw().text.contains("x 40"))
  }

  @Test("A click on a cell gives it the focus, on its mark folds and opens it")
  mutating func cells() throws {
    _ = try click("kernel = ")
    #expect(reader.state.focus == .code(cell: "filter"))
    let mark = try frame(of: .code(cell: "filter"))
    let before = reader.state.openCells["filter"]
    mouse(.press, mark.x, mark.y)
    #expect(reader.state.openCells["filter"] != before)
  }

  @Test("A click on prose leaves the focus")
  mutating func nothing() throws {
    _ = reader.handle(.key(.tab))
    _ = reader.handle(.key(.tab))
    _ = reader.handle(.key(.escape))
    _ = reader.handle(.key(.tab))
    #expect(reader.state.focus != nil)
    if !reader.arrangement.coversPage {
      _ = try click("A short kernel")
      #expect(reader.state.focus == nil)
    }
  }

  @Test("The first click on a question gives it the focus, the next one answers")
  mutating func questions() throws {
    open(
      """
      # L
      ## P
      > [!PREDICT]
      > What comes?
      >
      > - [ ] a cat, which is an animal that sleeps for most of the day and hunts at night, or so
      > - [x] a dog
      """)
    _ = try click("a dog")
    let id = try #require(reader.page.predictions.first?.id)
    #expect(reader.state.focus == .prediction(id))
    #expect(reader.state.progress.predictions.isEmpty)
    _ = try click("What comes")
    #expect(reader.state.progress.predictions.isEmpty)
    _ = try click("a dog")
    #expect(reader.state.progress.predictions[id] == .chosen(1))
  }

  @Test("Measuring waits for a second click, training starts by its own words")
  mutating func work() throws {
    open(
      """
      # L
      ## P
      ```python {#time}
      seconds = timeit(np.ones, 3)
      ```
      """)
    var snapshot = Snapshot()
    snapshot.revision = 1_000
    snapshot.cells["time"] = CellResult(
      state: .waiting(.ownWork(.permission(.measure))),
      outputs: [.permission(.measure, isGranted: false)], revision: 1)
    _ = reader.update(snapshot: snapshot)
    #expect(try click("Enter measures").isEmpty)
    guard case .session(.permit(cell: "time"))? = try click("Enter measures").first else {
      Issue.record("the second click does not measure")
      return
    }
    var trainer = TrainerState(
      activity: .waiting, title: "CNN", epochs: 10, classCount: 3, testCount: 9)
    trainer.estimatedSeconds = 1
    reader = SampleTraining.reader(trainer)
    _ = reader.handle(.key(.character("M")))
    #expect(try click("CNN").isEmpty)
    guard case .session(.train(_, .startOrPause))? = try click("trains").first else {
      Issue.record("nothing trains")
      return
    }
  }

  // MARK: The wheel, and overlays

  @Test("The wheel scrolls three rows")
  mutating func wheel() {
    open("# L\n## P\n" + (0..<60).map { "Line \($0).\n\n" }.joined())
    mouse(.scrollDown, 5, 5)
    mouse(.scrollDown, 5, 5)
    #expect(reader.scroll == 6)
    mouse(.scrollUp, 5, 5)
    #expect(reader.scroll == 3)
    for _ in 0..<3 { mouse(.scrollUp, 5, 5) }
    #expect(reader.scroll == 0 && reader.pageIndex == 0)
  }

  @Test(
    "The header opens the contents, a click there goes to the page, one beside them closes them")
  mutating func overlays() throws {
    mouse(.press, 10, 0)
    #expect(reader.draw().text.contains("2  Steps"))
    _ = try click("Steps")
    #expect(reader.overlay == nil && reader.pageIndex == 1)
    mouse(.press, 10, 0)
    mouse(.press, 0, 20)
    #expect(reader.overlay == nil && reader.pageIndex == 1)
    _ = reader.handle(.key(.character("?")))
    let before = reader.draw().text
    mouse(.scrollDown, 10, 10)
    #expect(reader.draw().text != before)
    mouse(.scrollUp, 10, 10)
    #expect(reader.draw().text == before)
    _ = reader.handle(.key(.escape))
    _ = reader.handle(.key(.character("o")))
    _ = try click("curves")
    #expect(reader.draw().text.contains("‹sextants›"))
  }

  @Test("A click in the editor moves the cursor, the wheel scrolls the page")
  mutating func editor() throws {
    _ = reader.handle(.key(.character("e")))
    let word = try place(of: "signal.firwin")
    mouse(.press, word.x, word.y)
    _ = reader.handle(.key(.character("#")))
    #expect(reader.draw().text.contains("kernel = #signal.firwin"))
    mouse(.press, 79, word.y)
    _ = reader.handle(.key(.character("#")))
    #expect(reader.draw().text.contains("fs=44100)#"))
  }

  @Test("Clicks anywhere, with anything open, do no harm")
  mutating func everywhere() {
    let keys: [Key] = [
      .escape, .tab, .tab, .character("z"), .character("?"), .escape, .character("i"), .escape,
      .character("d"), .escape, .character("R"), .escape, .character("/"), .escape,
      .character("e"), .control("g"), .character("n"), .tab,
    ]
    for (width, height) in [(80, 24), (140, 45), (40, 12), (30, 8)] {
      reader = SampleLesson.reader(width: width, height: height)
      _ = reader.handle(.key(.character("M")))
      for key in keys {
        for (x, y) in [(0, 0), (width - 1, height - 1), (-1, -1), (width + 5, height + 5)] {
          mouse(.press, x, y)
          mouse(.drag, x + 1, y)
          mouse(.release, x, y)
        }
        _ = reader.handle(.key(.escape))
        _ = reader.handle(.key(.escape))
        _ = reader.handle(.key(key))
        for y in stride(from: 0, to: height, by: 3) {
          for x in stride(from: 0, to: width, by: 7) { mouse(.press, x, y) }
          mouse(.scrollDown, 3, y)
        }
        _ = reader.draw()
      }
    }
  }
}
