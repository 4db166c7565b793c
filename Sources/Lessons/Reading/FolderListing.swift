import Glibc

package enum FolderListing {
  /// Why a folder cannot be listed.
  package struct Failure: Error {
    /// As in `errno`.
    package var code: Int32
  }

  /// The names in a folder, sorted, without hidden ones. Empty if the folder cannot be read.
  package static func names(in folder: String) -> [String] {
    (try? readableNames(in: folder)) ?? []
  }

  /// The same, where it matters whether the folder is empty or cannot be read.
  package static func readableNames(in folder: String) throws(Failure) -> [String] {
    guard let stream = opendir(folder) else { throw Failure(code: errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        guard errno == 0 else { throw Failure(code: errno) }
        return names.sorted()
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
  }
}
