import Builtins
import Glibc
import Interpreter
import Lessons
import Notebook
import Pages
import Publishing
import Terminal
import Testing

/// Reads and runs every example in docs/writing-lessons.md.
@Suite struct WritingLessonsTests {
  private static let package =
    "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

  private static let examples: [String] = {
    guard let file = fopen("\(package)/docs/writing-lessons.md", "rb") else { return [] }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    let fence = "````"
    let parts = String(decoding: bytes[..<count], as: UTF8.self).split(
      separator: fence, omittingEmptySubsequences: false)
    return parts.filter { $0.hasPrefix("markdown\n") }.map { example in
      let text = String(example.dropFirst("markdown\n".count))
      return text.hasPrefix("---\n") ? text : "---\ntitle: T\nid: t\n---\n# T\n" + text
    }
  }()

  @Test func thePageHasExamples() { #expect(Self.examples.count >= 8) }

  @Test(arguments: examples)
  func anExampleRunsWithoutAProblem(text: String) {
    let lesson = Lesson(parsing: text, file: "lesson.md", folder: "/nowhere")
    let audio = "\(Self.package)/audio"
    #expect(lesson.check(builtins: Vocabulary.standard.knownNames, audioFolders: [audio]) == [])
    let session = Session(lesson: lesson, files: FileAccess(.folders([audio])))
    for (index, page) in lesson.pages.enumerated() {
      session.run(page: index)
      let exporter = TextExporter(
        look: PageLook(width: 80, height: 22, theme: .monochrome, charset: .unicode),
        isColored: false)
      let snapshot = session.snapshot(ofPage: index)
      #expect(
        lesson.failures(onPage: index, in: snapshot) == [],
        "\(exporter.export(lesson, snapshot, pages: [index]))")
      for task in page.tasks {
        #expect(session.snapshot.cells[task]?.isDoneTask == false, "done from the start")
      }
    }
  }
}
