import Lessons
import Testing

@Suite struct LessonReaderTests {
  @Test func sampleHasThreePagesAndNoProblem() {
    let lesson = Lesson(sample: sampleLesson)
    #expect(lesson.problems == [])
    #expect(lesson.title == "A short lesson")
    #expect(lesson.id == "short" && lesson.version == "2" && lesson.language == "en")
    #expect(lesson.pages.map(\.title) == ["Filters", "Filters", "The end"])
    #expect(lesson.pages.map { $0.blocks.count } == [5, 4, 3])
    #expect(lesson.cells.map(\.id) == ["taps", "kernel", "3-1", "3-2"])
    #expect(lesson.inlineValues.map(\.source) == ["taps", "taps + 1"])
    #expect(Set(lesson.inlineValues.map(\.id)).count == 2)
  }
}
