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
    guard let resolved = resolve(full), let base = resolve(folder) else {
      return path.hasPrefix("/") || path.split(separator: "/").contains("..") ? .outside : .missing
    }
    guard resolved.hasPrefix(base == "/" ? base : base + "/") else { return .outside }
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

  /// Whether a link's destination is an address, a place on the page, or a file that exists.
  func leadsSomewhere(_ destination: String) -> Bool {
    let path = destination.prefix { $0 != "#" && $0 != "?" }
    if path.isEmpty { return !destination.isEmpty }
    if path.hasPrefix("//") || hasScheme(path) { return true }
    guard let folder = folders.first else { return false }
    let name = path.split(separator: "%20", omittingEmptySubsequences: false)
      .joined(separator: " ")
    return access(name.hasPrefix("/") ? name : folder + "/" + name, F_OK) == 0
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
