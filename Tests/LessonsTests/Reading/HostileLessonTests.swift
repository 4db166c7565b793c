import CellLanguage
import Lessons
import Testing

/// Texts crafted to cause harm. None may crash or take long.
@Suite struct HostileLessonTests {
  @Test(arguments: [
    ("> ", "a"), (">", "a"), ("- ", "a"), ("1. ", "a"), ("[", "a"), ("![", "a"), ("*a **b ", ""),
    ("`", ""), ("`a ``", ""), ("$", ""), ("$$ ", ""), ("$a ", "$"), ("\\", ""), ("<", ""),
    ("<!--", ""), ("|", "\n|-|"), ("~a", ""), ("{", ""), ("#", ""), ("a](", ""), ("\t", "a"),
    ("_a", ""), ("[a](b) ", ""), ("`{python} x` ", ""), ("$x$ ", ""), ("$$x$$ ", ""),
  ])
  func longLines(unit: String, end: String) {
    let text = String(repeating: unit, count: 20_000) + end + "\n\nlast\n"
    let lesson = Lesson(page: "## P\n\n" + text)
    #expect(!lesson.pages.isEmpty)
    _ = lesson.check(builtins: KnownNames())
  }

  @Test(arguments: [
    "> a\n", "- a\n", "$\n", "$$\n", "```\n", "a|b\n-|-\n", "`\n", "---\n\n", "## A\n\n", "<div>\n",
    "| $a$ | `b` |\n", "\n", "$$\na\n\n", "```python {#a}\n```\n", "[a]: b\n", "a\n===\n",
  ])
  func manyLines(line: String) {
    let lesson = Lesson(page: "## P\n\n" + String(repeating: line, count: 5_000))
    #expect(!lesson.pages.isEmpty)
    _ = lesson.check(builtins: KnownNames())
  }

