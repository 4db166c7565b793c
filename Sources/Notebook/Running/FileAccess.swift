import Glibc

/// Which files cells may read and write.
package struct FileAccess: Sendable {
  package enum Reach: Sendable {
    /// Regular files below these folders, tried in order, links resolved. What a lesson writes goes
    /// into a folder of its own.
    case folders([String], writing: WritingFolder = .nowhere)
    /// Whatever the user may, relative to the working directory: `etude eval`.
    case everything
  }

  /// Where a lesson's cells write.
  package enum WritingFolder: Sendable {
    /// `etude render`, which leaves nothing behind.
    case nowhere
    /// Made when something is written into it.
    case folder(String)
    /// Why there is no folder, as a sentence.
    case missing(String)
  }

  package var reach: Reach

  package init(_ reach: Reach) { self.reach = reach }

  /// The path to open for a file that a cell names.
  ///
  /// - Throws: `CellError` when there is no such file, when it is not a regular one (opening a pipe
  ///   or a device could block for ever), or when it lies outside of the folders allowed.
  package func pathForReading(_ name: String) throws -> String {
    try Self.checkName(name)
    switch reach {
    case .everything:
      guard let path = Self.resolved(name) else { throw Self.openingError(name) }
      try Self.checkRegular(path, name)
      return path
    case .folders(let folders, _):
      let roots = folders.compactMap(Self.resolved).map { $0 == "/" ? $0 : $0 + "/" }
      var isOutside = false
      var failure = ENOENT
      for folder in folders {
        guard let path = Self.resolved(name.hasPrefix("/") ? name : "\(folder)/\(name)") else {
          if errno != ENOENT { failure = errno }
          continue
        }
        guard roots.contains(where: { path.hasPrefix($0) }) else {
          isOutside = true
          continue
        }
        try Self.checkRegular(path, name)
        return path
      }
      if isOutside {
        throw CellError(
          "the file '\(name)' lies outside of the folders that the lesson may read",
          mend: "put it into the lesson's folder")
      }
      throw failure == ENOENT
        ? CellError(
          "there is no file '\(name)' in the lesson's folder or the audio folder",
          mend: "give its path relative to one of them")
        : CellError("the file '\(name)' cannot be opened: \(String(cString: strerror(failure)))")
    }
  }

  // MARK: Writing

  /// Whether writing is meant to be possible at all.
  var canWrite: Bool {
    if case .folders(_, writing: .nowhere) = reach { false } else { true }
  }

  var isForLesson: Bool {
    if case .folders = reach { true } else { false }
  }

  /// The path to write to. A lesson's files have a name without folders.
  ///
  /// - Throws: `CellError` when nothing may be written there, or the path is taken by something that
  ///   is not a regular file; of a lesson's, a link is none.
  package func pathForWriting(_ name: String) throws -> String {
    try Self.checkName(name)
    switch reach {
    case .everything:
      if let path = Self.resolved(name) { try Self.checkRegular(path, name) }
      return name
    case .folders(_, writing: .nowhere):
      throw CellError("a lesson cannot write files here", mend: "save works in the reader")
    case .folders(_, writing: .missing(let reason)):
      throw CellError("nothing can be saved: \(reason)")
    case .folders(_, writing: .folder(let folder)):
      guard !name.contains("/"), name.first != "." else {
        throw CellError(
          "a lesson saves into a folder of its own, and '\(name)' is not a plain name",
          mend: "leave out folders and a dot in front")
      }
      let path = "\(folder)/\(name)"
      var status = stat()
      if lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
        throw CellError("'\(name)' exists and is not a regular file", mend: "take another name")
      }
      return path
    }
  }

  /// Makes the folder that a lesson writes into, where it is missing.
  func makeFolderForWriting() throws {
    guard case .folders(_, writing: .folder(let folder)) = reach else { return }
    try FileBytes.makeFolder(folder)
  }

  private static func checkName(_ name: String) throws {
    guard !name.isEmpty else { throw CellError("the file's name is empty") }
    guard !name.utf8.contains(0) else { throw CellError("a file's name cannot hold a null") }
  }

  /// The absolute path without links, `.` and `..`; nil with `errno` set when there is no such file.
  private static func resolved(_ path: String) -> String? {
    guard let buffer = realpath(path, nil) else { return nil }
    defer { free(buffer) }
    return String(cString: buffer)
  }

  private static func openingError(_ name: String) -> CellError {
    errno == ENOENT
      ? CellError("there is no file '\(name)'", mend: "give its path from the working directory")
      : CellError("the file '\(name)' cannot be opened: \(String(cString: strerror(errno)))")
  }

  private static func checkRegular(_ path: String, _ name: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else { throw openingError(name) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: throw CellError("'\(name)' is a folder, not a file")
    default: throw CellError("'\(name)' is not a regular file but a pipe or a device")
    }
  }
}
