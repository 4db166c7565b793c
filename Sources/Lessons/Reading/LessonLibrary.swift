import CellLanguage
import Files
import Glibc
import Messages

/// A folder of lessons, with a folder of sounds next to it.
///
/// A lesson is a folder that contains a lesson.md; the folder's name is the lesson's name.
package struct LessonLibrary: Sendable {
  package let folder: String

  /// - Parameter folder: a folder of lessons, as given with `--lessons`.
  package init(folder: String) { self.folder = folder }

  /// The lessons that come with the program: in ../share/etude if it is installed or unpacked, else
  /// next to it or to one of its parent folders, since build products are in the source tree.
  ///
  /// - Parameter program: the path of the program; nil for the running one.
  /// - Throws: which folders were searched.
  package static func find(from program: String? = nil) throws(Diagnostic) -> LessonLibrary {
    let start = parent(of: program ?? resolve("/proc/self/exe") ?? "")
    // First, since a folder above may by chance have lessons: the student's own, say.
    let shared = parent(of: start) + "/share/etude/lessons"
    if isFolder(shared) { return LessonLibrary(folder: shared) }
    var folder = start
    while true {
      let candidate = folder + "/lessons"
      if isFolder(candidate) { return LessonLibrary(folder: candidate) }
      if folder.isEmpty { break }
      folder = parent(of: folder)
    }
    throw Diagnostic(
      "the program's lessons are missing: there is neither \(shared), nor a folder 'lessons' next to "
        + "the program (\(start)) or above it",
      hint: "install Etude again, or name a folder of lessons with --lessons DIR")
  }

  /// The folder of these lessons' sounds, symlinks resolved; nil if there is none.
  package var audioFolder: String? {
    guard let resolved = Self.resolve(folder) else { return nil }
    let audio = Self.parent(of: resolved) + "/audio"
    return Self.isFolder(audio) ? Self.resolve(audio) : nil
  }

  /// The folders of sounds for a lesson, whatever folder of lessons was named: that beside its own folder
  /// of lessons, then those of other libraries. Symlinks resolved; without repetitions.
  ///
  /// - Parameter folder: the lesson's.
  package static func audioFolders(
    ofLessonIn folder: String, _ libraries: [LessonLibrary]
  ) -> [String] {
    let own = LessonLibrary(folder: parent(of: resolve(folder) ?? folder))
    var folders: [String] = []
    for case let audio? in ([own] + libraries).map(\.audioFolder) where !folders.contains(audio) {
      folders.append(audio)
    }
    return folders
  }

  /// The names of all lessons, sorted.
  package func list() -> [String] { folderNames.filter(FileName.isUsable) }

  /// Why lessons are left out of the list: the name of their folder cannot be used.
  package func refusals() -> [Diagnostic] {
    folderNames.compactMap { name in
      do throws(Diagnostic) {
        try FileName.check(name)
        return nil
      } catch {
        return Diagnostic("a lesson in \(folder) is left out: \(error.message)", hint: error.hint)
      }
    }
  }

  /// Why ``list()`` is empty.
  package var emptiness: Diagnostic {
    var message = "there are no lessons in \(folder)"
    do throws(FolderListing.Failure) {
      _ = try FolderListing.readableNames(in: folder)
    } catch {
      message = "the folder \(folder) cannot be read: \(String(cString: strerror(error.code)))"
    }
    return Diagnostic(message, hint: "name another folder with --lessons")
  }

  private var folderNames: [String] {
    FolderListing.names(in: folder).filter { Self.isFile(folder + "/" + $0 + "/lesson.md") }
  }

  /// The file of a lesson.
  ///
  /// - Parameter nameOrPath: a lesson's name in this library, the path of a lesson's folder, or
  ///   that of its file.
  /// - Throws: if there is no such lesson, with a suggestion.
  package func locate(_ nameOrPath: String) throws(Diagnostic) -> String {
    let isName = !nameOrPath.isEmpty && !nameOrPath.contains("/") && !nameOrPath.hasPrefix(".")
    let candidates =
      (isName ? [folder + "/" + nameOrPath + "/lesson.md"] : [])
      + [nameOrPath + "/lesson.md"] + (nameOrPath.hasSuffix(".md") ? [nameOrPath] : [])
    let file =
      candidates.first(where: Self.isFile)
      // A FIFO or a folder instead of a file: reading it reports what it is.
      ?? candidates.first { Self.mode(of: $0) != nil }
    if let file {
      try FileName.check(file)
      return file
    }
    switch Self.mode(of: nameOrPath) {
    case S_IFDIR?:
      let inside = LessonLibrary(folder: nameOrPath).list()
      throw Diagnostic(
        "the folder '\(nameOrPath)' has no lesson.md",
        hint: inside.isEmpty ? nil : "choose one of its lessons: \(inside.joined(separator: ", "))")
    case nil: break
    case _?:
      throw Diagnostic(
        "'\(nameOrPath)' is no lesson",
        hint: "a lesson is a file whose name ends in .md, or its folder")
    }
    let names = list()
    let known =
      names.isEmpty ? emptiness.message : "the lessons are: \(names.joined(separator: ", "))"
    throw Diagnostic(
      "there is no lesson '\(nameOrPath)'",
      hint: nearMatch(of: nameOrPath, among: names).map { "did you mean '\($0)'?" } ?? known)
  }

  // MARK: Paths

  private static func parent(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  private static func resolve(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func isFolder(_ path: String) -> Bool { mode(of: path) == S_IFDIR }

  private static func isFile(_ path: String) -> Bool { mode(of: path) == S_IFREG }

  private static func mode(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }
}
