import EtudeApp
import Interpreter
import Lessons
import Notebook
import Pages
import SampleLessons
import Terminal
import Testing

@Suite("Jumps and the way back")
struct JumpTests {
  private var reader = SampleLesson.reader()

  @discardableResult
  private mutating func press(_ keys: Key...) -> [Action] {
    keys.flatMap { reader.handle(.key($0)) }
  }

  private mutating func focus(_ target: FocusTarget) {
    for _ in 0..<20 where reader.state.focus != target { press(.tab) }
    #expect(reader.state.focus == target)
  }

  @Test(
    "B goes back to the page, the rows and the focus from which a number, the contents or a search jumped"
  )
  mutating func back() {
    press(.character("B"))
    #expect(reader.notice?.hasPrefix("there is no earlier place") == true)
    _ = reader.handle(.resize(width: 80, height: 14))
    focus(SampleLesson.plot)
    let scroll = reader.scroll
    #expect(scroll > 0)
    press(.character("3"), .enter)
    #expect(reader.pageIndex == 2)
    press(.character("t"), .up, .enter)
    #expect(reader.pageIndex == 1)
    press(.character("/"))
    for character in "fault" { press(.character(character)) }
    press(.enter)
    #expect(reader.pageIndex == 2)
    press(.escape)
    #expect(reader.draw().text.contains("B back"))
    press(.character("B"))
    #expect(reader.pageIndex == 1)
    press(.character("B"))
    #expect(reader.pageIndex == 2)
    press(.character("B"))
    #expect(reader.pageIndex == 0 && reader.scroll == scroll)
    #expect(reader.state.focus == SampleLesson.plot)
    #expect(!reader.draw().text.contains("B back"))
  }

  @Test("Turning pages is no jump, nor is a number of the page that is shown")
  mutating func noJumps() {
    press(.character("n"), .character("2"), .enter, .character("p"), .character("B"))
    #expect(reader.pageIndex == 0)
    #expect(reader.notice != nil)
  }

  @Test("Arrows turn no page while something has the focus")
  mutating func arrows() {
    focus(.code(cell: "filter"))
    press(.right)
    #expect(reader.pageIndex == 0)
    #expect(reader.notice?.contains("when nothing has the focus") == true)
    press(.escape, .right)
    #expect(reader.pageIndex == 1)
  }

