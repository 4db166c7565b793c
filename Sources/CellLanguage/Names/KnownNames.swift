/// The names that cells can use without defining them, as plain data: all that static checks need
/// to know about the built-ins.
package struct KnownNames: Sendable {
  /// Of the built-in functions and methods, by qualified name: "len", "np.fft.rfft", "array.sum".
  package let signatures: [String: Signature]
  /// What functions return, of those of which something is known.
  package let results: [String: KnownResult]
  /// All attributes of the kinds of values, apart from methods, with the kinds of their values where
  /// they are always the same. A kind without an entry may have any.
  package let attributes: [ValueKind: [String: ValueKind?]]
  /// Functions that are types in Python: "int", "np.float32".
  package let types: Set<String>
  /// Constants and modules: "np", "np.fft", "np.pi".
  private let others: Set<String>
  private let membersByModule: [String: [String]]
  /// "len", "np", "slider"
  package let topLevelNames: [String]

  /// - Parameter others: the qualified names of constants and modules.
  package init(
    signatures: [Signature] = [], others: Set<String> = [],
    results: [String: KnownResult] = [:], attributes: [ValueKind: [String: ValueKind?]] = [:],
    types: Set<String> = []
  ) {
    self.types = types
    self.signatures = Dictionary(signatures.map { ($0.name, $0) }) { first, _ in first }
    self.others = others
    self.results = results
    self.attributes = attributes
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

  /// The function with a name in whichever module has it: "np.sin" for "sin".
  func member(named name: String) -> String? {
    ["", "np.", "signal.", "F.", "torch.", "nn.", "optim.", "np.fft.", "wavfile."].lazy
      .map { $0 + name }.first { signatures[$0] != nil }
  }

  /// What is known of the value of a qualified name; nil for constants.
  func value(of name: String) -> KnownValue? {
    if signatures[name] != nil { return .function(name) }
    return isModule(name) ? .module(name) : nil
  }
}
