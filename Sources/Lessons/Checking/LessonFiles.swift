import Files

/// The files that a lesson can read, in its folder or else in the audio folder.
struct LessonFiles {
  enum Lookup {
    case found, missing, notRegular
    /// In none of the folders, after resolving symlinks.
    case outside
  }

  let folders: [String]
  let hint = "put it into the lesson's folder or the audio folder"

  func find(_ path: String) -> Lookup {
    do throws(FileError) {
      try FolderSearch(folders: folders).find(path)
      return .found
    } catch {
      return lookup(error, of: path)
    }
  }

  private func lookup(_ error: FileError, of path: String) -> Lookup {
    switch error {
    case .folder, .notRegular: .notRegular
    case .outside: .outside
    default:
      path.hasPrefix("/") || path.split(separator: "/").contains("..") ? .outside : .missing
    }
  }

  /// The files in the same folder as `path`, with the same path prefix.
  func names(beside path: String) -> [String] {
    let prefix = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    guard !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else { return [] }
    return folders.flatMap { FolderListing.names(in: $0 + "/" + prefix) }.map { prefix + $0 }
  }

  /// Looks up a link's destination. URLs, anchors and folders count as found.
  func find(link destination: String) -> Lookup {
    let path = destination.prefix { $0 != "#" && $0 != "?" }
    if path.isEmpty { return destination.isEmpty ? .missing : .found }
    if path.hasPrefix("//") || hasScheme(path) { return .found }
    guard let folder = folders.first else { return .missing }
    let decoded = path.percentDecoded
    do throws(FileError) {
      try FolderSearch(folders: folders).find(decoded, below: folder)
      return .found
    } catch {
      let lookup = lookup(error, of: decoded)
      return lookup == .notRegular ? .found : lookup
    }
  }

  private func hasScheme(_ path: Substring) -> Bool {
    guard let colon = path.firstIndex(of: ":"), path.utf8.first?.isLetter == true else {
      return false
    }
    return path[..<colon].utf8.allSatisfy {
      $0.isLetter || $0.isDigit || "+-.".utf8.contains($0)
    }
  }
}

extension Substring {
  /// With percent-encoding decoded.
  fileprivate var percentDecoded: String {
    var bytes: [UInt8] = []
    var rest = utf8
    while let byte = rest.popFirst() {
      let digits = Substring(rest.prefix(2))
      if byte == UInt8(ascii: "%"), digits.count == 2, digits.allSatisfy(\.isHexDigit),
        let value = UInt8(digits, radix: 16)
      {
        bytes.append(value)
        rest.removeFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
