import EtudeApp
import Lessons
import Notebook
import Terminal
import Testing

@Suite struct RenderedPageTests {
  @Test("A value in the prose that cannot be computed counts as a failure")
  func failedValue() {
    func page(_ prose: String) -> RenderedPage {
      let lesson = Lesson(
        parsing: "---\ntitle: T\nid: t\n---\n## P\n\n\(prose)\n", file: "lesson.md",
        folder: "/nowhere")
      return lesson.render(
        page: 0, session: Session(lesson: lesson, files: FileAccess(.folders([]))),
        look: PageLook(width: 80, height: nil, theme: .monochrome, charset: .unicode))
    }
    #expect(page("a `{python} absent` b").hasFailedValue)
    #expect(!page("a `{python} 1 + 1` b").hasFailedValue)
  }
}
