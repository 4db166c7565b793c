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
    let refusals = library.refusals()
    for refusal in refusals { refusal.report() }
    guard !names.isEmpty else { throw library.emptiness }
    let width = names.map(\.count).max() ?? 0
    var unreadableCount = 0
    for name in names {
      let lesson: Lesson
      do {
        lesson = try options.read(name).lesson
      } catch let failure as Diagnostic {
        // Still list the other lessons.
        failure.report()
        unreadableCount += 1
        continue
      }
      let room = String(repeating: " ", count: width - name.count + 2)
      let pages = lesson.pages.count == 1 ? "1 page" : "\(lesson.pages.count) pages"
      Console.writeLine("\(name)\(room)\(lesson.title), \(pages)")
    }
    if unreadableCount + refusals.count > 0 { throw ExitCode.failure }
  }
}
