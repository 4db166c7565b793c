import Concurrency
import Glibc
import Synchronization

/// Writes a file in one step: under another name first, which then replaces the file. A crash at any
/// moment leaves either the old file or the new one.
///
/// Everything that writes files goes through here, so one rule holds for all: no link is followed,
/// only a regular file is replaced, one that its owner has made read-only stays, and a replaced file
/// keeps its mode.
package final class FileReplacement {
  /// The new file, open for reading and writing.
  package let descriptor: Int32
  private let folder: Int32
  private let name: String
  private let temporaryName: String
  private var isFinished = false

  /// - Throws: when the file must not be replaced, or its folder cannot be written to.
  package init(of path: String) throws(FileError) {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw .missing }
    let slash = path.lastIndex(of: "/")
    name = String(path[(slash.map { path.index(after: $0) } ?? path.startIndex)...])
    guard !["", ".", ".."].contains(name) else { throw .folder }
    let folder = open(slash.map { String(path[...$0]) } ?? ".", Place.flags | O_DIRECTORY)
    guard folder >= 0 else { throw FileError(code: errno) }
    let number = Self.number.add(1, ordering: .relaxed).newValue
    temporaryName = "\(name.prefix(40)).\(getpid())-\(number)\(Self.temporarySuffix)"
    do throws(FileError) {
      descriptor = try Self.create(temporaryName, replacing: name, in: folder)
    } catch {
      close(folder)
      throw error
    }
    self.folder = folder
  }

  private static func create(
    _ temporaryName: String, replacing name: String, in folder: Int32
  ) throws(FileError) -> Int32 {
    let old = try replaceable(name, in: folder)
    // Nobody else reads a private file before it has its mode.
    let descriptor = openat(
      folder, temporaryName, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
      old == nil ? 0o666 : 0o600)
    guard descriptor >= 0 else { throw FileError(code: errno) }
    if let old {
      // For root, the file stays its owner's; nobody else may change that.
      _ = fchown(descriptor, old.st_uid, old.st_gid)
      fchmod(descriptor, old.st_mode & 0o7777)
    }
    return descriptor
  }

  deinit {
    if !isFinished { unlinkat(folder, temporaryName, 0) }
    close(descriptor)
    close(folder)
  }

  /// Appends to the new file.
  package func write(_ bytes: [UInt8]) throws(FileError) {
    var count = 0
    while count < bytes.count {
      let start = count
      let amount = bytes.withUnsafeBytes { buffer in
        retryingWhenInterrupted {
          Glibc.write(descriptor, buffer.baseAddress! + start, buffer.count - start)
        }
      }
      guard amount > 0 else { throw amount == 0 ? .system(ENOSPC) : FileError(code: errno) }
      count += amount
    }
  }

  /// Puts the new file in the place of the old one.
  ///
  /// - Parameter isDurable: whether to flush it to disk before returning, so that even a power failure
  ///   leaves either the old file or the new one.
  package func commit(isDurable: Bool = false) throws(FileError) {
    guard !isDurable || fsync(descriptor) == 0 else { throw FileError(code: errno) }
    // Something else may have taken the place meanwhile.
    _ = try Self.replaceable(name, in: folder)
    guard renameat(folder, temporaryName, folder, name) == 0 else { throw FileError(code: errno) }
    isFinished = true
    if isDurable { flushFolder() }
  }

  /// Flushes the folder too, because it holds the file's name.
  private func flushFolder() {
    let descriptor = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// What the names of files that are not complete yet end with.
  package static let temporarySuffix = ".part"

  /// What is in the place of a file and cannot be replaced; nil for a regular file or none.
  package static func obstacle(at path: String) -> FileError? {
    var status = stat()
    return lstat(path, &status) == 0 ? FileError(mode: status.st_mode) : nil
  }

  private static let number = Atomic<Int>(0)

  /// The file of this name; nil where there is none.
  private static func replaceable(_ name: String, in folder: Int32) throws(FileError) -> stat? {
    var status = stat()
    guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      guard errno == ENOENT else { throw FileError(code: errno) }
      return nil
    }
    if let error = FileError(mode: status.st_mode) { throw error }
    guard faccessat(folder, name, W_OK, AT_EACCESS) == 0 else { throw FileError(code: errno) }
    return status
  }
}
