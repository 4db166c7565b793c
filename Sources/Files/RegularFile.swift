import Concurrency
import Glibc

/// A regular file that is open for reading. What is known about it comes from its descriptor, so
/// it stays true whatever happens to the path meanwhile.
package final class RegularFile: Sendable {
  package let descriptor: Int32
  /// As it is named in messages.
  package let path: String
  /// In bytes, when it was opened.
  package let size: Int

  /// Takes over the descriptor, and closes it when that is not a regular file's.
  init(descriptor: Int32, path: String) throws(FileError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let error = FileError(code: errno)
      close(descriptor)
      throw error
    }
    if let error = FileError(mode: status.st_mode) {
      close(descriptor)
      throw error
    }
    self.descriptor = descriptor
    self.path = path
    size = Int(status.st_size)
  }

  /// Opens a file wherever the user may read, through links, too.
  package convenience init(path: String) throws(FileError) {
    guard !path.utf8.contains(0) else { throw .missing }
    // Opening a device may do something, so look first. What counts is the look at the descriptor.
    var status = stat()
    guard stat(path, &status) == 0 else { throw FileError(code: errno) }
    if let error = FileError(mode: status.st_mode) { throw error }
    let descriptor = open(path, Self.flags)
    guard descriptor >= 0 else { throw FileError(code: errno) }
    try self.init(descriptor: descriptor, path: path)
  }

  /// Without O_NONBLOCK, opening a FIFO would wait for a writer.
  static let flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC

  deinit { close(descriptor) }

  /// Whether both are one file, whatever it is called.
  package func isSame(as other: RegularFile) -> Bool {
    var (own, others) = (stat(), stat())
    return fstat(descriptor, &own) == 0 && fstat(other.descriptor, &others) == 0
      && own.st_dev == others.st_dev && own.st_ino == others.st_ino
  }

  /// Its bytes from the start.
  ///
  /// - Parameter limit: the most that are read, however long the file has become.
  package func bytes(limit: Int) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: min(size, limit))
    var count = 0
    while count < bytes.count {
      let start = count
      let amount = bytes.withUnsafeMutableBytes { buffer in
        retryingWhenInterrupted {
          pread(descriptor, buffer.baseAddress! + start, buffer.count - start, off_t(start))
        }
      }
      guard amount >= 0 else { throw FileError(code: errno) }
      // The file has been truncated meanwhile.
      if amount == 0 { break }
      count += amount
    }
    bytes.removeSubrange(count...)
    return bytes
  }
}
