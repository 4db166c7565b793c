import Glibc
import Messages

/// Which files cells may read and write.
package struct FileAccess: Sendable {
  package enum Reach: Sendable {
    /// Regular files in these folders, searched in order, symlinks resolved. A lesson writes to a
    /// folder of its own.
    case folders([String], writing: WritingFolder = .nowhere)
    /// Everything that the user can access, relative to the working directory: `etude eval`.
    case everything
  }

  /// Where a lesson's cells write.
  package enum WritingFolder: Sendable {
    /// `etude render`, which leaves no files behind.
    case nowhere
    /// Created on the first write.
    case folder(String)
    /// Why there is no folder, as a sentence.
    case missing(String)
  }

  package var reach: Reach

  package init(_ reach: Reach) { self.reach = reach }

  /// The path to open for a file that a cell names.
  ///
  /// - Throws: `Diagnostic` when there is no such file, when it is not a regular one (opening a
  ///   pipe or a device could block for ever), or when it is outside the allowed folders.
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
        throw Diagnostic(
          "the file '\(name)' is outside the folders that a lesson may read",
          hint: "put it in the lesson's folder")
      }
      throw failure == ENOENT
        ? Diagnostic(
          "there is no file '\(name)' in the lesson's folder or the audio folder",
          hint: "give its path relative to one of them")
        : Diagnostic("the file '\(name)' cannot be opened: \(String(cString: strerror(failure)))")
    }
  }

  // MARK: Writing

  /// Whether cells can write at all.
  package var canWrite: Bool {
    if case .folders(_, writing: .nowhere) = reach { false } else { true }
  }

  /// The folder that a lesson writes to, which may not exist yet.
  package var folderForWriting: String? {
    if case .folders(_, writing: .folder(let folder)) = reach { folder } else { nil }
  }

  package var isForLesson: Bool {
    if case .folders = reach { true } else { false }
  }

  /// The path to write to. Names of a lesson's files contain no folders.
  ///
  /// - Throws: `Diagnostic` when nothing may be written there, or the path exists and is not a
  ///   regular file; in a lesson, symlinks are rejected.
  package func pathForWriting(_ name: String) throws -> String {
    try Self.checkName(name)
    switch reach {
    case .everything:
      if let path = Self.resolved(name) { try Self.checkRegular(path, name) }
      return name
    case .folders(_, writing: .nowhere):
      throw Diagnostic("a lesson cannot write files here", hint: "save works in the reader")
    case .folders(_, writing: .missing(let reason)):
      throw Diagnostic("nothing can be saved: \(reason)")
    case .folders(_, writing: .folder(let folder)):
      guard !name.contains("/"), name.first != "." else {
        throw Diagnostic(
          "a lesson saves into a folder of its own, and '\(name)' is not a plain name",
          hint: "use a name without folders and without a leading dot")
      }
      let path = "\(folder)/\(name)"
      var status = stat()
      if lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
        throw Diagnostic("'\(name)' exists and is not a regular file", hint: "use another name")
      }
      return path
    }
  }

  private static func checkName(_ name: String) throws {
    guard !name.isEmpty else { throw Diagnostic("the file's name is empty") }
    guard !name.utf8.contains(0) else {
      throw Diagnostic("a file's name cannot contain a null character")
    }
  }

  /// The absolute path without symlinks, `.` and `..`; nil with `errno` set if there is no such
  /// file.
  private static func resolved(_ path: String) -> String? {
    guard let buffer = realpath(path, nil) else { return nil }
    defer { free(buffer) }
    return String(cString: buffer)
  }

  private static func openingError(_ name: String) -> Diagnostic {
    errno == ENOENT
      ? Diagnostic("there is no file '\(name)'", hint: "give its path from the working directory")
      : Diagnostic("the file '\(name)' cannot be opened: \(String(cString: strerror(errno)))")
  }

  private static func checkRegular(_ path: String, _ name: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else { throw openingError(name) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: throw Diagnostic("'\(name)' is a folder, not a file")
    default: throw Diagnostic("'\(name)' is not a regular file but a pipe or a device")
    }
  }
}
