import Builtins
import ArgumentParser
import Curses
import EtudeApp
import Glibc
import Interpreter
import Lessons
import Messages
import Playback
import Progress
import Terminal

/// Opens the reader; the default command.
struct Open: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read a lesson.",
    discussion: """
      Examples:
        etude convolution
        etude open path/to/lesson.md --audio-device plughw:1,0
        etude convolution --fresh
      """)

  @Argument(
    help: "A lesson's name, folder or file; without it you choose from a list.",
    completion: .lesson)
  var lesson: String?

  @OptionGroup var options: LessonOptions

  @OptionGroup var reading: ReadingOptions

  @Flag(help: "Use the mouse: click, drag, scroll. M and the options (o) switch it, too.")
  var mouse = false

  @OptionGroup var deviceOption: DeviceOption

  func run() throws {
    if Read.isWanted {
      var read = Read()
      (read.lesson, read.options, read.reading, read.deviceOption) = (
        lesson, options, reading, deviceOption
      )
      return try read.run()
    }
    let device = try deviceOption.chosen()
    // Read before taking over the terminal: a wrong name is a line of text, not a flicker.
    let named = try lesson.map { try options.read($0) }
    try named.map { try reading.requirePage(of: $0.lesson) }
    let library = try named?.library ?? options.library()
    let names = library.list()
    if named == nil, names.isEmpty { throw library.emptiness }

    Screen.blockSignals()
    let screen: Screen
    do throws(ScreenError) {
      var options = Screen.Options()
      options.usesMouse = mouse
      screen = try Screen(options)
    } catch {
      throw Diagnostic(error.description)
    }
    defer { screen.close() }
    let display = CursesDisplay(screen)
    var appearance = Appearance(
      background: screen.suggestedBackground, colors: screen.colors,
      hasUnicode: screen.suggestedCharset == .unicode)
    appearance.usesMouse = mouse

    guard
      let lesson = try named?.lesson
        ?? chosen(from: names, library, display: display, appearance: appearance)
    else { return }
    // The terminal may have answered while the lessons were shown.
    appearance.background = screen.suggestedBackground
    var configuration = reading.configuration(
      lesson, in: library, device: device, appearance: appearance)
    let store = configuration.store
    configuration.openStore = { id in
      let store = ProgressStore(lesson: id, environment: ReadingOptions.environment)
      screen.setWillExit { store.finish() }
      return store
    }
    configuration.externalEditor = ExternalEditor(environment: ReadingOptions.environment)
    configuration.notices = [screen.remark].compactMap { $0 }
    let loop = ReaderLoop(lesson: lesson, display: display, configuration: configuration)
    screen.willTerminate = loop.finish
    screen.willSuspend = loop.prepareToStop
    screen.setWillExit { store?.finish() }
    loop.run()
    screen.close()
    for remark in loop.remarks { Console.writeLine(remark) }
    if let line = loop.closingLine { Console.reportError(line) }
  }

  /// The only lesson, or the one that the student picks; nil when she quits.
  private func chosen(
    from names: [String], _ library: LessonLibrary, display: CursesDisplay, appearance: Appearance
  ) throws -> Lesson? {
    if names.count == 1 { return try options.read(names[0]).lesson }
    let entries = names.map { name in
      LessonPicker.Entry(name: name, title: (try? options.read(name).lesson.title) ?? "")
    }
    let name = LessonPicker.run(entries: entries, display: display, appearance: appearance)
    return try name.map { try options.read($0).lesson }
  }
}
