import Files
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
  /// Is told of each file that is opened.
  package var opened: OpenedFiles?

  package init(_ reach: Reach) { self.reach = reach }

  /// Opens a file that a cell names.
  ///
  /// - Throws: `Diagnostic` when there is no such file, when it is not a regular one (opening a
  ///   pipe or a device could block for ever), or when it is outside the allowed folders.
  package func open(_ name: String) throws(Diagnostic) -> RegularFile {
    try FileName.check(name)
    do throws(FileError) {
      let file =
        switch reach {
        case .everything: try RegularFile(path: name)
        case .folders(let folders, _): try FolderSearch(folders: folders).open(name)
        }
      opened?.add(name, path: file.path)
      return file
    } catch {
      throw failure(name, error)
    }
  }

  private func failure(_ name: String, _ error: FileError) -> Diagnostic {
    switch error {
    case .missing where isForLesson:
      Diagnostic(
        "there is no file '\(name)' in the lesson's folder or the audio folder",
        hint: "give its path relative to one of them")
    case .missing:
      Diagnostic(
        "there is no file '\(name)'", hint: "give its path from the working directory")
    case .folder: Diagnostic("'\(name)' is a folder, not a file")
    case .notRegular: Diagnostic("'\(name)' is not a regular file but a pipe or a device")
    case .outside:
      Diagnostic(
        "the file '\(name)' is outside the folders that a lesson may read",
        hint: "put it in the lesson's folder")
    case .link, .forbidden, .system:
      Diagnostic("the file '\(name)' cannot be opened: \(error.reason)")
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
  /// - Throws: `Diagnostic` when nothing may be written there, or something else than a regular file
  ///   is there already, a link for example. Whoever writes checks again: see `FileReplacement`.
  package func pathForWriting(_ name: String) throws(Diagnostic) -> String {
    try FileName.check(name)
    let path: String
    switch reach {
    case .everything: path = name
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
      path = "\(folder)/\(name)"
    }
    switch FileReplacement.obstacle(at: path) {
    case nil: return path
    case .folder?: throw Diagnostic("'\(name)' is a folder, not a file", hint: "use another name")
    case .link?:
      throw Diagnostic(
        "'\(name)' is a symbolic link, which save does not follow", hint: "use another name")
    default:
      throw Diagnostic("'\(name)' exists and is not a regular file", hint: "use another name")
    }
  }
}
