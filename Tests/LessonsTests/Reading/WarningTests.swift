import Lessons
import Testing

/// What would not look as its author meant.
@Suite struct WarningTests {
  private func warnings(_ text: String) -> [String] {
    let problems = Lesson(page: "## P\n\n" + text).problems
    #expect(problems.allSatisfy { $0.isWarning })
    return problems.summaries
  }

  @Test func keysAndBreaksAreUnderstood() {
    let lesson = Lesson(page: "## P\n\nPress <kbd>Ctrl</kbd> now<br>or <br/>never\n")
    #expect(lesson.problems == [])
    #expect(
      lesson.pages[0].blocks.outline == ["Press `Ctrl` now<br>or <br>never"])
  }

  @Test func anOpenKeyIsHTMLLikeAnyOther() {
    let lesson = Lesson(page: "## P\n\na <kbd>b *c* and </kbd\nd\n\ne</kbd> f\n")
    #expect(
      lesson.pages[0].blocks.outline == ["a <kbd>b <em>c</em> and </kbd d", "e</kbd> f"])
    #expect(lesson.problems.count == 2)
  }

  @Test func otherHTMLIsShownWithAWarning() {
    #expect(
      warnings("a <b>c</b>\n") == [
        "7:3 HTML is shown as it is written: <b>; use Markdown; <br> and <kbd> are understood, and comments are not shown",
        "7:7 HTML is shown as it is written: </b>; use Markdown; <br> and <kbd> are understood, and comments are not shown",
      ])
    #expect(warnings("<div>\nx\n</div>\n").count == 1)
    #expect(warnings("<!-- a comment -->\n\na <!-- b --> c\n") == [])
  }

  @Test func unknownTeXAndForeignMarks() {
    #expect(
      warnings(#"so $\foo{x}$"# + "\n") == [
        #"7:5 '\foo' is not known in formulas: its name is shown; docs/writing-lessons.md lists what is"#
      ])
    #expect(
      warnings(#"so \( x \) and"# + "\n") == [
        #"7:4 '\(' and '\[' do not open formulas; write '$…$', or '$$…$$' for a displayed one"#
      ])
    #expect(warnings(#"an escaped \(bracket)"# + "\n") == [])
    #expect(
      warnings("::: {.note}\nx\n:::\n") == [
        "7:1 ':::' is shown as it is written; write '> [!NOTE]' for a call-out"
      ])
  }
}
