import Builtins
import Compute
import EtudeApp
import Lessons
import Notebook
import Pages
import SampleLessons
import Terminal
import Testing

@Suite("Reader")
struct ReaderTests {
  private var reader = SampleLesson.reader()

  @discardableResult
  private mutating func press(_ keys: Key...) -> [Action] {
    keys.flatMap { reader.handle(.key($0)) }
  }

  private mutating func type(_ text: String) {
    for character in text { press(.character(character)) }
  }

  private mutating func focus(_ target: FocusTarget) {
    for _ in 0..<20 where reader.state.focus != target { press(.tab) }
    #expect(reader.state.focus == target)
  }

  // MARK: Pages

  @Test("n and p turn the page, and so do the arrows when nothing has the focus")
  mutating func turning() {
    press(.character("n"))
    #expect(reader.pageIndex == 1)
    press(.right)
    #expect(reader.pageIndex == 2)
    press(.character("n"))
    #expect(reader.pageIndex == 2)
    #expect(reader.notice == "this is the last page")
    press(.left, .character("p"))
    #expect(reader.pageIndex == 0)
  }

  @Test("A table wider than the page takes the focus and scrolls by columns")
  mutating func wideTable() {
    let columns = (0..<30).map { "column\($0)" }
    let table =
      "| \(columns.joined(separator: " | ")) |\n" + String(repeating: "|--", count: 30) + "|\n"
      + "| \((0..<30).map(String.init).joined(separator: " | ")) |\n"
    let lesson = Lesson(
      parsing: "# L\n## P\n\n| a | b |\n|--|--|\n| 1 | 2 |\n\n\(table)\n", file: "l.md", folder: "/"
    )
    reader = Reader(
      lesson: lesson, width: 80, height: 24,
      appearance: Appearance(background: .dark, colors: 0, hasUnicode: true),
      reference: Reader.Reference(
        devices: { DeviceList(computing: [], sound: []) }, vocabulary: .standard))
    #expect(reader.draw().text.contains(" more ›"))
    press(.tab)
    // The narrow table has nothing to scroll.
    #expect(reader.state.focus == .table(owner: "text 2", index: 0))
    press(.right)
    #expect(reader.draw().text.contains("‹ 1 more"))
    #expect(!reader.draw().text.contains("column0 "))
    press(.character(">"), .character(">"), .character(">"))
    #expect(reader.draw().text.contains("column29"))
    press(.right)
    #expect(reader.notice == "these are the last columns")
    press(.character("<"), .character("<"), .character("<"), .left)
    #expect(reader.draw().text.contains("column0 "))
    #expect(reader.notice == "this is the first column")
  }

  @Test("A long notice covers up to three rows of the page until the next key")
  mutating func longNotice() {
    reader.say(
      "progress is not saved: /home/anna/" + String(repeating: "a/", count: 40) + " is full")
    var rows = reader.draw().text.split(separator: "\n")
    #expect(rows[rows.count - 3].hasPrefix(" progress is not saved:"))
    #expect(rows[rows.count - 1].hasSuffix(" is full"))
    reader.say(String(repeating: "no end ", count: 100))
    rows = reader.draw().text.split(separator: "\n")
    #expect(rows.count { $0.hasPrefix(" no end") } == 3)
    #expect(rows[rows.count - 1].hasSuffix("…"))
    press(.character("k"))
    #expect(!reader.draw().text.contains("no end"))
  }

  @Test("Space scrolls by a screen and turns the page at its end; backspace goes back")
  mutating func scrolling() {
    _ = reader.handle(.resize(width: 80, height: 15))
    let height = reader.arrangement.height
    #expect(height > reader.bodyHeight)
    press(.character(" "))
    #expect(reader.pageIndex == 0)
    #expect(reader.scroll == height - reader.bodyHeight)
    press(.character(" "))
    #expect(reader.pageIndex == 1)
    press(.backspace)
    #expect(reader.pageIndex == 0)
    #expect(reader.scroll == height - reader.bodyHeight)
    press(.character("k"))
    #expect(reader.scroll == height - reader.bodyHeight - 1)
    for _ in 0..<100 { press(.character("j")) }
    #expect(reader.scroll == height - reader.bodyHeight)
  }

