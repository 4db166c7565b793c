import ArgumentParser
import EtudeApp
import Lessons
import Messages
import Notebook
import Pages
import Publishing
import Terminal

struct Render: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, ansi, svg }
  enum CharacterSet: String, ExpressibleByArgument, CaseIterable { case unicode, ascii }

  static let configuration = CommandConfiguration(
    abstract: "Run a lesson and print its pages.",
    discussion: """
      Examples:
        etude render convolution --page 5
        etude render convolution --width 140 --format ansi | less -R
        etude render convolution --page 5 --format svg > page.svg
      """)

  @Argument(help: "A lesson's name, folder or file.", completion: .lesson)
  var lesson: String

  @OptionGroup var options: LessonOptions

  @Option(help: ArgumentHelp("The page to print; else all of them.", valueName: "n"))
  var page: Int?

  @Option(help: ArgumentHelp("Columns, from 20 to 500.", valueName: "w"))
  var width = 80

  @Option(
    help: ArgumentHelp(
      "Arrange pages for a screen of this many rows; else cells are shown in full.",
      valueName: "h"))
  var height: Int?

  @Option(help: "unicode or ascii.")
  var charset = CharacterSet.unicode

  @Option(help: "text, ansi with colours, or svg, a picture of one page.")
  var format = Format.text

  func validate() throws {
    guard (20...500).contains(width) else {
      throw ValidationError("--width \(width) is not between 20 and 500")
    }
    guard height.map({ (3...1000).contains($0) }) ?? true else {
      throw ValidationError("--height is not between 3 and 1000")
    }
  }

  @OptionGroup var deviceOption: DeviceOption

  func run() throws {
    let cancellation = Cancellation()
    let device = try deviceOption.chosen() ?? .cpu
    let (lesson, library) = try options.read(lesson)
    if let page { try lesson.requirePage(page) }
    if format == .svg, page == nil, lesson.pages.count > 1 {
      throw Diagnostic("a picture shows one page", hint: "name it with --page")
    }
    let session = Session(
      lesson: lesson, files: lesson.files(in: library), device: device,
      interrupt: cancellation.interrupt, trainingObserver: cancellation.line.show)
    let look = PageLook(
      width: width, height: height.map { $0 - 2 },
      theme: format == .ansi ? Theme(background: .dark, colors: 256) : .monochrome,
      charset: charset == .unicode ? .unicode : .ascii)
    let exporter: any Exporter =
      format == .svg
      ? SVGExporter(look: look) : TextExporter(look: look, isColored: format == .ansi)
    var failures: [String] = []
    let indices = page.map { [$0 - 1] } ?? Array(lesson.pages.indices)
    for (position, index) in indices.enumerated() {
      if position > 0 { Console.write("\n") }
      guard session.run(page: index) else { cancellation.end() }
      let snapshot = session.snapshot(ofPage: index)
      Console.writeStyled(exporter.export(lesson, snapshot, pages: [index]))
      failures += lesson.failures(onPage: index, in: snapshot)
    }
    if !failures.isEmpty { throw Diagnostic("failed: \(failures.joined(separator: ", "))") }
  }
}