  @Test func deepQuotesAreReportedAndTheirTextIsKept() {
    let lesson = Lesson(page: "## P\n\n" + String(repeating: ">", count: 5_000) + " deep\n")
    #expect(
      lesson.problems.map(\.message).contains("quotes and lists are nested more than 50 deep here"))
    #expect(lesson.pages[0].blocks.outline.last?.hasSuffix("deep") == true)
  }

  /// Found by fuzzing: cmark reports no line for such a paragraph.
  @Test func aParagraphDirectlyAboveATableHasALine() {
    let table = "| a | b |\n|:--|--:|\n| 1 | 2 |\n"
    let untitled = Lesson(parsing: "a\n" + table, file: "lesson.md", folder: "/nonexistent")
    #expect(untitled.problems.allSatisfy { $0.line == 1 })

    let linking = Lesson(page: "## P\n\n[a](nowhere.wav)\n" + table)
    let inText = Lesson(page: "## P\n\n[a](nowhere.wav)\n")
    #expect(
      linking.check(builtins: KnownNames()).map(\.line)
        == inText.check(builtins: KnownNames()).map(\.line))
  }

  @Test func deepListsAreReported() {
    let text = (0..<300).map { String(repeating: "  ", count: $0) + "- a\n" }.joined()
    let lesson = Lesson(page: "## P\n\n" + text)
    #expect(
      Set(lesson.problems.map(\.message)) == ["quotes and lists are nested more than 50 deep here"])
  }

  @Test func tablesThatGrowAreRejected() {
    let header = Array(repeating: "a", count: 90).joined(separator: "|")
    let rule = Array(repeating: "-", count: 90).joined(separator: "|")
    let lesson = Lesson(
      page: "## P\n\n\(header)\n\(rule)\n" + String(repeating: "x\n", count: 5_000))
    #expect(lesson.problems.first?.message == "this table is too large to be shown")
    #expect(lesson.problems.first?.line == 8)
  }

  @Test(
    "A row with more cells than the table has columns says so; formulas and escapes have bars, too")
  func surplusCells() {
    let lesson = Lesson(
      page: """
        ## P

        | a | b |
        |---|---|
        | 1 | 2 |
        | $|x|$ | x \\| y |
        | 1 | 2 | 3 |
        1 | 2 |
        > | c |
        > |---|
        > | 1 | 2 |
        """)
    #expect(lesson.problems.map(\.line) == [11, 15], "\(lesson.problems)")
    #expect(
      lesson.problems.first?.message
        == "this row has 3 cells, but the table has 2 columns: the rest is not shown")
  }

  @Test func tenMegabytesOfProse() {
    let line = "Some *prose* with `code`, $x_1$ and [a link](https://example.org) in a line.\n\n"
    let page = "## P\n\n" + String(repeating: line, count: 6_000)
    let lesson = Lesson(page: String(repeating: page, count: 22))
    #expect(lesson.pages.map(\.blocks.count) == Array(repeating: 6_000, count: 22))
    #expect(lesson.problems == [])
  }

  @Test(arguments: ["word ", "word\n", "word\n\n"])
  func aPageHasALimit(unit: String) {
    let text = String(repeating: unit, count: 1_000_000)
    let lesson = Lesson(page: "## P\n\nfirst\n\n\(text)\n\n```python\nx = 1\n```\n\n## Q\n\nlast\n")
    #expect(
      lesson.problems.map(\.message) == [
        "this page is longer than 500 kB; the rest of it is left out"
      ])
    #expect(lesson.pages[0].blocks.outline.first == "first")
    #expect(lesson.pages[1].blocks.outline == ["last"])
    #expect(lesson.cells.isEmpty)
  }

  @Test("A text, a title, a cell and a code block have limits of their own, and say so")
  func longBlocks() throws {
    let words = String(repeating: "word ", count: 80_000)
    let paragraph = Lesson(page: "## P\n\n\(words)\n\nnext\n")
    #expect(
      paragraph.problems.map(\.message) == [
        "this text is longer than 20 kB; the rest of it is left out"
      ])
    #expect(paragraph.pages[0].blocks.outline.last == "next")
    guard case .paragraph(let inlines) = paragraph.pages[0].blocks[1] else {
      Issue.record("no paragraph")
      return
    }
    let text = inlines.map { if case .text(let text) = $0 { text } else { "" } }.joined()
    #expect(text.hasPrefix("word word") && text.hasSuffix("…") && text.utf8.count < 20_010)

    let title = Lesson(page: "## \(words)\n\ntext\n")
    #expect(title.problems.map(\.message).contains("this title is longer than a line"))
    #expect(title.pages[0].title.utf8.count < 400)

    let cell = Lesson(page: "## P\n\n```python\nx = '\(words)'\n```\n")
    #expect(cell.problems.map(\.message).first?.hasPrefix("this cell is too long") == true)

    let code = Lesson(page: "## P\n\n```text\n\(words)\n```\n")
    #expect(
      code.problems.map(\.message) == [
        "this code is longer than 50 kB; the rest of it is left out"
      ])
  }

  @Test func tenThousandCells() {
    let cells = (0..<10_000).map { index in
      "```python\nx\(index) = \(index == 0 ? "1" : "x\(index - 1) + 1")\n```\n\n"
    }
    let lesson = Lesson(page: "## P\n\n" + cells.joined())
    #expect(lesson.check(builtins: KnownNames()) == [])
    #expect(lesson.graph.order(for: ["1-10000"]).count == 10_000)
  }

  @Test func tenThousandUnknownNames() {
    let cells = (0..<10_000).map { "```python\nx\($0) = unknown\($0)\n```\n\n" }
    let lesson = Lesson(page: "## P\n\n" + cells.joined())
    #expect(lesson.check(builtins: KnownNames()).count == 10_000)
  }

  @Test func escapeSequencesStayText() {
    let lesson = Lesson(page: "## P\n\n\u{1B}[2Jtext\u{0}\n")
    #expect(lesson.pages[0].blocks.outline == ["\u{1B}[2Jtext"])
  }
}
