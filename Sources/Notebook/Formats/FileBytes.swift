import Compute
import Glibc

/// Whole files as bytes, with sentences for what goes wrong.
package enum FileBytes {
  /// As much as all values of a session together may take.
  package static let byteLimit = 1 << 30

  /// Makes a folder, and those that it lies in, where they are missing; only for the user.
  ///
  /// - Throws: which one cannot be made, and why.
  package static func makeFolder(_ path: String) throws(CellError) {
    var end = path.startIndex
    while end < path.endIndex {
      end = path[path.index(after: end)...].firstIndex(of: "/") ?? path.endIndex
      let folder = String(path[..<end])
      guard mkdir(folder, 0o700) != 0, errno != EEXIST else { continue }
      let reason = String(cString: strerror(errno))
      // Some file systems refuse before they see that it is there.
      guard access(folder, F_OK) != 0 else { continue }
      throw CellError("the folder \(folder) cannot be made: \(reason)")
    }
  }

  /// Reads a regular file. A FIFO is refused rather than waited for.
  ///
  /// - Parameter limit: how many bytes it may have.
  package static func read(_ path: String, limit: Int = byteLimit) throws(CellError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, doing: "read") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw CellError("\(path) is not a regular file")
    }
    guard status.st_size <= limit else {
      let size = NDArray.describe(byteCount: Double(limit))
      throw CellError("\(path) is larger than \(size), the most that can be loaded")
    }

    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var count = 0
    while count < bytes.count {
      let start = count
      let amount = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(descriptor, buffer.baseAddress! + start, buffer.count - start)
      }
      if amount < 0 && errno == EINTR { continue }
      guard amount >= 0 else { throw failure(path, doing: "read") }
      // The file became shorter meanwhile.
      if amount == 0 { break }
      count += amount
    }
    return Array(bytes[..<count])
  }

  /// Writes a file as a whole or not at all: under another name first, which then replaces `path`.
  ///
  /// - Parameter isDurable: whether it is to be on the disk when this returns, so that even a loss of
  ///   power leaves the old file or the new one.
  package static func write(
    _ bytes: [UInt8], to path: String, isDurable: Bool = false
  ) throws(CellError) {
    let draft = path + draftEnding
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(path, doing: "written") }
    var count = 0
    while count < bytes.count {
      let start = count
      let amount = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress! + start, buffer.count - start)
      }
      if amount < 0 && errno == EINTR { continue }
      guard amount > 0 else {
        let error = failure(path, doing: "written")
        close(descriptor)
        unlink(draft)
        throw error
      }
      count += amount
    }
    let isStored = !isDurable || fsync(descriptor) == 0
    guard close(descriptor) == 0, isStored, rename(draft, path) == 0 else {
      let error = failure(path, doing: "written")
      unlink(draft)
      throw error
    }
    if isDurable { synchronize(folderOf: path) }
  }

  /// What the name of a file ends with until it is complete; those of another process may be in the
  /// same folder.
  private static var draftEnding: String { ".\(getpid())\(anyDraftEnding)" }
  package static let anyDraftEnding = ".part"

  /// The file's name is an entry of its folder, and as such to be stored, too.
  private static func synchronize(folderOf path: String) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func failure(_ path: String, doing: String) -> CellError {
    switch errno {
    case ENOENT, ENOTDIR:
      doing == "read"
        ? CellError("there is no file \(path)") : CellError("there is no folder for \(path)")
    case EACCES, EPERM: CellError("\(path) may not be \(doing)")
    default: CellError("\(path) cannot be \(doing): \(String(cString: strerror(errno)))")
    }
  }
}
