import Lessons
import Testing

@Suite struct FootnoteTests {
  @Test func eachPageEndsWithTheNotesThatItRefersTo() {
    let lesson = Lesson(
      page:
        "## A\n\none[^x] two[^y] three[^x]\n\n[^x]: First *note*.\n\n## B\n\nfour[^y]\n\n[^y]: Second.\n"
    )
    #expect(lesson.problems == [])
    #expect(
      lesson.pages.map(\.blocks.outline) == [
        ["one[1] two[2] three[1]", "h3 Notes", "1.", "| First <em>note</em>.", "2.", "| Second."],
        ["four[1]", "h3 Notes", "1.", "| Second."],
      ])
  }

  @Test("Many footnotes, and a long one on many pages, are bounded")
  func bounds() {
    let pages = (0..<200).map { "## P\($0)\n\na[^x]\n\n" }.joined()
    let long = Lesson(page: pages + "[^x]: " + String(repeating: "word ", count: 20_000) + "\n")
    #expect(long.pages.count == 200)
    #expect(long.problems.contains { $0.message.hasPrefix("the footnotes on all pages") })
    let many = String(repeating: "[^", count: 100_000) + "]\n"
    #expect(Lesson(page: "## P\n\n" + many).problems.count <= 1001)
  }

  @Test func missingAndUnusedOnesAreWarnings() {
    let lesson = Lesson(page: "## A\n\none[^x] `[^code]`\n\n[^y]: Second.\n")
    #expect(
      lesson.problems.summaries == [
        "7:4 the footnote 'x' is not written; add a line '[^x]: …'",
        "9:1 nothing refers to the footnote 'y', so it is not shown; write '[^y]' where it belongs",
      ])
    #expect(lesson.problems.allSatisfy { $0.isWarning })
  }
}
