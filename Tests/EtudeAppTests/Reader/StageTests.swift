import Builtins
import EtudeApp
import Interpreter
import Lessons
import Notebook
import Pages
import SampleLessons
import Terminal
import Testing

/// Walks through all pages of the lesson that comes with the program, as a student does, at three sizes.
@Suite("The stage")
struct StageTests {
  private static let sizes = [(80, 24), (100, 30), (140, 45)]

  private static var root: String {
    String(#filePath.prefix(upTo: #filePath.range(of: "/Tests/")!.lowerBound))
  }

  /// A lesson whose cells have run, page by page, and the reader on it.
  private struct Walk {
    let lesson: Lesson
    private let session: Session

    init() throws {
      lesson = try Lesson.read(path: StageTests.root + "/lessons/convolution/lesson.md")
      session = Session(
        lesson: lesson,
        files: FileAccess(.folders([lesson.folder, StageTests.root + "/audio"])))
    }

    /// - Parameter isRun: whether the page's cells run here; training takes too long for a test.
    func reader(page: Int, width: Int, height: Int, charset: Charset = .unicode) -> Reader {
      var appearance = Appearance(background: .dark, colors: 256, hasUnicode: charset == .unicode)
      appearance.hasSound = true
      var reader = Reader(
        lesson: lesson, width: width, height: height, appearance: appearance,
        reference: Reader.Reference(devices: { [] }, vocabulary: .standard))
      for key in "\(page + 1)" { _ = reader.handle(.key(.character(key))) }
      _ = reader.handle(.key(.enter))
      session.run(page: page)
      _ = reader.update(snapshot: session.snapshot)
      return reader
    }
  }
}
