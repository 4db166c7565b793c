import Glibc

extension Lesson {
  /// The largest file that is read, in bytes.
  package static let largestFile = 16 << 20

  /// Reads a lesson's text. Never fails: what is wrong is in `problems` and, as a block, in place.
  ///
  /// - Parameters:
  ///   - text: the contents of the lesson's file.
  ///   - file: the file as problems are to name it.
  ///   - folder: the folder that the lesson may read from, links resolved.
  package init(parsing text: String, file: String, folder: String) {
    self = LessonReader.read(text, file: file, folder: folder)
  }

  /// Reads a lesson's file.
  ///
  /// Bytes that are not UTF-8 are replaced and reported among the lesson's problems.
  /// - Throws: why the file could not be read at all.
  package static func read(file path: String) throws(Problem) -> Lesson {
    let bytes = try contents(of: path)
    let text = String(decoding: bytes, as: UTF8.self)
    var lesson = Lesson(parsing: text, file: path, folder: folder(of: path))
    let invalid = invalidLines(of: bytes)
    if !invalid.isEmpty {
      lesson.problems += invalid.map { place in
        Problem(
          file: path, line: place.line, column: place.column,
          message: "this line is not UTF-8 text", mend: "save the file as UTF-8")
      }
      lesson.problems = lesson.problems.sortedByPosition()
    }
    return lesson
  }

  private static func contents(of path: String) throws(Problem) -> [UInt8] {
    func problem(_ message: String, _ mend: String?) -> Problem {
      Problem(file: path, line: 1, column: 1, message: message, mend: mend)
    }
    // Without O_NONBLOCK, opening a pipe would wait for somebody to write to it.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      let mend = errno == ENOENT ? "check the name" : nil
      throw problem("the file cannot be opened: \(String(cString: strerror(errno)))", mend)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw problem("the file cannot be read: \(String(cString: strerror(errno)))", nil)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw problem("this is a folder, not a lesson's file", "name its lesson.md")
    default: throw problem("this is not a regular file", "give a lesson's lesson.md")
    }
    guard status.st_size <= largestFile else {
      throw problem(
        "the file has \(status.st_size >> 20) MB; a lesson has at most \(largestFile >> 20) MB",
        "divide the lesson")
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else {
        throw problem("the file cannot be read: \(String(cString: strerror(errno)))", nil)
      }
      // A file that grows while it is read is cut; the limit holds all the same.
      guard count > 0, bytes.count < largestFile else { return bytes }
      bytes += buffer[..<count]
    }
  }

  /// The folder of a file, absolute, links resolved.
  private static func folder(of path: String) -> String {
    guard let resolved = realpath(path, nil) else { return "." }
    defer { free(resolved) }
    let parts = String(cString: resolved).split(separator: "/").dropLast()
    return "/" + parts.joined(separator: "/")
  }

  /// The lines that are not UTF-8, each with the column of its first bad byte.
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
