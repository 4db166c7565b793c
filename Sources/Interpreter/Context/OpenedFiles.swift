import Synchronization

/// The files that a lesson's cells have opened.
package final class OpenedFiles: Sendable {
  private let paths = Mutex<[String: String]>([:])

  package init() {}

  /// Where each file lies, by the name that the cells gave it.
  package var pathsByName: [String: String] { paths.withLock { $0 } }

  func add(_ name: String, path: String) { paths.withLock { $0[name] = path } }
}