  @Test("A page number wins over the digits of a player")
  mutating func pageNumberOnAPlayer() {
    focus(SampleLesson.player)
    // Two sounds, three pages.
    #expect(reader.draw().text.contains("1–2 switch"))
    press(.character("3"))
    #expect(reader.draw().text.contains("3 then enter goes to that page"))
    press(.enter)
    #expect(reader.pageIndex == 2)
    press(.character("B"))
    #expect(reader.state.focus == SampleLesson.player)
    let actions = press(.character("2"), .enter)
    #expect(reader.pageIndex == 0, "2 is a sound")
    #expect(
      actions.contains {
        if case .sound(.select(1, throughSilence: false)) = $0 { true } else { false }
      })
    #expect(actions.contains { if case .sound(.play) = $0 { true } else { false } })
    press(.character("2"), .character("g"))
    #expect(reader.pageIndex == 1)
  }

  @Test("Sounds that are compared one after the other make no page number")
  mutating func slowDigits() {
    focus(SampleLesson.player)
    _ = reader.handle(.key(.character("1")), at: 10)
    #expect(reader.pageDigits == "1")
    _ = reader.handle(.key(.character("2")), at: 12)
    #expect(reader.pageDigits == "2")
    _ = reader.handle(.key(.character("1")), at: 12.3)
    #expect(reader.pageDigits == "21")
  }

  /// The sample lesson with enough pages that numbers of two digits are some of them.
  private static func longReader() -> Reader {
    let further = (1...12).map { "## Page \($0)\n" }.joined()
    return Reader(
      lesson: Lesson(parsing: SampleLesson.text + "\n" + further, file: "lesson.md", folder: "/"),
      width: 80, height: 24,
      appearance: Appearance(background: .dark, colors: 0, hasUnicode: true),
      reference: Reader.Reference(
        devices: { DeviceList(computing: [], sound: []) }, vocabulary: .standard))
  }

  @Test("A player of one sound offers no keys that compare sounds, and takes one digit only")
  mutating func oneSound() throws {
    reader = Self.longReader()
    var snapshot = SampleLesson.snapshot(revision: 2)
    let sound = try #require(snapshot.cells["listen"]?.outputs.first)
    snapshot.cells["listen"] = CellResult(state: .succeeded, outputs: [sound], revision: 2)
    _ = reader.update(snapshot: snapshot)
    focus(SampleLesson.player)
    let footer = try #require(reader.draw().text.split(separator: "\n").last)
    #expect(footer.contains("play/pause") && footer.contains("loop"))
    for word in ["switch", "match", "blind test"] { #expect(!footer.contains(word)) }
    press(.character("?"))
    let help = reader.draw().text
    #expect(help.contains("play or pause") && !help.contains("match loudness"))
    press(.escape, .character("1"))
    #expect(!reader.draw().text.contains("then enter goes"))
    press(.character("1"))
    #expect(reader.draw().text.contains("11 then enter goes to that page"))
  }

  @Test(
    "However fast sounds are compared, each digit switches; together they are a page number for a second"
  )
  mutating func fastDigits() {
    reader = Self.longReader()
    _ = reader.update(snapshot: SampleLesson.snapshot())
    focus(SampleLesson.player)
    let actions = press(.character("1"), .character("2"))
    #expect(
      actions.contains {
        if case .sound(.select(1, throughSilence: false)) = $0 { true } else { false }
      })
    #expect(reader.draw().text.contains("12 then enter goes to that page"))
    #expect(reader.isAnimating)
    for _ in 0..<12 { reader.advance(seconds: 0.1) }
    #expect(!reader.draw().text.contains("12 then enter"))
    let played = press(.enter)
    #expect(played.contains { if case .sound(.play) = $0 { true } else { false } })
    #expect(reader.pageIndex == 0)
    press(.character("1"), .character("2"), .enter)
    #expect(reader.pageIndex == 11)
    press(.character("B"))
    press(.character("1"), .character("3"))
    #expect(reader.draw().text.contains("13 then enter goes to that page"))
    press(.enter)
    #expect(reader.pageIndex == 12)
  }

  @Test("A plot leaves the further digits of a page number alone")
  mutating func pageNumberOnAPlot() {
    focus(SampleLesson.plot)
    press(.character("+"), .character("1"), .character("0"))
    #expect(reader.pageDigits == "10")
    #expect(reader.state.windows[SampleLesson.plot]?.range != nil)
  }

  @Test("What a cell waits for takes the focus; Enter goes there, and B comes back")
  mutating func goingToTheCause() throws {
    let text = """
      ---
      title: Test
      id: test
      ---
      ## One
      ```python {#run}
      fit = train(net, data)
      ```
      ## Two
      ```python {#after}
      fit.epochs
      ```
      """
    let lesson = Lesson(parsing: text, file: "lesson.md", folder: "/nowhere")
    reader = Reader(
      lesson: lesson, width: 80, height: 24,
      appearance: Appearance(background: .dark, colors: 0, hasUnicode: true),
      reference: Reader.Reference(
        devices: { DeviceList(computing: [], sound: []) }, vocabulary: .standard))
    let title = "CNN, ASGD, rate 0.01, batches of 64"
    func snapshot(_ revision: Int) -> Snapshot {
      var snapshot = Snapshot()
      snapshot.revision = revision
      let id = TrainerID(cell: "run", call: 0)
      snapshot.cells["run"] = CellResult(
        state: .waiting(.ownWork(.training(estimatedSeconds: 2))), outputs: [.trainer(id)])
      snapshot.trainers[id] = TrainerState(
        activity: .waiting, title: title, epochs: 10, classCount: 2, testCount: 0)
      snapshot.cells["after"] = CellResult(
        state: .waiting(
          .work(
            .training(estimatedSeconds: 2),
            at: WaitingPlace(cell: "run", call: 0, title: title, page: 0))))
      return snapshot
    }
    _ = reader.update(snapshot: snapshot(1))
    press(.character("n"))
    #expect(
      reader.draw().text.replacing("\n", with: " ").contains(
        "waits for the run \"\(title)\", page 1"))
    press(.tab)
    #expect(reader.state.focus == .wait(cell: "after"))
    #expect(reader.draw().text.contains("go there"))
    press(.enter)
    #expect(reader.pageIndex == 0)
    // The page shows its cells once it has been requested.
    _ = reader.update(snapshot: snapshot(2))
    #expect(reader.state.focus == .trainer(cell: "run", call: 0))
    press(.character("B"))
    _ = reader.update(snapshot: snapshot(3))
    #expect(reader.pageIndex == 1 && reader.state.focus == .wait(cell: "after"))
  }
}
