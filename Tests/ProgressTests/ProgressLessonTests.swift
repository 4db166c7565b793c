import Interpreter
import Lessons
import Progress
import Testing

@Suite("Progress and its lesson")
struct ProgressLessonTests {
  private let lesson = Lesson(
    parsing: """
      ---
      title: Loops
      id: loops
      ---
      ## First
      > [!PREDICT] {#count}
      > How many?
      >
      > - [x] one
      > - [ ] two

      ```python {#cell}
      n = 3
      ```
      ## Second
      """, file: "lesson.md", folder: "/")

  @Test("Answers to the lesson's questions count, skipped questions do not")
  func score() {
    var progress = Progress()
    progress.predictions = ["count": .chosen(0), "gone": .chosen(0)]
    progress.doneTasks = ["gone"]
    #expect(progress.score(in: lesson).right == 1)
    #expect(progress.score(in: lesson).answered == 1)
    #expect(progress.score(in: lesson).tasksDone == 0)
    progress.predictions["count"] = .chosen(1)
    #expect(progress.score(in: lesson).right == 0)
    #expect(progress.score(in: lesson).answered == 1)
    progress.predictions["count"] = .skipped
    #expect(progress.score(in: lesson) == Score())
  }

  @Test("A page goes back to the lesson's values; tasks stay done")
  func reset() {
    var progress = Progress()
    progress.predictions = ["count": .skipped]
    progress.widgets = ["cell": ["n": .number(7)], "other": ["flip": .isOn(true)]]
    progress.edits = ["cell": Progress.Edit(source: "n = 4", original: "n = 3")]
    progress.doneTasks = ["cell"]
    progress.reset(lesson.pages[0])
    #expect(progress.predictions.isEmpty && progress.edits.isEmpty)
    #expect(progress.widgets == ["other": ["flip": .isOn(true)]])
    #expect(progress.doneTasks == ["cell"])
  }
}
