import Interpreter
import Lessons
import Notebook
import Pages
import Terminal

/// Reads a lesson, checks it, and draws its pages before any cell has run.
func readLesson(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  // The folder does not exist, so the checker finds no files.
  let lesson = Lesson(parsing: text, file: "lesson.md", folder: "/nonexistent")
  for problem in lesson.check(builtins: builtins) {
    precondition(problem.line >= 1 && problem.column >= 1, "a problem has no position")
  }
  precondition(!lesson.pages.isEmpty, "a lesson has no page")

  let snapshot = Session(lesson: lesson, files: FileAccess(.folders([]))).snapshot
  for page in lesson.pages {
    draw(page, snapshot, PageLook(width: 80, height: 22, theme: .monochrome, charset: .unicode))
    draw(page, snapshot, PageLook(width: 20, height: nil, theme: .monochrome, charset: .ascii))
  }
}

private let builtins = Vocabulary.standard.knownNames

private func draw(_ page: Page, _ snapshot: Snapshot, _ look: PageLook) {
  let arrangement = PageArrangement(page: page, snapshot: snapshot, state: PageState(), look: look)
  var canvas = Canvas(width: look.width, height: arrangement.height, charset: look.charset)
  arrangement.draw(into: &canvas, in: canvas.bounds, from: 0, look: look, state: PageState())
}
