import Compute
import Concurrency
import Glibc
import Messages

/// Reads and writes whole files as bytes; errors are sentences for the user.
package enum FileBytes {
  /// As much as all values of a session may take together.
  package static let byteLimit = 1 << 30

  /// Creates a folder and its missing parents, accessible only to the user.
  ///
  /// - Throws: which folder cannot be created, and why.
  package static func makeFolder(_ path: String) throws(Diagnostic) {
    var end = path.startIndex
    while end < path.endIndex {
      end = path[path.index(after: end)...].firstIndex(of: "/") ?? path.endIndex
      let folder = String(path[..<end])
      guard mkdir(folder, 0o700) != 0, errno != EEXIST else { continue }
      let reason = String(cString: strerror(errno))
      // Some file systems report another error for a folder that exists.
      guard access(folder, F_OK) != 0 else { continue }
      throw Diagnostic("the folder \(folder) cannot be created: \(reason)")
    }
  }

  /// Reads a regular file. A FIFO is rejected, without blocking.
  ///
  /// - Parameter limit: the maximum size in bytes.
  package static func read(_ path: String, limit: Int = byteLimit) throws(Diagnostic) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, doing: "read") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Diagnostic("\(path) is not a regular file")
    }
    guard status.st_size <= limit else {
      let size = Quantity(bytes: Double(limit))
      throw Diagnostic("\(path) is larger than \(size), the most that can be loaded")
    }

    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var count = 0
    while count < bytes.count {
      let start = count
      let amount = bytes.withUnsafeMutableBytes { buffer in
        retryingWhenInterrupted {
          Glibc.read(descriptor, buffer.baseAddress! + start, buffer.count - start)
        }
      }
      guard amount >= 0 else { throw failure(path, doing: "read") }
      // The file has been truncated meanwhile.
      if amount == 0 { break }
      count += amount
    }
    return Array(bytes[..<count])
  }

  /// Writes a file atomically: to a temporary file first, which then replaces `path`.
  ///
  /// - Parameter isDurable: whether to flush it to disk before returning, so that even a power failure
  ///   leaves either the old file or the new one.
  package static func write(
    _ bytes: [UInt8], to path: String, isDurable: Bool = false
  ) throws(Diagnostic) {
    let temporaryPath = path + temporarySuffix
    let descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(path, doing: "written") }
    var count = 0
    while count < bytes.count {
      let start = count
      let amount = bytes.withUnsafeBytes { buffer in
        retryingWhenInterrupted {
          Glibc.write(descriptor, buffer.baseAddress! + start, buffer.count - start)
        }
      }
      guard amount > 0 else {
        let error = failure(path, doing: "written")
        close(descriptor)
        unlink(temporaryPath)
        throw error
      }
      count += amount
    }
    let isStored = !isDurable || fsync(descriptor) == 0
    guard close(descriptor) == 0, isStored, rename(temporaryPath, path) == 0 else {
      let error = failure(path, doing: "written")
      unlink(temporaryPath)
      throw error
    }
    if isDurable { flush(folderOf: path) }
  }

  /// The suffix of a file that is not complete yet, different for each process.
  private static var temporarySuffix: String { ".\(getpid())\(anyTemporarySuffix)" }
  /// What the temporary suffixes of all processes end with.
  package static let anyTemporarySuffix = ".part"

  /// Flushes the folder too, because it holds the file's name.
  private static func flush(folderOf path: String) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func failure(_ path: String, doing: String) -> Diagnostic {
    switch errno {
    case ENOENT, ENOTDIR:
      doing == "read"
        ? Diagnostic("there is no file \(path)") : Diagnostic("there is no folder for \(path)")
    case EACCES, EPERM: Diagnostic("\(path) may not be \(doing)")
    default: Diagnostic("\(path) cannot be \(doing): \(String(cString: strerror(errno)))")
    }
  }
}
