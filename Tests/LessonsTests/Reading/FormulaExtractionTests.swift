import Lessons
import Testing

@Suite struct FormulaExtractionTests {
  private func outline(_ text: String) -> [String] {
    Lesson(page: "## P\n\n" + text + "\n").pages[0].blocks.outline
  }

  @Test(arguments: [
    ("$x$", "<tex>x</tex>"),
    ("$a_1*b*c_2$", "<tex>a_1*b*c_2</tex>"),
    ("a*$x$*b", "a<em><tex>x</tex></em>b"),
    ("$5 and $6", "$5 and $6"),
    ("$5-$6", "$5-$6"),
    ("US$5 or NZ$6, x", "US$5 or NZ$6, x"),
    ("$ x$ and $y $", "$ x$ and $y $"),
    (#"\$x$ and $y\$"#, "$x$ and $y$"),
    (#"$\$5$"#, #"<tex>\$5</tex>"#),
    ("`$x$` and $y$", "`$x$` and <tex>y</tex>"),
    ("``a ` $x$`` $y$", "`a ` $x$` <tex>y</tex>"),
    ("` $x$", "` <tex>x</tex>"),
    ("$a `b$`", "$a `b$`"),
    ("($x$), ($y$)", "(<tex>x</tex>), (<tex>y</tex>)"),
    ("$a\nb$", "<tex>a\nb</tex>"),
    ("$$$$", "$$$$"),
    ("a $", "a $"),
    ("<a href=\"$x$\">", "<a href=\"$x$\">"),
    ("[a](b$x$c)", "<a b$x$c>a</a>"),
  ])
  func inline(text: String, expected: String) {
    #expect(outline(text) == [expected])
  }

  @Test func displayedFormulasSplitTheParagraph() {
    #expect(outline("a $$x$$ b") == ["a ", "tex x", " b"])
    #expect(
      outline("a\n$$\nx\n= y\n+ z\n---\n# w\n> v\n$$\nb") == [
        "a", "tex x\n= y\n+ z\n---\n# w\n> v", "b",
      ])
  }

  @Test func displayedFormulasBelongToTheirQuoteOrItem() {
    #expect(
      outline("> a\n> $$\n> x\n> - y\n> $$\n> b") == ["quote", "| a", "| tex x\n- y", "| b"])
    #expect(outline("- a\n  $$\n  x\n  $$\n- b") == ["-", "| a", "| tex x", "-", "| b"])
    #expect(outline("| a |\n|---|\n| $$x|y$$ |").last == "| <tex>x|y</tex>")
  }

  @Test func anUnclosedOneIsReported() {
    let lesson = Lesson(page: "## P\n\na $$x\n\ny$$ z\n")
    #expect(lesson.problems.map(\.line) == [7, 9])
    #expect(lesson.problems.map(\.column) == [3, 2])
    #expect(
      lesson.problems.allSatisfy { $0.message == "the formula that '$$' opens here is not closed" })
  }

  @Test func anUnclosedOneIsShownInPlace() {
    let lesson = Lesson(page: "## P\n\na\n\n## Q $$\n\nb\n\n> c $$x\n\nd\n")
    let problem = "problem the formula that '$$' opens here is not closed"
    #expect(
      lesson.pages.map(\.blocks.outline) == [
        ["a"], [problem, "b", problem, "quote", "| c $$x", "d"],
      ])
  }

  @Test func codeIsLeftAlone() {
    #expect(outline("```bash\n$$ $x$\n```") == ["code bash: $$ $x$"])
    #expect(outline("    $$ $x$") == ["code : $$ $x$"])
    #expect(outline("> ~~~\n> $x$\n> ~~~\n> $x$") == ["quote", "| code : $x$", "| <tex>x</tex>"])
    #expect(outline("```python {#a}\nx = \"$y$\"\n```") == ["cell a: x = \"$y$\""])
  }

  @Test func placeholderScalarsAreReplaced() throws {
    // Swift does not allow noncharacters in literals.
    let opening = try #require(Unicode.Scalar(0xFDD0 as UInt32))
    let closing = try #require(Unicode.Scalar(0xFDD1 as UInt32))
    #expect(outline("$x$ \(opening)0\(closing)") == ["<tex>x</tex> \u{FFFD}0\u{FFFD}"])
  }
}
