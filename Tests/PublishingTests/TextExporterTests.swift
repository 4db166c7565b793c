import Interpreter
import Lessons
import Notebook
import Pages
import Publishing
import Terminal
import Testing

struct TextExporterTests {
  private let exporter = TextExporter(
    look: PageLook(width: 60, height: nil, theme: .monochrome, charset: .ascii), isColored: false)

  private func lesson(_ pages: String...) -> Lesson {
    let text = pages.map { "## P\n\n\($0)\n" }.joined(separator: "\n")
    return Lesson(
      parsing: "---\ntitle: T\nid: t\n---\n\(text)", file: "lesson.md", folder: "/nowhere")
  }

  private func snapshot(_ lesson: Lesson) -> Snapshot {
    let session = Session(lesson: lesson, files: FileAccess(.folders([])))
    for page in lesson.pages.indices { session.run(page: page) }
    return session.snapshot
  }

  @Test("Pages are written in the requested order, below their title and number")
  func pages() {
    let lesson = lesson("one is `{python} 1`", "two is `{python} 1 + 1`")
    let text = exporter.export(lesson, snapshot(lesson), pages: [1, 0])
    let lines = text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    #expect(lines == ["T > P 2/2", "two is 2", "T > P 1/2", "one is 1"])
  }

  @Test("A snapshot of the page alone produces the same output")
  func pageSnapshot() {
    let lesson = lesson("one", "two is `{python} 1 + 1`\n\n```python\n3 * 4\n```")
    let session = Session(lesson: lesson, files: FileAccess(.folders([])))
    session.run(page: 1)
    #expect(
      exporter.export(lesson, session.snapshot(ofPage: 1), pages: [1])
        == exporter.export(lesson, session.snapshot, pages: [1]))
  }

  @Test("Cells and values that fail are reported")
  func failures() {
    let lesson = lesson(
      "a `{python} absent` b", "a `{python} 1 + 1` b", "```python {#broken}\n1 / 0\n```")
    let snapshot = snapshot(lesson)
    #expect(
      lesson.pages.indices.map { lesson.failures(onPage: $0, in: snapshot) }
        == [["a value in the text of page 1"], [], ["cell broken on page 3"]])
  }
}
