import EtudeApp
import Glibc

/// A folder for state that goes when the test ends, with what a test wants to know of it.
final class StateFolder {
  let path: String

  init() {
    var template = Array("/tmp/etude-test-XXXXXX".utf8CString)
    path = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
  }

  deinit {
    chmod(lesson, 0o700)
    chmod("\(lesson)/progress", 0o700)
    remove(path)
  }

  /// As environments give it.
  var environment: (String) -> String? {
    { [path] in $0 == "XDG_STATE_HOME" ? path : nil }
  }

  /// The folder of the lesson "loops".
  var lesson: String { "\(path)/etude/loops" }
  var file: String { "\(lesson)/progress/progress.json" }

  func store(startsFresh: Bool = false) -> ProgressStore {
    ProgressStore(lesson: "loops", environment: environment, startsFresh: startsFresh)
  }

  func put(_ bytes: some Sequence<UInt8>, at file: String) {
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    let bytes = Array(bytes)
    _ = write(descriptor, bytes, bytes.count)
    close(descriptor)
  }

  func names(in folder: String) -> [String] {
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

  private func remove(_ folder: String) {
    for name in names(in: folder) {
      let file = "\(folder)/\(name)"
      if unlink(file) != 0 { remove(file) }
    }
    rmdir(folder)
  }
}
