import Files
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
    let file: RegularFile
    do throws(FileError) {
      file = try RegularFile(path: path)
    } catch {
      throw failure(path, error, doing: "read")
    }
    return try read(file, limit: limit)
  }

  /// Reads an open file.
  package static func read(
    _ file: RegularFile, limit: Int = byteLimit
  ) throws(Diagnostic) -> [UInt8] {
    guard file.size <= limit else {
      let size = Quantity(bytes: Double(limit))
      throw Diagnostic("\(file.path) is larger than \(size), the most that can be loaded")
    }
    do throws(FileError) {
      return try file.bytes(limit: limit)
    } catch {
      throw failure(file.path, error, doing: "read")
    }
  }

  /// Writes a file by the rule for all writers; see `FileReplacement`.
  ///
  /// - Parameter isDurable: whether to flush it to disk before returning.
  package static func write(
    _ bytes: [UInt8], to path: String, isDurable: Bool = false
  ) throws(Diagnostic) {
    do throws(FileError) {
      let replacement = try FileReplacement(of: path)
      try replacement.write(bytes)
      try replacement.commit(isDurable: isDurable)
    } catch {
      throw failure(path, error, doing: "written")
    }
  }

  private static func failure(_ path: String, _ error: FileError, doing: String) -> Diagnostic {
    switch error {
    case .missing:
      doing == "read"
        ? Diagnostic("there is no file \(path)") : Diagnostic("there is no folder for \(path)")
    case .forbidden: Diagnostic("\(path) may not be \(doing)")
    case .folder, .notRegular: Diagnostic("\(path) is not a regular file")
    case .link:
      Diagnostic("\(path) is a symbolic link, which is not followed", hint: "name the file itself")
    case .outside, .system: Diagnostic("\(path) cannot be \(doing): \(error.reason)")
    }
  }
}
