import ArgumentParser
import Interpreter
import Lessons
import Messages

/// Where lessons are, and how their names are resolved to files.
struct LessonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The folder of lessons.", valueName: "dir"), completion: .directory)
  var lessons: String?

  func library() throws -> LessonLibrary {
    if let lessons { return LessonLibrary(folder: lessons) }
    return try LessonLibrary.find()
  }

  /// A path needs no library; sounds are then searched beside the lesson only.
  private func libraryOrHere(for name: String) throws -> LessonLibrary {
    do {
      return try library()
    } catch {
      let here = LessonLibrary(folder: ".")
      guard (try? here.locate(name)) != nil else { throw error }
      return here
    }
  }

  /// A lesson by its name, its folder or its file.
  func read(_ name: String) throws -> (lesson: Lesson, library: LessonLibrary) {
    let library = try libraryOrHere(for: name)
    do {
      return (try Lesson.read(file: library.locate(name)), library)
    } catch let problem as Problem {
      throw Diagnostic("\(problem.file): \(problem.message)", hint: problem.hint)
    }
  }
}

extension CompletionKind {
  /// The names of the lessons that come with the program.
  static var lesson: CompletionKind {
    .custom { _, _, _ in (try? LessonLibrary.find().list()) ?? [] }
  }
}

extension LessonLibrary {
  /// Where a lesson's sounds are looked for after its own folder. `--lessons` adds a folder of sounds, and
  /// takes none away.
  func audioFolders(for lesson: Lesson) -> [String] {
    let standard = try? LessonLibrary.find()
    return Self.audioFolders(ofLessonIn: lesson.folder, [self] + (standard.map { [$0] } ?? []))
  }
}

extension Lesson {
  /// - Parameter page: counted from 1.
  func requirePage(_ page: Int) throws {
    guard !pages.indices.contains(page - 1) else { return }
    throw Diagnostic(
      "there is no page \(page)",
      hint: pages.count == 1 ? "there is only page 1" : "pages go from 1 to \(pages.count)")
  }

  /// What the lesson's cells may read: its own folder, and the library's sounds.
  func files(
    in library: LessonLibrary, writing: FileAccess.WritingFolder = .nowhere
  ) -> FileAccess {
    FileAccess(.folders([folder] + library.audioFolders(for: self), writing: writing))
  }
}
