import Lessons
import Testing

@Suite struct FrontMatterTests {
  private func problems(_ text: String) -> [String] { Lesson(sample: text).problems.summaries }

  @Test func quotesAndSpacesAreRemoved() {
    let lesson = Lesson(sample: "---\r\ntitle:  \"A: b\" \r\nid: 'x-1'\r\n---  \r\n## P\r\n")
    #expect(lesson.problems == [])
    #expect(lesson.title == "A: b")
    #expect(lesson.id == "x-1")
    #expect(lesson.version == "1" && lesson.language == "en")
  }

  @Test func unknownKeysAreReportedWithANearMatch() {
    #expect(
      problems("---\ntitel: A\nid: a\n---\n## P\n") == [
        "1:1 the front matter has no 'title'; add a line 'title: …'",
        "2:1 unknown key 'titel'; did you mean 'title'?",
      ])
  }

  @Test func otherToolsKeysAreLeftOutWithAWarning() {
    let lesson = Lesson(
      sample: "---\ntitle: A\nformat:\n  html:\n    toc: true\nauthors:\n- x\nid: a\n---\n## P\n")
    #expect(
      lesson.problems.summaries == [
        "3:1 the key 'format' is another tool's: it is left out; the keys are title, id, version, language",
        "6:1 the key 'authors' is another tool's: it is left out; the keys are title, id, version, language",
      ])
    #expect(lesson.problems.allSatisfy { $0.isWarning })
    #expect(lesson.id == "a")
  }

  @Test(
    "Values are YAML's: quotes, and comments outside of them",
    arguments: [
      ("A # B", "A"), ("\"A # B\" # C", "A # B"), ("'it''s'", "it's"),
      (#""say \"hi\"""#, #"say "hi""#),
      ("A#B", "A#B"), ("\"A\" and B", "\"A\" and B"), ("'A", "'A"),
    ])
  func scalars(value: String, title: String) {
    let lesson = Lesson(sample: "---\ntitle: \(value)\nid: a\n---\n## P\n")
    #expect(lesson.problems == [])
    #expect(lesson.title == title)
  }

  @Test func allErrorsAreReported() {
    #expect(
      problems("---\ntitle: A\ntitle: B\nid: ../x\nversion:\nnonsense\n---\n## P\n") == [
        "3:1 'title' is given twice, first on line 2; remove one",
        "4:1 '../x' cannot be a lesson's id; use letters, digits, '-' and '_'",
        "5:1 'version' has no value; write 'version: …'",
        "6:1 this line of the front matter has no ':'; write 'key: value'",
      ])
  }

  @Test func aTitleIsOneLine() {
    let lesson = Lesson(
      sample: "---\ntitle: \(String(repeating: "A", count: 1_000_000))\nid: a\n---\n## P\n")
    #expect(lesson.problems.map(\.message) == ["this value has more than 200 characters"])
    #expect(lesson.title.count == 200)
  }

  @Test func withoutItTheLessonIsNamedByItsHeadingAndFolder() {
    let lesson = Lesson(parsing: "# Title\n## Page\n", file: "lesson.md", folder: "/a/filters")
    #expect(lesson.title == "Title")
    #expect(lesson.id == "filters")
    #expect(lesson.problems.map(\.message) == ["the lesson has no front matter"])
    guard case .problem? = lesson.pages.first?.blocks.first else {
      Issue.record("the problem is shown on the first page")
      return
    }
  }

  @Test func anUnclosedOneIsReportedAndTheTextIsRead() {
    let lesson = Lesson(sample: "---\ntitle: A\n\n## Page\n")
    #expect(lesson.problems.map(\.message).first == "the front matter is not closed")
    #expect(lesson.pages.map(\.title).contains("Page"))
  }
}
