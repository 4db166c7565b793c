import Glibc

/// Why a file cannot be read or replaced. Each module words it for its readers.
package enum FileError: Error, Hashable, Sendable {
  case missing
  case forbidden
  case folder
  /// A pipe, a socket or a device.
  case notRegular
  /// A symbolic link where none is followed.
  case link
  /// Not below the folders that may be read.
  case outside
  /// Any other error, by its `errno`.
  case system(Int32)

  /// - Parameter code: an `errno`.
  init(code: Int32) {
    self =
      switch code {
      case ENOENT, ENOTDIR: .missing
      case EACCES, EPERM, EROFS: .forbidden
      case EISDIR: .folder
      case ENXIO: .notRegular
      default: .system(code)
      }
  }

  /// Nil for a regular file.
  init?(mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: return nil
    case S_IFDIR: self = .folder
    case S_IFLNK: self = .link
    default: self = .notRegular
    }
  }

  /// A reason without a subject: "Permission denied".
  package var reason: String {
    switch self {
    case .missing: String(cString: strerror(ENOENT))
    case .forbidden: String(cString: strerror(EACCES))
    case .folder: String(cString: strerror(EISDIR))
    case .notRegular: "it is a pipe or a device"
    case .link: "it is a symbolic link"
    case .outside: "it is outside the folders that may be read"
    case .system(let code): String(cString: strerror(code))
    }
  }
}
