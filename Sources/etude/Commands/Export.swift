import ArgumentParser
import EtudeApp
import Files
import Glibc
import Interpreter
import Lessons
import Messages
import Notebook
import Progress
import Publishing

struct Export: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable { case html, ipynb, py }

  static let configuration = CommandConfiguration(
    abstract: "Run a lesson and write it as a file for a browser, Jupyter or Python.",
    discussion: """
      Examples:
        etude export convolution -o convolution.html
        etude export convolution --with-progress -o my-lesson.html
        etude export convolution -o convolution.ipynb
      """)

  @Argument(help: "A lesson's name, folder or file.", completion: .lesson)
  var lesson: String

  @OptionGroup var options: LessonOptions

  @Option(
    name: .customLong("format"),
    help: """
      html: one file with pictures, sounds and questions. ipynb, py: the cells for Jupyter or Python, with etude.py \
      and the files that they read beside them. By default, what the output's ending says, or html.
      """)
  var chosenFormat: Format?

  @Option(
    name: [.short, .long], help: ArgumentHelp("The file to write.", valueName: "path"),
    completion: .file())
  var output: String

  @Flag(help: "Replace the file if it exists.")
  var force = false

  @Flag(help: "With your sliders, answers, edits and trained networks.")
  var withProgress = false

  @OptionGroup var deviceOption: DeviceOption

  func run() throws {
    let cancellation = Cancellation()
    let device = try deviceOption.chosen() ?? .cpu
    let (lesson, library) = try options.read(lesson)
    try checkName(for: lesson)
    try requireFree(output)
    let module = format == .html ? [] : [(folder + Companion.name, Array(Companion.text.utf8))]
    for (path, bytes) in module { try requireFree(path, unless: bytes) }
    let (progress, saved) = withProgress ? try work(on: lesson) : (nil, SavedState())
    var files = lesson.files(in: library)
    let opened = OpenedFiles()
    files.opened = opened
    let session = Session(
      lesson: lesson, files: files, device: device,
      interrupt: cancellation.interrupt, trainingObserver: cancellation.line.show)
    session.resume(saved)
    var failures: [String] = []
    for index in lesson.pages.indices {
      guard session.run(page: index) else { cancellation.end() }
      failures += lesson.failures(
        onPage: index, in: session.snapshot(ofPage: index), reasons: true)
    }
    let shown = progress.map { lesson.applying($0.edits) } ?? lesson
    let exporter: any Exporter =
      switch format {
      case .html: HTMLExporter(progress: progress)
      case .ipynb: NotebookExporter(progress: progress)
      case .py: ScriptExporter(progress: progress)
      }
    let text = exporter.export(shown, session.snapshot, pages: Array(lesson.pages.indices))
    let companions = try format == .html ? [] : module + copies(of: opened)
    try write(companions + [(output, Array(text.utf8))])
    if !failures.isEmpty {
      throw Diagnostic(
        "\(output) was written, but not all of the lesson worked: \(failures.joined(separator: ", "))"
      )
    }
  }

  /// Before anything is computed: minutes later is too late to hear of a folder that cannot be written to.
  ///
  /// - Parameter bytes: a file with these is as good as none.
  private func requireFree(_ path: String, unless bytes: [UInt8]? = nil) throws {
    _ = try replacement(of: path)
    guard !force, access(path, F_OK) == 0 else { return }
    if let bytes, (try? RegularFile(path: path).bytes(limit: bytes.count + 1)) == bytes { return }
    throw Diagnostic("\(path) exists", hint: "--force replaces it")
  }

  /// All of the files, or none.
  private func write(_ files: [(path: String, bytes: [UInt8])]) throws {
    var complete: [(path: String, file: FileReplacement)] = []
    for (path, bytes) in files {
      let file = try replacement(of: path)
      try saying(path) { () throws(FileError) in try file.write(bytes) }
      complete.append((path, file))
    }
    for (path, file) in complete { try saying(path) { () throws(FileError) in try file.commit() } }
  }

  private func replacement(of path: String) throws -> FileReplacement {
    try saying(path) { () throws(FileError) in try FileReplacement(of: path) }
  }

  private func saying<Result>(
    _ path: String, _ write: () throws(FileError) -> Result
  ) throws -> Result {
    do throws(FileError) {
      return try write()
    } catch .missing {
      guard !path.isEmpty else { throw Diagnostic("--output needs the name of a file") }
      let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
      guard access(folder, F_OK) != 0 else {
        throw Diagnostic("\(path) was not written: \(folder) takes no files")
      }
      throw Diagnostic(
        "\(path) was not written: there is no folder \(folder)", hint: "make it first")
    } catch .folder {
      throw Diagnostic("\(path) is a folder", hint: "name a file, as in \(example(in: path))")
    } catch {
      throw Diagnostic("\(path) was not written: \(error.reason)")
    }
  }

  private func example(in folder: String) -> String {
    "\(folder)\(folder.hasSuffix("/") ? "" : "/")lesson.\(format.rawValue)"
  }

  private var format: Format {
    chosenFormat ?? output.lastIndex(of: ".").flatMap {
      Format(rawValue: String(output[$0...].dropFirst()))
    }
      ?? .html
  }

  /// The output's folder, with a slash at its end.
  private var folder: String { output.lastIndex(of: "/").map { String(output[...$0]) } ?? "" }

  /// - Throws: where the output would replace the lesson, or what a notebook needs beside it.
  private func checkName(for lesson: Lesson) throws {
    if let existing = try? RegularFile(path: output), let own = try? RegularFile(path: lesson.file),
      existing.isSame(as: own)
    {
      throw Diagnostic("\(output) is the lesson itself", hint: "choose another name")
    }
    if format != .html, output == folder + Companion.name {
      throw Diagnostic(
        "\(Companion.name) is the file that the cells import, beside the output",
        hint: "choose another name")
    }
  }

  /// What the cells have read, to lie beside the output under the names that they use. Files elsewhere, with
  /// an absolute path, stay where they are.
  private func copies(of opened: OpenedFiles) throws -> [(path: String, bytes: [UInt8])] {
    var files: [(path: String, bytes: [UInt8])] = []
    for (name, source) in opened.pathsByName.sorted(by: { $0.key < $1.key })
    where !name.hasPrefix("/") && !name.split(separator: "/").contains("..") {
      let path = folder + name
      let bytes = try saying(path) { () throws(FileError) in
        try RegularFile(path: source).bytes(limit: 1 << 30)
      }
      try makeFolders(above: name)
      try requireFree(path, unless: bytes)
      files.append((path, bytes))
    }
    return files
  }

  /// Of a name such as "sounds/bell.wav", beside the output.
  private func makeFolders(above name: String) throws {
    for index in name.indices where name[index] == "/" {
      let path = folder + name[..<index]
      guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
        throw Diagnostic("\(path) was not made: \(String(cString: strerror(errno)))")
      }
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
    saved.score = progress.score(in: lesson)
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
