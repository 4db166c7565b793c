import Glibc

/// Finds files below some folders, searched in order. Links are followed as long as they stay below
/// one of the folders.
///
/// A path is walked one component at a time, each opened relative to the one before, and links are
/// followed by hand. Whether a file is below a folder is read off the descriptors on the way to it,
/// so swapping a link or a folder while we walk cannot lead outside.
package struct FolderSearch: Sendable {
  /// Their paths, free of links.
  package let folders: [String]

  package init(folders: [String]) { self.folders = folders }

  /// Opens a regular file by its path from one of the folders, or by its absolute path.
  ///
  /// - Returns: the file, whose path is absolute and free of links.
  package func open(_ name: String) throws(FileError) -> RegularFile {
    try first { (folder) throws(FileError) in try walk(to: name, from: folder).openRegularFile() }
  }

  /// The same lookup, without opening the file for reading.
  package func find(_ name: String) throws(FileError) {
    try first { (folder) throws(FileError) in try find(name, below: folder) }
  }

  /// Looks into one folder. The file may be below any of ``folders``.
  package func find(_ name: String, below folder: String) throws(FileError) {
    if let error = FileError(mode: try walk(to: name, from: folder).mode) { throw error }
  }

  /// The first folder's result. Where none has one, what went wrong matters in this order: a file
  /// that cannot be used, one that is outside, none at all.
  private func first<Result>(
    _ look: (String) throws(FileError) -> Result
  ) throws(FileError) -> Result {
    var failure = FileError.missing
    for folder in folders {
      do throws(FileError) {
        return try look(folder)
      } catch {
        switch error {
        case .missing: break
        case .outside: if failure == .missing { failure = error }
        default: throw error
        }
      }
    }
    throw failure
  }

  private func walk(to name: String, from folder: String) throws(FileError) -> FolderWalk {
    guard !name.utf8.contains(0) else { throw .missing }
    let walk = try FolderWalk(to: name.hasPrefix("/") ? name : Self.absolute(folder) + "/" + name)
    let roots = folders.compactMap(FolderWalk.identity)
    guard walk.folders.contains(where: roots.contains) else { throw .outside }
    return walk
  }

  private static func absolute(_ folder: String) -> String {
    guard !folder.hasPrefix("/"), let current = getcwd(nil, 0) else { return folder }
    defer { free(current) }
    return String(cString: current) + "/" + folder
  }
}

/// The way from the root to a file or a folder, with every folder on it held open.
private final class FolderWalk {
  struct Identity: Equatable {
    var device: dev_t
    var number: ino_t
  }

  private struct Step {
    var descriptor: Int32
    var name: String
    var identity: Identity
  }

  private static let linkLimit = 40

  private var steps: [Step] = []
  /// The last component, opened as a place only; nil when the path ends with a folder.
  private var end: (descriptor: Int32, name: String)?
  private(set) var mode = S_IFDIR

  var folders: some Sequence<Identity> { steps.lazy.map(\.identity) }

  /// Follows an absolute path.
  init(to path: String) throws(FileError) {
    try enter("/", in: AT_FDCWD)
    var pending = Self.components(of: path)
    var linkCount = 0
    while let component = pending.popLast() {
      switch component {
      case "": continue
      case "..": if steps.count > 1 { leave() }
      default:
        guard let target = try step(to: component, isLast: pending.isEmpty) else { continue }
        linkCount += 1
        guard linkCount <= Self.linkLimit else { throw .system(ELOOP) }
        if target.hasPrefix("/") { while steps.count > 1 { leave() } }
        pending += Self.components(of: target)
      }
    }
  }

  deinit {
    for step in steps { close(step.descriptor) }
    if let end { close(end.descriptor) }
  }

  /// From last to first. A slash at the end leaves an empty component, which asks for a folder.
  private static func components(of path: String) -> [String] {
    path.split(separator: "/", omittingEmptySubsequences: false).reversed()
      .map { $0 == "." ? "" : String($0) }
  }

  /// Goes into a folder, or to the file at the end.
  ///
  /// - Returns: the target of a link instead.
  private func step(to component: String, isLast: Bool) throws(FileError) -> String? {
    let folder = steps[steps.count - 1].descriptor
    let descriptor = openat(folder, component, Place.flags | O_NOFOLLOW)
    guard descriptor >= 0 else { throw FileError(code: errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let code = errno
      close(descriptor)
      throw FileError(code: code)
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      steps.append(
        Step(
          descriptor: descriptor, name: component,
          identity: Identity(device: status.st_dev, number: status.st_ino)))
    case S_IFLNK:
      defer { close(descriptor) }
      return try target(ofLink: descriptor)
    default:
      guard isLast else {
        close(descriptor)
        throw .missing
      }
      end = (descriptor, component)
      mode = status.st_mode
    }
    return nil
  }

  private func target(ofLink descriptor: Int32) throws(FileError) -> String {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = buffer.withUnsafeMutableBytes {
      readlinkat(descriptor, "", $0.baseAddress!, $0.count)
    }
    guard count > 0 else { throw count == 0 ? .missing : FileError(code: errno) }
    return String(decoding: buffer[..<count], as: UTF8.self)
  }

  private func enter(_ path: String, in folder: Int32) throws(FileError) {
    let descriptor = openat(folder, path, Place.flags | O_DIRECTORY)
    guard descriptor >= 0 else { throw FileError(code: errno) }
    guard let identity = Self.identity(of: descriptor) else {
      close(descriptor)
      throw .missing
    }
    steps.append(Step(descriptor: descriptor, name: "", identity: identity))
  }

  private func leave() { close(steps.removeLast().descriptor) }

  /// Opens the file at the end for reading. A file that took its place meanwhile lies in the same
  /// folder, and is looked at by its descriptor again.
  func openRegularFile() throws(FileError) -> RegularFile {
    if let error = FileError(mode: mode) { throw error }
    guard let end, let folder = steps.last else { throw .folder }
    let descriptor = openat(folder.descriptor, end.name, RegularFile.flags | O_NOFOLLOW)
    guard descriptor >= 0 else {
      throw errno == ELOOP ? .link : FileError(code: errno)
    }
    let path = steps.dropFirst().map { "/" + $0.name }.joined() + "/" + end.name
    return try RegularFile(descriptor: descriptor, path: path)
  }

  /// Of a folder whose path is free of links: one that has taken its place does not count.
  static func identity(of folder: String) -> Identity? {
    var status = stat()
    guard lstat(folder, &status) == 0 else { return nil }
    return Identity(device: status.st_dev, number: status.st_ino)
  }

  private static func identity(of descriptor: Int32) -> Identity? {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    return Identity(device: status.st_dev, number: status.st_ino)
  }
}

/// A descriptor that only stands for a place in the tree of files.
enum Place {
  /// With O_PATH, which Swift does not import: needs no permission to read, and has no effect on a
  /// device.
  static let flags: Int32 = 0o10000000 | O_CLOEXEC
}
