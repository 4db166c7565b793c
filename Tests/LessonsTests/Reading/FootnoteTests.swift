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
