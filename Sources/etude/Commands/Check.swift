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
    var ids = LessonIDs()
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
        + ids.namesakes(of: lesson)
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
}

/// The ids of the lessons that were checked, and of those in the same folders. Each is read once.
private struct LessonIDs {
  /// By the lesson's folder.
  private var known: [String: (id: String, file: String)] = [:]

  /// Lessons with the same id: a student's progress in one would overwrite that in the other.
  mutating func namesakes(of lesson: Lesson) -> [Problem] {
    known[lesson.folder] = (lesson.id, lesson.file)
    let parent = lesson.folder.lastIndex(of: "/").map { String(lesson.folder[..<$0]) } ?? "."
    let library = LessonLibrary(folder: parent)
    for name in library.list() where known["\(parent)/\(name)"] == nil {
      guard let neighbour = try? Lesson.read(file: library.locate(name)) else { continue }
      known["\(parent)/\(name)"] = (neighbour.id, neighbour.file)
    }
    return known.filter { $0.key != lesson.folder && $0.value.id == lesson.id }
      .map(\.value.file).sorted().map {
        Problem(
          file: lesson.file, line: 1, column: 1,
          message: "the id '\(lesson.id)' is also that of \($0)",
          hint: "give each lesson its own, since a student's progress is kept under it")
      }
  }
}
