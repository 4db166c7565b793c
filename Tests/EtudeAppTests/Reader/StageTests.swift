import Builtins
import Dispatch
import EtudeApp
import Interpreter
import Lessons
import Notebook
import Pages
import SampleLessons
import Terminal
import Testing

@Suite("The stage")
struct StageTests {
  // MARK: The lesson that comes with the program

  /// The lesson with all its pages computed, and one of its networks trained a little.
  private struct Walk {
    let lesson: Lesson
    /// After each page.
    private(set) var snapshots: [Snapshot] = []

    init() throws {
      let root = #filePath.split(separator: "/").prefix { $0 != "Tests" }
        .reduce("") { $0 + "/" + $1 }
      let lesson = try Lesson.read(file: root + "/lessons/convolution/lesson.md")
      self.lesson = lesson
      let changes = DispatchSemaphore(value: 0)
      let worker = SessionWorker(
        lesson: lesson, files: FileAccess(.folders([lesson.folder, root + "/audio"]))
      ) { changes.signal() }
      defer { worker.stop() }
      func wait(until isReady: (Snapshot) -> Bool) throws -> Snapshot {
        while true {
          let snapshot = worker.snapshot
          if isReady(snapshot) { return snapshot }
          try #require(changes.wait(timeout: .now() + 120) == .success, "nothing happens any more")
        }
      }
      // Ten epochs are enough to look at.
      worker.request(.setWidget(cell: "learning", name: "epochs", to: .number(10)))
      for page in lesson.pages.indices {
        worker.request(.show(page: page))
        var snapshot = try wait { snapshot in
          !snapshot.isBusy
            && lesson.pages[page].cells.allSatisfy { $0.isStatic || snapshot.cells[$0.id] != nil }
        }
        if lesson.pages[page].cells.contains(where: { $0.id == "learning" }) {
          let id = try #require(snapshot.trainers.keys.first { $0.cell == "learning" })
          worker.request(.train(id, .runFree))
          worker.request(.train(id, .startOrPause))
          snapshot = try wait { $0.trainers[id]?.activity == .finished && !$0.isBusy }
        }
        snapshots.append(snapshot)
      }
    }

    func reader(page: Int, width: Int, height: Int, charset: Charset = .unicode) -> Reader {
      var reader = Reader(
        lesson: lesson, width: width, height: height,
        appearance: Appearance(background: .dark, colors: 256, hasUnicode: charset == .unicode),
        reference: Reader.Reference(
          devices: { DeviceList(computing: [], sound: []) }, vocabulary: .standard))
      for digit in "\(page + 1)" { _ = reader.handle(.key(.character(digit))) }
      _ = reader.handle(.key(.enter))
      var snapshot = snapshots[page]
      snapshot.revision += 1
      _ = reader.update(snapshot: snapshot)
      // Questions cover what is to be seen here.
      for _ in 0..<reader.arrangement.targets.count {
        guard let question = reader.arrangement.targets.first(where: { $0.target.isQuestion })
        else { break }
        while reader.state.focus != question.target { _ = reader.handle(.key(.tab)) }
        _ = reader.handle(.key(.character("s")))
      }
      return reader
    }
  }

