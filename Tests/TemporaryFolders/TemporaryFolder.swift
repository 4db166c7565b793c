import Glibc

/// A folder that is there as long as the value, with the files a test puts into it.
package final class TemporaryFolder {
  package let path: String

  package init() {
    var template = Array("/tmp/etude-test-XXXXXX".utf8CString)
    precondition(mkdtemp(&template) != nil, "/tmp must be writable")
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  deinit { Self.delete(path) }

  private static func delete(_ path: String) {
    var status = stat()
    if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      // Tests make folders that may only be read.
      chmod(path, 0o700)
      for name in names(in: path) { delete("\(path)/\(name)") }
    }
    remove(path)
  }

  /// Writes a file, with the folders it needs, and returns its path.
  @discardableResult
  package func write(_ bytes: some Collection<UInt8>, to name: String) -> String {
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o700)
    }
    let file = fopen("\(path)/\(name)", "w")
    precondition(file != nil, "the folder must be writable")
    fwrite(Array(bytes), 1, bytes.count, file)
    fclose(file)
    return "\(path)/\(name)"
  }

  @discardableResult
  package func write(_ text: String, to name: String) -> String {
    write(Array(text.utf8), to: name)
  }

  package func names() -> [String] { Self.names(in: path) }

  /// Everything in a folder, sorted; nothing when there is none.
  package static func names(in folder: String) -> [String] {
    guard let listing = opendir(folder) else { return [] }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names.filter { $0 != "." && $0 != ".." }.sorted()
  }

  /// What is in a file; nothing when there is none.
  package static func bytes(of path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&piece, 1, piece.count, file), count > 0 {
      bytes += piece[..<count]
    }
    return bytes
  }
}
