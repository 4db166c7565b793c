import Files
import Glibc

extension Lesson {
  /// The maximum file size in bytes.
  package static let maximumFileSize = 16 << 20

  /// Parses a lesson's text. Never fails: errors are in `problems`, and also shown as blocks.
  ///
  /// - Parameters:
  ///   - text: the contents of the lesson's file.
  ///   - file: the file name used in problems.
  ///   - folder: the folder that the lesson may read from, symlinks resolved.
  package init(parsing text: String, file: String, folder: String) {
    self = LessonReader.read(text, file: file, folder: folder)
  }

  /// Reads a lesson's file.
  ///
  /// Invalid UTF-8 is replaced and reported in the lesson's problems.
  /// - Throws: if the file cannot be read at all.
  package static func read(file path: String) throws(Problem) -> Lesson {
    let bytes = try contents(of: path)
    let text = String(decoding: bytes, as: UTF8.self)
    var lesson = Lesson(parsing: text, file: path, folder: folder(of: path))
    let invalid = invalidLines(of: bytes)
    if !invalid.isEmpty {
      lesson.problems += invalid.map { position in
        Problem(
          file: path, line: position.line, column: position.column,
          message: "this line is not UTF-8 text", hint: "save the file as UTF-8")
      }
      lesson.problems = lesson.problems.sortedByPosition()
    }
    return lesson
  }

  private static func contents(of path: String) throws(Problem) -> [UInt8] {
    func problem(_ message: String, _ hint: String?) -> Problem {
      Problem(file: path, line: 1, column: 1, message: message, hint: hint)
    }
    let file: RegularFile
    do throws(FileError) {
      file = try RegularFile(path: path)
    } catch {
      switch error {
      case .folder:
        throw problem("this is a folder, not a lesson's file", "give the path of its lesson.md")
      case .notRegular: throw problem("this is not a regular file", "give the path of a lesson.md")
      default:
        throw problem(
          "the file cannot be opened: \(error.reason)", error == .missing ? "check the name" : nil)
      }
    }
    guard file.size <= maximumFileSize else {
      throw problem(
        "the file is larger than \(maximumFileSize >> 20) MB, the limit for a lesson",
        "split the lesson")
    }
    do throws(FileError) {
      return try file.bytes(limit: maximumFileSize)
    } catch {
      throw problem("the file cannot be read: \(error.reason)", nil)
    }
  }

  /// The absolute path of a file's folder, symlinks resolved.
  private static func folder(of path: String) -> String {
    guard let resolved = realpath(path, nil) else { return "." }
    defer { free(resolved) }
    let parts = String(cString: resolved).split(separator: "/").dropLast()
    return "/" + parts.joined(separator: "/")
  }

  /// The lines with invalid UTF-8, each with the column of its first invalid byte.
  private static func invalidLines(of bytes: [UInt8]) -> [(line: Int, column: Int)] {
    guard String(validating: bytes, as: UTF8.self) == nil else { return [] }
    let lines = bytes.split(separator: .lineFeed, omittingEmptySubsequences: false)
    return lines.enumerated().compactMap { index, line in
      guard String(validating: line, as: UTF8.self) == nil else { return nil }
      let decoded = String(decoding: line, as: UTF8.self).unicodeScalars
      return (index + 1, decoded.prefix { $0 != "\u{FFFD}" }.count + 1)
    }
  }
}
