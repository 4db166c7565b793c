import ArgumentParser
import Lessons
import Messages

struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the lessons.",
    discussion: """
      Examples:
        etude list
        etude list --lessons ~/my-lessons
      """)

  @OptionGroup var options: LessonOptions

  func run() throws {
    let library = try options.library()
    let names = library.list()
    guard !names.isEmpty else {
      throw Diagnostic(
        "there are no lessons in \(library.folder)", hint: "name another folder by --lessons")
    }
    let width = names.map(\.count).max() ?? 0
    var unread = 0
    for name in names {
      let lesson: Lesson
      do {
        lesson = try options.read(name).lesson
      } catch let failure as Diagnostic {
        // The other lessons are listed all the same.
        failure.report()
        unread += 1
        continue
      }
      let room = String(repeating: " ", count: width - name.count + 2)
      let pages = lesson.pages.count == 1 ? "1 page" : "\(lesson.pages.count) pages"
      Console.writeLine("\(name)\(room)\(lesson.title), \(pages)")
    }
    if unread > 0 { throw ExitCode.failure }
  }
}