  @Test("A number and Enter, or g, jump")
  mutating func jumping() {
    press(.character("3"), .enter)
    #expect(reader.pageIndex == 2)
    press(.character("2"), .character("g"))
    #expect(reader.pageIndex == 1)
    press(.character("9"), .character("9"), .enter)
    #expect(reader.pageIndex == 2)
    press(.home, .home, .end, .character("g"), .character("G"))
    #expect(reader.pageIndex == 2, "the ends are those of the page")
  }

  @Test("A pending page number overrides the focused item's Enter")
  mutating func jumpingFromASlider() {
    focus(SampleLesson.slider)
    press(.character("3"), .enter)
    #expect(reader.overlay == nil)
    #expect(reader.pageIndex == 2)
  }

  @Test("Turning the page stops the sound and requests the new page's cells")
  mutating func turningActs() {
    let actions = press(.character("n"))
    #expect(actions.contains { if case .session(.show(page: 1)) = $0 { true } else { false } })
    #expect(actions.contains { if case .sound(.stop) = $0 { true } else { false } })
  }

  // MARK: Widgets

  @Test("A focused slider moves by one or ten steps, shows its value at once, and is reset by r")
  mutating func slider() {
    focus(SampleLesson.slider)
    let actions = press(.right)
    guard
      case .session(.setWidget(cell: "filter", name: "taps", to: .number(13)))? = actions.first
    else {
      Issue.record("\(actions)")
      return
    }
    #expect(reader.draw().text.contains("13 taps"))
    press(.right)
    #expect(reader.state.movedWidgets[SampleLesson.slider] == .number(15))
    press(.character(">"))
    #expect(reader.state.movedWidgets[SampleLesson.slider] == .number(35))
    for _ in 0..<9 { press(.shiftRight) }
    #expect(reader.state.movedWidgets[SampleLesson.slider] == .number(101))
    press(.character("r"))
    #expect(reader.state.movedWidgets[SampleLesson.slider] == .number(11))
  }

  @Test("Results with the requested value replace the provisional one")
  mutating func caughtUp() {
    focus(SampleLesson.slider)
    press(.right)
    _ = reader.update(snapshot: SampleLesson.snapshot(taps: 13, revision: 2))
    #expect(reader.state.movedWidgets.isEmpty)
    #expect(reader.draw().text.contains("13 taps"))
  }

  @Test("A typed value is snapped to the slider's grid; other text is refused")
  mutating func typing() {
    focus(SampleLesson.slider)
    press(.enter)
    type("44")
    #expect(reader.draw().text.contains("3 … 101"))
    press(.enter)
    #expect(reader.state.movedWidgets[SampleLesson.slider] == .number(45))
    press(.enter)
    type("x")
    press(.enter)
    #expect(reader.draw().text.contains("is not a number"))
    press(.escape)
    #expect(reader.state.focus == SampleLesson.slider)
  }

  @Test("R asks before it resets the page")
  mutating func reset() {
    focus(SampleLesson.slider)
    press(.right, .character("R"))
    #expect(reader.draw().text.contains("Start over?"))
    press(.character("n"))
    #expect(reader.state.movedWidgets.count == 1)
    let actions = press(.character("R"), .character("y"))
    #expect(actions.contains { if case .session(.reset(page: 0)) = $0 { true } else { false } })
    #expect(reader.state.movedWidgets.isEmpty)
  }

  // MARK: Plots, steppers

