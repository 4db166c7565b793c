import Glibc

/// The files that a lesson can read: below its folder, then below the audio folder.
struct LessonFiles {
  enum Finding {
    case found, missing, notRegular
    /// Links resolved, it is in none of the folders.
    case outside
  }

  let folders: [String]
  let mend = "put it into the lesson's folder or the audio folder"

  func find(_ path: String) -> Finding {
    var finding = Finding.missing
    for folder in folders {
      let result = find(path, below: folder)
      if result == .found { return result }
      if finding == .missing { finding = result }
    }
    return finding
  }

  private func find(_ path: String, below folder: String) -> Finding {
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

  /// The files in the folder that `path` names, spelt as `path` spells them.
  func names(beside path: String) -> [String] {
    let prefix = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    guard !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else { return [] }
    return folders.flatMap { FolderListing.names(in: $0 + "/" + prefix) }.map { prefix + $0 }
  }

  /// Where a link leads: addresses and places on the page are taken for found, as are folders.
  func find(link destination: String) -> Finding {
    let path = destination.prefix { $0 != "#" && $0 != "?" }
    if path.isEmpty { return destination.isEmpty ? .missing : .found }
    if path.hasPrefix("//") || hasScheme(path) { return .found }
    guard let folder = folders.first else { return .missing }
    let finding = find(path.percentDecoded, below: folder)
    return finding == .notRegular ? .found : finding
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
  /// With the bytes that addresses write as % and two digits.
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
