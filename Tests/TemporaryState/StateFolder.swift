import Glibc
import Progress
import TemporaryFolders

/// A temporary state folder for tests.
package final class StateFolder {
  private let folder = TemporaryFolder()

  package init() {}

  package var path: String { folder.path }

  /// Looks up an environment variable that points to the folder.
  package var environment: (String) -> String? {
    { [path] in $0 == "XDG_STATE_HOME" ? path : nil }
  }

  /// The folder of the lesson "loops".
  package var lesson: String { "\(path)/etude/loops" }
  package var file: String { "\(lesson)/progress/progress.json" }

  package func store(startsFresh: Bool = false) -> ProgressStore {
    ProgressStore(lesson: "loops", environment: environment, startsFresh: startsFresh)
  }

  package func put(_ bytes: some Sequence<UInt8>, at file: String) {
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    let bytes = Array(bytes)
    _ = write(descriptor, bytes, bytes.count)
    close(descriptor)
  }

  package func names(in folder: String) -> [String] { TemporaryFolder.names(in: folder) }
}
