import EtudeApp
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

  @Test("A plot leaves the further digits of a page number alone")
  mutating func pageNumberOnAPlot() {
    focus(SampleLesson.plot)
    press(.character("+"), .character("1"), .character("0"))
    #expect(reader.pageDigits == "10")
    #expect(reader.state.windows[SampleLesson.plot]?.range != nil)
  }
}
