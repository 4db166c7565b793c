import FileFormats
import Glibc
import Lessons
import Messages
import Notebook

/// The folder of one lesson's progress:
///
///     lock                              held by the reader that saves
///     progress/progress.json
///     progress/CELL-CALL.safetensors    a finished run
///     progress-1/ …                     copies from before the lesson or a page was reset
///     files/                            files saved by the lesson's cells
///
/// Files are replaced atomically: written under another name, synced, and renamed. Starting over is
/// a single rename, too. So a crash at any moment leaves either the old state or the new one.
package struct ProgressFolder: Sendable {
  /// Far more than a student can type.
  private static let progressLimit = 16 << 20
  /// Data and weights, each written once.
  private static let runLimit = 2 * FinishedRun.byteLimit
  private static let runEnding = ".safetensors"

  /// The lesson's folder.
  package let path: String

  private var current: String { "\(path)/progress" }
  private var progressFile: String { "\(current)/progress.json" }

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

  // MARK: Files

  /// - Returns: nil when nothing was saved.
  package func readProgress() throws(Diagnostic) -> Progress? {
    guard exists(progressFile) else { return nil }
    let bytes: [UInt8]
    do throws(Diagnostic) {
      bytes = try FileBytes.read(progressFile, limit: Self.progressLimit)
    } catch {
      throw Diagnostic(shortened(error.message))
    }
    return try Progress(json: bytes)
  }

  package func write(_ progress: Progress) throws(Diagnostic) {
    try write(Array(progress.json.utf8), to: progressFile)
  }

  /// The names of the files with finished runs.
  package func runNames() -> [String] {
    names().filter { $0.hasSuffix(Self.runEnding) }
  }

  package func readRun(_ name: String) throws(Diagnostic) -> FinishedRun {
    do throws(Diagnostic) {
      return try FinishedRun(
        fileBytes: FileBytes.read("\(current)/\(name)", limit: Self.runLimit))
    } catch {
      throw Diagnostic(shortened(error.message))
    }
  }

  package func write(_ run: FinishedRun) throws(Diagnostic) {
    let name = "\(Self.fileName(for: run.id.cell))-\(run.id.call)\(Self.runEnding)"
    try write(run.fileBytes(), to: "\(current)/\(name)")
  }

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
    guard !names().isEmpty else { return nil }
    let place = freeName("progress-", in: path)
    guard rename(current, place) == 0 else {
      throw failure(current, "cannot be renamed")
    }
    return shortened(place)
  }

  /// Writes a copy of progress beside those of ``startOver()``; runs stay where they are.
  ///
  /// - Returns: where the copy is.
  package func keep(_ progress: Progress) throws(Diagnostic) -> String {
    let place = freeName("progress-", in: path)
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
    let place = freeName("\(file).damaged-", in: "")
    return rename(file, place) == 0 ? shortened(place) : nil
  }

  /// Removes temporary files left by killed writers. Call only while holding the lock.
  package func removeDrafts() {
    for name in names() where name.hasSuffix(FileBytes.anyTemporarySuffix) {
      unlink("\(current)/\(name)")
    }
  }

  // MARK: Names

  private func names() -> [String] { FolderListing.names(in: current) }

  private func freeName(_ start: String, in folder: String) -> String {
    let start = folder.isEmpty ? start : "\(folder)/\(start)"
    var number = 1
    while exists("\(start)\(number)") { number += 1 }
    return "\(start)\(number)"
  }

  private func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
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
    guard !isPlain else { return id }
    // FNV-1a, 64 bits; the underscore sets it apart from most plain ids.
    let hash = id.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    return "_\(String(hash, radix: 16))"
  }

  /// With ~ for the home folder, since the footer is short.
  private func shortened(_ text: String) -> String {
    guard let home = getenv("HOME").map({ String(cString: $0) }), home.count > 1 else {
      return text
    }
    return text.replacing(home + "/", with: "~/")
  }

  /// With the reason from `errno`.
  private func failure(_ path: String, _ what: String) -> Diagnostic {
    let reason = String(cString: strerror(errno))
    return Diagnostic("\(shortened(path)) \(what): \(reason)")
  }
}

/// A lock that a process holds until it releases it or exits, even by a crash.
package final class FileLock: Sendable {
  private let descriptor: Int32

  init(descriptor: Int32) { self.descriptor = descriptor }

  deinit {
    // Closing alone leaves the lock to a child that was forked and has not executed yet.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
