import Glibc

/// A folder that is there as long as the value, with the files a test puts into it.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/etude-lessons-XXXXXX".utf8CString)
    precondition(mkdtemp(&template) != nil, "/tmp must be writable")
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  deinit { Self.delete(path) }

  private static func delete(_ path: String) {
    var status = stat()
    if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR,
      let stream = opendir(path)
    {
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != "." && name != ".." { delete(path + "/" + name) }
      }
      closedir(stream)
    }
    remove(path)
  }

  /// Writes a file, with the folders it needs, and returns its path.
  @discardableResult
  func write(_ bytes: some Collection<UInt8>, to name: String) -> String {
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o700)
    }
    let file = fopen(path + "/" + name, "w")
    precondition(file != nil, "the folder must be writable")
    fwrite(Array(bytes), 1, bytes.count, file)
    fclose(file)
    return path + "/" + name
  }

  @discardableResult
  func write(_ text: String, to name: String) -> String { write(Array(text.utf8), to: name) }
}