  @Test("A plot zooms, pans, shows everything, and reads exact values")
  mutating func plot() {
    focus(SampleLesson.plot)
    press(.character("+"))
    #expect(reader.state.windows[SampleLesson.plot]?.range == 10...30)
    press(.right)
    #expect(reader.state.windows[SampleLesson.plot]?.range == 12...32)
    press(.character("0"))
    #expect(reader.state.windows[SampleLesson.plot]?.range == nil)
    press(.enter)
    #expect(reader.draw().text.contains("x 20   kernel 1"))
    press(.right)
    #expect(reader.draw().text.contains("x 21   kernel 0.95"))
    #expect(reader.pageIndex == 0)
  }

  @Test("A stepper steps, flips, and animates to its end")
  mutating func stepper() {
    press(.character("n"))
    focus(SampleLesson.stepper)
    press(.right)
    #expect(reader.state.steppers[SampleLesson.stepper]?.step == 1)
    press(.character("f"))
    #expect(reader.state.steppers[SampleLesson.stepper]?.flips == false)
    press(.enter)
    #expect(reader.isAnimating)
    for _ in 0..<10 { reader.advance(seconds: 0.7) }
    #expect(!reader.isAnimating)
    #expect(reader.state.steppers[SampleLesson.stepper]?.step == 3)
  }

  // MARK: Sound

  @Test("Enter loads and plays; digits switch; new samples keep the position")
  mutating func player() {
    focus(SampleLesson.player)
    let actions = press(.enter)
    guard actions.count == 2, case .sound(.load(let tracks, keepingPosition: false)) = actions[0],
      case .sound(.play) = actions[1]
    else {
      Issue.record("\(actions.count) actions")
      return
    }
    #expect(tracks.map(\.label) == ["original", "filtered"])
    guard case .sound(.select(1, throughSilence: false))? = press(.character("2")).first else {
      Issue.record("2 does not switch")
      return
    }
    #expect(press(.character("7")).isEmpty)
    let update = reader.update(snapshot: SampleLesson.snapshot(revision: 2))
    guard case .sound(.load(_, keepingPosition: true))? = update.first else {
      Issue.record("new samples are not loaded")
      return
    }
    #expect(reader.update(snapshot: SampleLesson.snapshot(revision: 2)).isEmpty)
  }

  @Test("+ and - change the volume of all players, and say it")
  mutating func volume() {
    focus(SampleLesson.player)
    guard case .sound(.setVolume(-6))? = press(.character("-"), .character("-")).last else {
      Issue.record("- does not turn the volume down")
      return
    }
    #expect(reader.notice == "volume −6 dB")
    for _ in 0..<30 { press(.character("-")) }
    #expect(reader.volume == -48)
    for _ in 0..<30 { press(.character("+")) }
    #expect(reader.volume == 0)
    #expect(reader.notice?.hasPrefix("volume 0 dB: the sound as it is") == true)
  }

  // MARK: The screen

  @Test("Header, page and footer at the usual sizes", arguments: [(80, 24), (140, 45), (40, 12)])
  mutating func screen(width: Int, height: Int) {
    _ = reader.handle(.resize(width: width, height: height))
    let rows = reader.draw().text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(rows[0].contains("1/3"))
    #expect(rows[height - 1].contains("keys"))
    #expect(rows.allSatisfy { $0.count <= width })
  }

  @Test("A small window says what it needs", arguments: [(39, 24), (80, 11), (10, 3), (0, 0)])
  mutating func small(width: Int, height: Int) {
    _ = reader.handle(.resize(width: width, height: height))
    let text = reader.draw().text
    #expect(width < 20 || text.contains("40×12"))
  }

  @Test("The footer shows the focused item's keys")
  mutating func footer() {
    focus(SampleLesson.slider)
    let footer = reader.draw().text.split(separator: "\n").last ?? ""
    #expect(footer.contains("←→ length M"))
    #expect(footer.contains("⏎ type it"))
    #expect(footer.hasSuffix("t contents  ? keys  q quit"))
    _ = reader.handle(.resize(width: 50, height: 24))
    let narrow = reader.draw().text.split(separator: "\n").last ?? ""
    #expect(narrow.hasSuffix("t  ? keys  q"))
  }
}