  @Test(
    "On every page, whatever has the focus is seen with all that it changes, on one screen",
    .timeLimit(.minutes(5)))
  func allPages() throws {
    let walk = try Walk()
    for (width, height) in [(80, 24), (100, 30), (140, 45)] {
      for page in walk.lesson.pages.indices {
        var reader = walk.reader(page: page, width: width, height: height)
        let targets = reader.arrangement.targets.map(\.target).filter { !$0.isCode }
        for _ in targets {
          _ = reader.handle(.key(.tab))
          let faults = Self.faults(on: reader)
          #expect(
            faults.isEmpty,
            "page \(page + 1), \(width)×\(height): \(faults)\n\(reader.draw().text)")
        }
      }
    }
  }

  /// What is wrong with a screen on which something has the focus.
  private static func faults(on reader: Reader) -> [String] {
    guard let focus = reader.state.focus else { return ["nothing has the focus"] }
    var faults: [String] = []
    let canvas = reader.draw()
    let arrangement = reader.arrangement
    let body = Rectangle(x: 0, y: 0, width: reader.width, height: reader.bodyHeight)
    let frames = arrangement.frames(from: reader.scroll)
    let visible = frames.filter { $0.frame.intersection(body) == $0.frame }
    func isVisible(_ target: FocusTarget) -> Bool { visible.contains { $0.target == target } }
    let height = frames.first { $0.target == focus }?.frame.height
    if !isVisible(focus), height ?? 0 <= body.height {
      faults.append("\(focus) is not wholly on the screen")
    }
    for (target, frame) in visible {
      guard case .figure? = reader.snapshot.output(for: target) else { continue }
      let rows = dataRows(of: canvas, in: frame)
      if rows < 8 { faults.append("\(target) has \(rows) rows") }
    }
    for cell in reader.page.cells {
      if case .failed(let error)? = reader.snapshot.cells[cell.id]?.state {
        faults.append("\(cell.id): \(error)")
      }
    }
    for value in reader.page.inlineValues {
      if case .failed(let error)? = reader.snapshot.inlineValues[value.id] {
        faults.append("\(value.source): \(error)")
      }
    }
    guard case .widget? = reader.snapshot.output(for: focus) else { return faults }
    let graph = reader.lesson.graph
    let changing = [focus.cell] + graph.dependents(of: focus.cell)
    let tasks = Set(reader.page.tasks)
    let text = canvas.text
    if changing.contains(where: tasks.contains), !text.contains("Task") {
      faults.append("the verdict of the task is out of sight")
    }
    let rows = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, row) in rows.enumerated() where row.contains("○ Task: ") {
      let end = rows[(index + 1)...].prefix { $0.hasPrefix("   ") }.endIndex
      if rows[index..<end].contains(where: { $0.contains("…") }) {
        faults.append("the task is cut")
      }
    }
    let effects = changing.flatMap { cell in
      reader.snapshot.cells[cell]?.pageOutputs(cell: cell).compactMap { output in
        if case .focusable(let target, _) = output, target != focus { target } else { nil }
      } ?? []
    }.filter { target in arrangement.targets.contains { $0.target == target } }
    let missing = effects.filter { !isVisible($0) }
    if !missing.isEmpty, arrangement.hiddenOnStage.isEmpty {
      faults.append("out of sight, without a sign: \(missing)")
    }
    let figures = effects.filter { if case .figure = $0 { true } else { false } }
    if !figures.isEmpty, !figures.contains(where: isVisible) {
      faults.append("no picture that changes is in sight")
    }
    return faults
  }

  /// The rows beside the vertical axis of a plot.
  private static func dataRows(of canvas: Canvas, in frame: Rectangle) -> Int {
    (frame.y..<frame.endY).count { row in
      (frame.x..<min(frame.endX, frame.x + 14)).contains { x in
        let character = canvas[x, row + 1].character
        return character == "│" || character == "┤"
      }
    }
  }

  // MARK: A page of its own

  /// A slider far above what it changes.
  private static let tall = Lesson(
    parsing: """
      ---
      title: T
      id: t
      ---
      ## P

      ```python {#knob}
      k = slider(1, 9, value=3, label="knob")
      ```

      \(String(repeating: "Prose that fills the screen.\n\n", count: 12))

      ```python {#pictures}
      plot([0, k], title="first")
      plot([k, 0], title="second")
      plot([k, k], title="third")
      np.arange(k)
      ```

      Twice the knob is `{python} 2 * k`. Nothing depends on this sentence.

      > [!TASK]
      > Make it five.
      >
      > ```python {#five .hidden}
      > check(k == 5, "one more, or one less")
      > ```
      """, file: "lesson.md", folder: "/nowhere")

  private static func tallReader(
    knob: Int = 3, width: Int = 80, height: Int = 24
  ) -> Reader {
    let session = Session(lesson: tall, files: FileAccess(.folders([])))
    session.perform(.setWidget(cell: "knob", name: "k", to: .number(Double(knob))))
    session.run(page: 0)
    var reader = Reader(
      lesson: tall, width: width, height: height,
      appearance: Appearance(background: .dark, colors: 0, hasUnicode: true),
      reference: Reader.Reference(
        devices: { DeviceList(computing: [], sound: []) }, vocabulary: .standard))
    _ = reader.update(snapshot: session.snapshot)
    return reader
  }

  @Test("A slider is on one screen with the pictures, the values and the verdict that it changes")
  func distantEffects() {
    var reader = Self.tallReader()
    #expect(!reader.draw().text.contains("first"))
    _ = reader.handle(.key(.tab))
    let text = reader.draw().text
    for part in [
      "knob", "first", "second", "Twice the knob is 6.", "Task: Make it five.", "not yet",
    ] {
      #expect(text.contains(part), "\(part)\n\(text)")
    }
    #expect(!text.contains("Prose that fills") && !text.contains("Nothing depends"))
    // What there is no room for is named, and Tab shows it.
    #expect(text.contains("third") && text.contains("⇥ shows"))
    for _ in 0..<3 { _ = reader.handle(.key(.tab)) }
    #expect(reader.state.focus == .figure(cell: "pictures", index: 2))
    #expect(reader.arrangement.frames(from: 0).contains { $0.target == reader.state.focus })
  }

  @Test("Scrolling reads on where the thing stands, and Esc shows it among the prose")
  func leaving() {
    var reader = Self.tallReader()
    for _ in 0..<2 { _ = reader.handle(.key(.tab)) }
    #expect(reader.arrangement.coversPage)
    var left = reader
    _ = left.handle(.key(.escape))
    #expect(left.state.focus == nil && left.draw().text.contains("Prose that fills"))
    #expect(left.draw().text.contains("first"))
    _ = reader.handle(.key(.character("j")))
    #expect(reader.state.focus == nil && !reader.arrangement.coversPage && reader.scroll > 0)
  }

  @Test("In a wide window the stage fills the right column, and the prose scrolls beside it")
  func wide() throws {
    var reader = Self.tallReader(width: 140, height: 30)
    _ = reader.handle(.key(.tab))
    #expect(!reader.arrangement.coversPage)
    let before = reader.draw().text
    #expect(before.contains("Prose that fills") && before.contains("third"))
    let bottom = try #require(reader.arrangement.frames(from: 0).map(\.frame.endY).max())
    #expect(bottom >= reader.bodyHeight - 6)
    _ = reader.handle(.key(.character("j")))
    #expect(reader.state.focus != nil && reader.draw().text != before)
  }

  @Test("z gives a plot the whole screen, and gives it back")
  func zoom() throws {
    var reader = Self.tallReader()
    for _ in 0..<2 { _ = reader.handle(.key(.tab)) }
    _ = reader.handle(.key(.character("z")))
    let frame = try #require(
      reader.arrangement.frames(from: 0).first { $0.target == reader.state.focus }?.frame)
    #expect(frame.height == reader.bodyHeight && frame.width >= 79)
    #expect(!reader.draw().text.contains("second"))
    _ = reader.handle(.key(.enter))
    #expect(reader.draw().text.contains("x "))
    _ = reader.handle(.key(.character("z")))
    #expect(reader.draw().text.contains("second"))
    _ = reader.handle(.key(.character("z")))
    _ = reader.handle(.key(.escape))
    #expect(reader.state.focus != nil && reader.draw().text.contains("second"))
  }

  @Test("z on a slider gives it the whole screen with what it changes")
  func zoomedSlider() {
    for width in [80, 140] {
      var reader = Self.tallReader(width: width, height: 30)
      _ = reader.handle(.key(.tab))
      _ = reader.handle(.key(.character("z")))
      let text = reader.draw().text
      #expect(reader.arrangement.coversPage && !text.contains("Prose that fills"))
      for part in ["knob", "first", "second", "Task"] { #expect(text.contains(part)) }
      _ = reader.handle(.key(.character("z")))
      #expect(reader.draw().text.contains("Prose that fills") == (width == 140))
    }
    var reader = Self.tallReader()
    _ = reader.handle(.key(.character("z")))
    #expect(reader.notice == "z enlarges what has the focus: Tab goes to it")
    while reader.state.focus?.isCode != true { _ = reader.handle(.key(.tab)) }
    _ = reader.handle(.key(.character("z")))
    #expect(reader.notice == "this cannot be made larger")
  }

  @Test("In an enlarged player the waveform stands above its spectrogram, column by column")
  func zoomedPlayer() throws {
    var reader = SampleLesson.reader()
    _ = reader.handle(.resize(width: 80, height: 30))
    while reader.state.focus != SampleLesson.player { _ = reader.handle(.key(.tab)) }
    _ = reader.handle(.key(.character("z")))
    let rows = reader.draw().text.split(separator: "\n")
    let axis = try #require(rows.first { $0.contains("└") })
    let first = axis.distance(from: axis.startIndex, to: try #require(axis.firstIndex(of: "└"))) + 1
    func position(_ x: Int) -> Double? {
      let part = reader.arrangement.part(atX: x, y: 6, from: 0, state: reader.state)?.part
      return if case .position(let position)? = part { position } else { nil }
    }
    #expect(position(first - 1) == nil)
    #expect(try #require(position(first)) < 0.02)
    #expect(try #require((70..<80).compactMap(position).last) > 0.98)
  }

  @Test("A long title of a page stands alone in the header")
  func header() {
    let lesson = Lesson(
      parsing: "# A lesson with a title\n## A page whose title is longer than half of the screen\n",
      file: "l.md", folder: "/")
    func header(_ width: Int) -> Substring {
      let reader = Reader(
        lesson: lesson, width: width, height: 24,
        appearance: Appearance(background: .dark, colors: 0, hasUnicode: true),
        reference: Reader.Reference(
          devices: { DeviceList(computing: [], sound: []) }, vocabulary: .standard))
      return reader.draw().text.split(separator: "\n")[0]
    }
    #expect(header(80).hasPrefix(" A page whose title is longer than half of the screen "))
    #expect(header(120).hasPrefix(" A lesson with a title › A page whose"))
  }

  @Test("Axes stay while a widget changes the data within them")
  func heldAxes() {
    var reader = Self.tallReader(knob: 9)
    let session = Session(lesson: Self.tall, files: FileAccess(.folders([])))
    func labels() -> [String] {
      reader.draw().text.split(separator: "\n")
        .filter { $0.contains("┤") && !$0.contains("├") }.map { String($0.prefix { $0 != "┤" }) }
    }
    for _ in 0..<2 { _ = reader.handle(.key(.tab)) }
    let before = labels()
    session.perform(.setWidget(cell: "knob", name: "k", to: .number(6)))
    session.run(page: 0)
    var snapshot = session.snapshot
    snapshot.revision += 100
    _ = reader.update(snapshot: snapshot)
    #expect(labels() == before)
    session.perform(.setWidget(cell: "knob", name: "k", to: .number(1)))
    session.run(page: 0)
    snapshot = session.snapshot
    snapshot.revision += 200
    _ = reader.update(snapshot: snapshot)
    #expect(labels() != before)
  }

  @Test("v describes each plot in words, and takes the words away")
  func words() {
    var reader = Self.tallReader()
    for _ in 0..<2 { _ = reader.handle(.key(.tab)) }
    #expect(!reader.draw().text.contains("1 curve of 2 points"))
    _ = reader.handle(.key(.character("v")))
    #expect(reader.draw().text.contains("1 curve of 2 points"))
    _ = reader.handle(.key(.character("v")))
    #expect(!reader.draw().text.contains("1 curve of 2 points"))
  }
}

extension FocusTarget {
  fileprivate var isQuestion: Bool { if case .prediction = self { true } else { false } }
}
