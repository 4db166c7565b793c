import Interpreter

/// The built-ins and constants that come from one place: Etude itself, Python or a library.
package struct Namespace: Sendable {
  /// A part of docs/cells.md: the names with one prefix.
  package struct Chapter: Sendable {
    package var title: String
    /// Sorted by name.
    package var builtins: [Builtin] = []
    package var constants: [String] = []
  }

  package let name: String
  package let builtins: [Builtin]
  package let constants: [String: Value]
  package let chapters: [Chapter]

  /// - Parameter chapters: the prefix of each chapter's names ("np.fft"; "" for names without a
  ///   module) and its title. A prefix without a title gets a chapter of its own at the end.
  init(
    _ name: String, chapters titles: KeyValuePairs<String, String>, _ groups: [[Builtin]],
    constants: [String: Value] = [:]
  ) {
    self.name = name
    self.constants = constants
    builtins = groups.flatMap { $0 }
    var prefixes = titles.map(\.key)
    var byPrefix = Dictionary(uniqueKeysWithValues: titles.map { ($0, Chapter(title: $1)) })
    func change(chapterOf row: String, _ change: (inout Chapter) -> Void) {
      let prefix = row.lastIndex(of: ".").map { String(row[..<$0]) } ?? ""
      if byPrefix[prefix] == nil { prefixes.append(prefix) }
      change(&byPrefix[prefix, default: Chapter(title: "\(name): \(prefix)")])
    }
    for builtin in builtins.sorted(by: { $0.name < $1.name }) {
      change(chapterOf: builtin.name) { $0.builtins.append(builtin) }
    }
    for constant in constants.keys.sorted() {
      change(chapterOf: constant) { $0.constants.append(constant) }
    }
    chapters = prefixes.compactMap { byPrefix[$0] }
  }
}
