import Builtins
import ArgumentParser
import Interpreter
import Lessons
import Messages

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check lessons for mistakes, without running them.",
    discussion: """
      Prints every problem as file:line:column: what is wrong; what to do. \
      Exits with 1 when there is one; warnings do not count.

      Examples:
        etude check convolution
        etude check my-lesson/lesson.md
      """)

  @Argument(help: "Lessons by name, folder or file.", completion: .lesson)
  var names: [String]

  @OptionGroup var options: LessonOptions

  func run() throws {
    let builtins = Vocabulary.standard.knownNames
    var problemCount = 0
    var unreadableCount = 0
    var checked: [Lesson] = []
    for name in names {
      let (lesson, library): (Lesson, LessonLibrary)
      do {
        (lesson, library) = try options.read(name)
      } catch let failure as Diagnostic {
        // Still check the other lessons.
        failure.report()
        unreadableCount += 1
        continue
      }
      let problems =
        lesson.check(builtins: builtins, audioFolders: library.audioFolders(for: lesson))
        + namesakes(of: lesson, among: checked)
      checked.append(lesson)
      for problem in problems {
        let kind = problem.isWarning ? "warning: " : ""
        let hint = problem.hint.map { "; \($0)" } ?? ""
        Console.writeLine(
          "\(problem.file):\(problem.line):\(problem.column): \(kind)\(problem.message)\(hint)")
        if !problem.isWarning { problemCount += 1 }
      }
    }
    // Already reported, one line per lesson.
    if problemCount == 0, unreadableCount > 0 { throw ExitCode.failure }
    guard problemCount == 0 else {
      throw Diagnostic(problemCount == 1 ? "one problem found" : "\(problemCount) problems found")
    }
  }

  /// Lessons with the same id, of those checked before and of those in the same folder: a student's progress in
  /// one would overwrite that in the other.
  private func namesakes(of lesson: Lesson, among checked: [Lesson]) -> [Problem] {
    let parent = lesson.folder.lastIndex(of: "/").map { String(lesson.folder[..<$0]) } ?? "."
    let library = LessonLibrary(folder: parent)
    let neighbours = library.list().compactMap { try? Lesson.read(file: library.locate($0)) }
    let files = (checked + neighbours).filter { $0.id == lesson.id && $0.folder != lesson.folder }
      .map(\.file)
    return Set(files).sorted().map {
      Problem(
        file: lesson.file, line: 1, column: 1,
        message: "the id '\(lesson.id)' is also that of \($0)",
        hint: "give each lesson its own, since a student's progress is kept under it")
    }
  }
}
