import CellLanguage
import Glibc

/// The folder that holds the lessons, and the one with their sounds beside it.
///
/// A lesson is a folder with a file lesson.md; its name is the folder's.
package struct LessonLibrary: Sendable {
  package let folder: String

  /// - Parameter folder: a folder of lessons, such as `--lessons` names.
  package init(folder: String) { self.folder = folder }

  /// The lessons that came with the program: beside it or in a folder above (a build's products
  /// lie in the source tree), else in ../share/etude as it is installed.
  ///
  /// - Parameter program: where the program is; nil for the one that runs.
  /// - Throws: where was looked.
  package static func find(from program: String? = nil) throws(LibraryError) -> LessonLibrary {
    let start = parent(of: program ?? resolve("/proc/self/exe") ?? "")
    var folder = start
    while true {
      let candidate = folder + "/lessons"
      if isFolder(candidate) { return LessonLibrary(folder: candidate) }
      if folder.isEmpty { break }
      folder = parent(of: folder)
    }
    let shared = parent(of: start) + "/share/etude/lessons"
    guard isFolder(shared) else {
      throw LibraryError(
        message: "no folder 'lessons' beside the program (\(start)) or above it",
        mend: "name one with --lessons DIR")
    }
    return LessonLibrary(folder: shared)
  }

  /// The folder of sounds that belongs to these lessons, links resolved; nil where there is none.
  package var audioFolder: String? {
    guard let resolved = Self.resolve(folder) else { return nil }
    let audio = Self.parent(of: resolved) + "/audio"
    return Self.isFolder(audio) ? Self.resolve(audio) : nil
  }

  /// The names of all lessons, sorted.
  package func list() -> [String] {
    FolderListing.names(in: folder).filter { Self.isFile(folder + "/" + $0 + "/lesson.md") }
  }

  /// The file of a lesson.
  ///
  /// - Parameter nameOrPath: a lesson's name in this library, the path of a lesson's folder, or
  ///   that of its file.
  /// - Throws: what was looked for, with the lesson that was probably meant.
  package func locate(_ nameOrPath: String) throws(LibraryError) -> String {
    let isName = !nameOrPath.isEmpty && !nameOrPath.contains("/") && !nameOrPath.hasPrefix(".")
    let candidates =
      (isName ? [folder + "/" + nameOrPath + "/lesson.md"] : [])
      + [nameOrPath + "/lesson.md"] + (nameOrPath.hasSuffix(".md") ? [nameOrPath] : [])
    if let file = candidates.first(where: Self.isFile) { return file }
    // A pipe or a folder in a lesson's place: reading it says what it is.
    if let other = candidates.first(where: { Self.mode(of: $0) != nil }) { return other }
    let names = list()
    let known =
      names.isEmpty
      ? "there are no lessons in \(folder)" : "there are: \(names.joined(separator: ", "))"
    throw LibraryError(
      message: "there is no lesson '\(nameOrPath)'",
      mend: nearMatch(of: nameOrPath, among: names).map { "did you mean '\($0)'?" } ?? known)
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

/// Why a lesson, or the folder of lessons, was not found.
package struct LibraryError: Error, Hashable, Sendable {
  package var message: String
  package var mend: String

  package init(message: String, mend: String) {
    self.message = message
    self.mend = mend
  }
}
