import Glibc

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
    var lookup = Lookup.missing
    for folder in folders {
      let result = find(path, below: folder)
      if result == .found { return result }
      if lookup == .missing { lookup = result }
    }
    return lookup
  }

  private func find(_ path: String, below folder: String) -> Lookup {
    let full = path.hasPrefix("/") ? path : folder + "/" + path
    let bases = folders.compactMap(resolve)
    guard let resolved = resolve(full), !bases.isEmpty else {
      return path.hasPrefix("/") || path.split(separator: "/").contains("..") ? .outside : .missing
    }
    guard bases.contains(where: { resolved.hasPrefix($0 == "/" ? $0 : $0 + "/") }) else {
      return .outside
    }
    var status = stat()
    guard stat(resolved, &status) == 0 else { return .missing }
    return status.st_mode & S_IFMT == S_IFREG ? .found : .notRegular
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
    let lookup = find(path.percentDecoded, below: folder)
    return lookup == .notRegular ? .found : lookup
  }

  private func hasScheme(_ path: Substring) -> Bool {
    guard let colon = path.firstIndex(of: ":"), path.utf8.first?.isLetter == true else {
      return false
    }
    return path[..<colon].utf8.allSatisfy {
      $0.isLetter || $0.isDigit || "+-.".utf8.contains($0)
    }
  }

  private func resolve(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
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
