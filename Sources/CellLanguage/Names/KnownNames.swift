/// The names that cells can use without defining them, as plain data: all that static checks need
/// to know about the built-ins.
package struct KnownNames: Sendable {
  /// Of the built-in functions and methods, by qualified name: "len", "np.fft.rfft", "array.sum".
  package let signatures: [String: Signature]
  /// Constants and modules: "np", "np.fft", "np.pi".
  private let others: Set<String>
  private let membersByModule: [String: [String]]
  /// "len", "np", "slider"
  package let topLevelNames: [String]

  /// - Parameter others: the qualified names of constants and modules.
  package init(signatures: [Signature] = [], others: Set<String> = []) {
    self.signatures = Dictionary(signatures.map { ($0.name, $0) }) { first, _ in first }
    self.others = others
    let names = others.union(signatures.map(\.name)).sorted()
    topLevelNames = names.filter { !$0.contains(".") }
    var members: [String: [String]] = [:]
    for name in names {
      guard let dot = name.lastIndex(of: ".") else { continue }
      members[String(name[..<dot]), default: []].append(String(name[dot...].dropFirst()))
    }
    membersByModule = members
  }

  package func contains(_ name: String) -> Bool {
    signatures[name] != nil || others.contains(name)
  }

  /// Whether the members of `name` are all known.
  package func isModule(_ name: String) -> Bool { contains(name) && membersByModule[name] != nil }

  /// The names that can follow `module.`
  package func members(of module: String) -> [String] { membersByModule[module] ?? [] }
}
