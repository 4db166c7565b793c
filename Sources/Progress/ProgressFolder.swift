import FileFormats
import Files
import Glibc
import Lessons
import Messages
import Notebook

/// The folder of one lesson's progress:
///
///     lock                              held by the reader that saves; says which cell is running
///     progress/progress.json
///     progress/CELL-CALL.safetensors    a run, finished or at the end of an epoch; CELL is the cell's id,
///                                       else a hash of its text
///     progress/drafts.json              texts of cells whose editing was cut short
///     progress-1/ …                     copies from before the lesson or a page was reset
///     files/                            files saved by the lesson's cells
///
/// Files are replaced atomically: written under another name, synced, and renamed. Starting over is
/// a single rename, too. So a crash at any moment leaves either the old state or the new one.
package struct ProgressFolder: Sendable {
  /// Far more than a student can type.
  private static let progressLimit = 16 << 20
  /// Data and weights, each written once.
  private static let runLimit = 2 * SavedRun.byteLimit
  private static let runEnding = ".safetensors"

  /// The lesson's folder.
  package let path: String

  private var current: String { "\(path)/progress" }
  private var progressFile: String { "\(current)/progress.json" }
  private static let draftsName = "drafts.json"

  /// - Parameters:
  ///   - id: the lesson's; any text.
  ///   - root: the folder for all lessons.
  package init(lesson id: String, root: String) { path = "\(root)/\(Self.fileName(for: id))" }

  /// Where lessons keep their progress: $XDG_STATE_HOME/etude, else ~/.local/state/etude.
  ///
  /// - Throws: when neither is set to an absolute path.
  package static func root(
    environment: (String) -> String?
  ) throws(Diagnostic) -> String {
    // The specification says to ignore relative paths.
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") { return "\(state)/etude" }
    if let home = environment("HOME"), home.hasPrefix("/") { return "\(home)/.local/state/etude" }
    throw Diagnostic("neither HOME nor XDG_STATE_HOME names a folder")
  }

  /// Creates the folder if it is missing.
  package func make() throws(Diagnostic) {
    do throws(Diagnostic) {
      try FileBytes.makeFolder(current)
    } catch {
      throw Diagnostic(shortened(error.message))
    }
  }

  /// - Returns: nil when another process holds it.
  package func lock() throws(Diagnostic) -> FileLock? {
    let descriptor = open("\(path)/lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw failure(path, "is not writable")
    }
    let lock = FileLock(descriptor: descriptor)
    // Some network file systems have no locks: better to save without one.
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK { return nil }
    return lock
  }

  /// Call before writing: another disk may have been mounted over the folder, or another folder moved to
  /// its place, and what is saved there has not been read.
  ///
  /// - Returns: whether the folder is the one with the lock. One that has been removed counts: it will be
  ///   made again.
  package func isHeld(by lock: FileLock) throws(Diagnostic) -> Bool {
    guard let present = try status(of: "\(path)/lock"), let held = lock.status else { return true }
    return present.st_dev == held.st_dev && present.st_ino == held.st_ino
  }

  // MARK: Files

  /// - Returns: nil when nothing was saved.
  package func readProgress() throws(SavedFileError) -> SavedProgress? {
    guard let bytes = try contents(of: progressFile, limit: Self.progressLimit) else { return nil }
    do throws(Diagnostic) {
      return try SavedProgress(json: bytes)
    } catch {
      throw .damaged(error)
    }
  }

  package func write(_ progress: SavedProgress) throws(Diagnostic) {
    let bytes = Array(progress.json.utf8)
    guard bytes.count <= Self.progressLimit else {
      throw Diagnostic("it has become larger than \(Self.progressLimit >> 20) MB")
    }
    try write(bytes, to: progressFile)
  }

  /// The names of the files with finished runs.
  package func runNames() throws(Diagnostic) -> [String] {
    try names().filter { $0.hasSuffix(Self.runEnding) }
  }

  /// - Returns: nil when it is gone.
  package func readRun(_ name: String) throws(SavedFileError) -> SavedRun? {
    guard let bytes = try contents(of: "\(current)/\(name)", limit: Self.runLimit) else {
      return nil
    }
    do throws(Diagnostic) {
      var run = try SavedRun(fileBytes: bytes)
      run.file = name
      return run
    } catch {
      throw .damaged(Diagnostic(shortened(error.message)))
    }
  }

  /// Writes a run under the name of its cell, and removes the file that it was read from, if that had
  /// another name.
  package func write(_ run: SavedRun) throws(Diagnostic) {
    let name = Self.name(of: run)
    try write(run.fileBytes(), to: "\(current)/\(name)")
    if let file = run.file, file != name { unlink("\(current)/\(file)") }
  }

  /// The cell's id and the number of the call. A cell without an id goes by what it says: whatever its
  /// place is, no other run overwrites this one.
  package static func name(of run: SavedRun) -> String {
    guard let cell = run.cell, cell.name == nil else {
      return "\(fileName(for: run.id.cell))-\(run.id.call)\(runEnding)"
    }
    let number = cell.place.inLesson.count > 1 ? ".\(cell.place.inLesson.number)" : ""
    return "\(hashedName(for: cell.statement))\(number)-\(run.id.call)\(runEnding)"
  }

  /// - Returns: nil when there is no such file.
  private func contents(of file: String, limit: Int) throws(SavedFileError) -> [UInt8]? {
    let status: stat?
    let bytes: [UInt8]?
    do throws(Diagnostic) {
      status = try targetStatus(of: file)
      let isReadable =
        status.map { $0.st_mode & S_IFMT == S_IFREG && $0.st_size <= limit } ?? false
      bytes = isReadable ? try FileBytes.read(file, limit: limit) : nil
    } catch {
      throw .unreadable(Diagnostic(shortened(error.message)))
    }
    guard let status, bytes == nil else { return bytes }
    throw .damaged(
      Diagnostic(
        status.st_mode & S_IFMT == S_IFREG
          ? "\(shortened(file)) is larger than \(limit >> 20) MB"
          : "\(shortened(file)) is not a regular file"))
  }

  /// - Returns: none when there is no file.
  package func readDrafts() throws(SavedFileError) -> [CellDraft] {
    let file = "\(current)/\(Self.draftsName)"
    guard let bytes = try contents(of: file, limit: Self.progressLimit) else { return [] }
    do throws(Diagnostic) {
      return try CellDraft.drafts(json: bytes)
    } catch {
      throw .damaged(error)
    }
  }

  package func write(_ drafts: [CellDraft]) throws(Diagnostic) {
    let file = "\(current)/\(Self.draftsName)"
    if drafts.isEmpty {
      unlink(file)
    } else {
      try write(Array(CellDraft.json(drafts).utf8), to: file)
    }
  }

  /// Moves damaged drafts out of the way; see ``setAside(run:)``.
  package func setAsideDrafts() -> String? { setAside(run: Self.draftsName) }

  private func write(_ bytes: [UInt8], to file: String) throws(Diagnostic) {
    if access(current, F_OK) != 0 { try make() }
    do throws(Diagnostic) {
      try FileBytes.write(bytes, to: file, isDurable: true)
    } catch {
      throw Diagnostic(shortened(error.message))
    }
  }

  // MARK: Whole states

  /// Moves all saved state out of the way.
  ///
  /// - Returns: where it is now; nil when there was nothing.
  package func startOver() throws(Diagnostic) -> String? {
    guard try !names().isEmpty else { return nil }
    let place = try freeName("progress-", in: path)
    guard rename(current, place) == 0 else {
      throw failure(current, "cannot be renamed")
    }
    return shortened(place)
  }

  /// Writes a copy of progress beside those of ``startOver()``; runs stay where they are.
  ///
  /// - Returns: where the copy is.
  package func keep(_ progress: SavedProgress) throws(Diagnostic) -> String {
    let place = try freeName("progress-", in: path)
    guard mkdir(place, 0o700) == 0 else {
      throw failure(place, "cannot be created")
    }
    do throws(Diagnostic) {
      try write(Array(progress.json.utf8), to: "\(place)/progress.json")
    } catch {
      rmdir(place)
      throw error
    }
    return shortened(place)
  }

  /// Moves a damaged file (or whatever has its name) out of the way; nil for the progress itself.
  ///
  /// - Returns: where it is now; nil when it could not be moved.
  package func setAside(run name: String?) -> String? {
    let file = name.map { "\(current)/\($0)" } ?? progressFile
    guard let place = try? freeName("\(file).damaged-", in: ""), rename(file, place) == 0 else {
      return nil
    }
    return shortened(place)
  }

  /// Removes temporary files left by killed writers. Call only while holding the lock.
  ///
  /// - Throws: when the folder cannot be read. It must not be written to then, since nobody knows what it
  ///   holds.
  package func removeTemporaryFiles() throws(Diagnostic) {
    for name in try names() where name.hasSuffix(FileReplacement.temporarySuffix) {
      unlink("\(current)/\(name)")
    }
  }

  // MARK: Names

  /// The names in the folder of progress; none when there is no such folder.
  private func names() throws(Diagnostic) -> [String] {
    do {
      return try FolderListing.readableNames(in: current)
    } catch {
      if error.code == ENOENT, try status(of: current) == nil { return [] }
      throw failure(current, "cannot be read", error.code)
    }
  }

  private func freeName(_ start: String, in folder: String) throws(Diagnostic) -> String {
    let start = folder.isEmpty ? start : "\(folder)/\(start)"
    var number = 1
    while try status(of: "\(start)\(number)") != nil { number += 1 }
    return "\(start)\(number)"
  }

  /// What this name leads to; nil when nothing has it.
  private func targetStatus(of path: String) throws(Diagnostic) -> stat? {
    var status = stat()
    if stat(path, &status) == 0 { return status }
    let code = errno
    // A link to nothing may lead to a disk that is not there yet.
    if code == ENOENT, try self.status(of: path) == nil { return nil }
    throw failure(path, "cannot be read", code)
  }

  /// What has this name, links not followed; nil when nothing has.
  ///
  /// - Throws: when that cannot be told. Only ENOENT means that there is nothing.
  private func status(of path: String) throws(Diagnostic) -> stat? {
    var status = stat()
    if lstat(path, &status) == 0 { return status }
    let code = errno
    if code == ENOENT { return nil }
    throw failure(path, "cannot be read", code)
  }

  /// Ids that are plain names stay as they are; others are hashed, since they may contain slashes
  /// or dots, or be too long.
  static func fileName(for id: String) -> String {
    let isPlain =
      (1...64).contains(id.utf8.count) && id.first != "." && id.first != "-"
      && id.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: "."):
          true
        default: false
        }
      }
    return isPlain ? id : hashedName(for: id)
  }

  /// The underscore sets it apart from most plain ids.
  private static func hashedName(for text: String) -> String {
    "_\(String(FNV.hash(of: text), radix: 16))"
  }

  /// With ~ for the home folder, since the footer is short.
  private func shortened(_ text: String) -> String {
    guard let home = getenv("HOME").map({ String(cString: $0) }), home.count > 1 else {
      return text
    }
    return text.replacing(home + "/", with: "~/")
  }

  /// With the reason from `errno`.
  private func failure(_ path: String, _ what: String, _ code: Int32 = errno) -> Diagnostic {
    let reason = String(cString: strerror(code))
    return Diagnostic("\(shortened(path)) \(what): \(reason)")
  }
}

/// Why a saved file gives nothing.
package enum SavedFileError: Error {
  /// It cannot be read now. What it holds is not known, so nothing may be written in its place.
  case unreadable(Diagnostic)
  /// It has been read, and it is not what it should be.
  case damaged(Diagnostic)

  var reason: Diagnostic {
    switch self {
    case .unreadable(let reason), .damaged(let reason): reason
    }
  }
}

/// A lock that a process holds until it releases it or exits, even by a crash.
package final class FileLock: Sendable {
  let descriptor: Int32

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Of the file that is locked, wherever it is now.
  fileprivate var status: stat? {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? status : nil
  }

  deinit {
    // Closing alone leaves the lock to a child that was forked and has not executed yet.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
