import ArgumentParser
import Builtins
import EtudeApp
import Glibc
import Interpreter
import Lessons
import Messages
import Playback
import Progress

/// The lesson as a dialogue in plain lines.
struct Read: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Read a lesson as plain lines: with a screen reader, a Braille display, or through a pipe.",
    discussion: """
      You type a line, and hear what it changes. Nothing is drawn and nothing is taken back. The progress is \
      the reader's. Where the variable ACCESSIBLE is set, a lesson opens like this by itself.

      Examples:
        etude read convolution
        echo 'page 5' | etude read convolution
      """)

  @Argument(
    help: "A lesson's name, folder or file; without it the only one there is.",
    completion: .lesson)
  var lesson: String?

  @OptionGroup var options: LessonOptions
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var deviceOption: DeviceOption

  /// Whether the environment asks for it.
  static var isWanted: Bool {
    getenv("ACCESSIBLE").map { !["", "0"].contains(String(cString: $0)) } ?? false
  }

  func run() throws {
    let device = try deviceOption.chosen()
    let (lesson, library) = try options.read(lesson ?? onlyLesson())
    try reading.requirePage(of: lesson)

    let streams = StandardStreams()
    let appearance = Appearance(background: .dark, colors: 0, hasUnicode: streams.hasUnicode)
    let configuration = reading.configuration(
      lesson, in: library, device: device, appearance: appearance)
    let dialogue = DialogueLoop(lesson: lesson, terminal: streams, configuration: configuration)
    streams.willTerminate = dialogue.finish
    dialogue.run()
    if let line = dialogue.loop.closingLine { Console.reportError(line) }
  }

  private func onlyLesson() throws -> String {
    let library = try options.library()
    let names = library.list()
    guard let first = names.first else { throw library.emptiness }
    guard names.count == 1 else {
      throw Diagnostic(
        "there are \(names.count) lessons: \(names.joined(separator: ", "))",
        hint: "name one, as in etude read \(first)")
    }
    return first
  }
}
