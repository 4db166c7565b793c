import ArgumentParser
import EtudeApp
import Files
import Glibc
import Lessons
import Messages
import Notebook
import Progress
import Publishing

struct Export: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable { case html }

  static let configuration = CommandConfiguration(
    abstract: "Run a lesson and write it as one file, to be read without etude.",
    discussion: """
      Examples:
        etude export convolution -o convolution.html
        etude export convolution --with-progress -o my-lesson.html
      """)

  @Argument(help: "A lesson's name, folder or file.")
  var lesson: String

  @OptionGroup var options: LessonOptions

  @Option(help: "html: one file with pictures, sounds and questions.")
  var format = Format.html

  @Option(name: [.short, .long], help: ArgumentHelp("The file to write.", valueName: "path"))
  var output: String

  @Flag(help: "Replace the file if it exists.")
  var force = false

  @Flag(help: "With your sliders, answers, edits and trained networks.")
  var withProgress = false

  @OptionGroup var deviceOption: DeviceOption

  func run() throws {
    let cancellation = Cancellation()
    let device = try deviceOption.chosen()
    let (lesson, library) = try options.read(lesson)
    try requireFree(output)
    let (progress, saved) = withProgress ? try work(on: lesson) : (nil, SavedState())
    let session = Session(
      lesson: lesson, files: lesson.files(in: library), device: device,
      interrupt: cancellation.interrupt, trainingObserver: cancellation.line.show)
    session.resume(saved)
    var failures: [String] = []
    for index in lesson.pages.indices {
      guard session.run(page: index) else { cancellation.end() }
      failures += lesson.failures(onPage: index, in: session.snapshot(ofPage: index))
    }
    let shown = progress.map { lesson.applying($0.edits) } ?? lesson
    let text = HTMLExporter(progress: progress)
      .export(shown, session.snapshot, pages: Array(lesson.pages.indices))
    try write(text)
    if !failures.isEmpty {
      throw Diagnostic(
        "\(output) was written, but not all of the lesson worked: \(failures.joined(separator: ", "))"
      )
    }
  }

  /// Before anything is computed.
  private func requireFree(_ path: String) throws {
    guard !force, access(path, F_OK) == 0 else { return }
    throw Diagnostic("\(path) exists", hint: "--force replaces it")
  }

  private func write(_ text: String) throws {
    do throws(FileError) {
      let file = try FileReplacement(of: output)
      try file.write(Array(text.utf8))
      try file.commit()
    } catch {
      throw Diagnostic("\(output) was not written: \(error)")
    }
  }

  /// What the student has done in the lesson.
  private func work(on lesson: Lesson) throws -> (Progress, SavedState) {
    let store = ProgressStore(
      lesson: lesson.id, environment: { name in getenv(name).map { String(cString: $0) } })
    guard let savedProgress = store.saved else {
      throw Diagnostic(
        "there is no progress in the lesson '\(lesson.id)'", hint: "leave --with-progress out")
    }
    let outline = LessonOutline(of: lesson)
    var changes = LessonChanges()
    let progress = Progress(savedProgress, in: outline, changes: &changes)
    var saved = SavedState()
    saved.widgets = progress.widgets
    saved.edits = progress.edits.mapValues(\.source)
    saved.runs = { store.runs(in: outline) }
    return (progress, saved)
  }
}

extension Lesson {
  /// With the student's texts of its cells.
  fileprivate func applying(_ edits: [String: Progress.Edit]) -> Lesson {
    var lesson = self
    for (cell, edit) in edits { lesson.replaceSource(ofCell: cell, by: edit.source) }
    return lesson
  }
}
