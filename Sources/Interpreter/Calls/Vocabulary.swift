import CellLanguage

/// Everything that cells can name without defining it: the table of built-ins and the constants.
///
/// Names are qualified: "len", "np.convolve", "np.fft.rfft". Methods are listed under their type
/// and take the value as their first parameter: "array.sum", "str.upper", "list.index".
package struct Vocabulary: Sendable {
  package let builtins: [String: Builtin]
  package let constants: [String: Value]
  /// "np", "np.fft", "signal": the prefixes of the names above.
  package let modules: Set<String>
  /// What a lesson can be checked against without running it.
  package let knownNames: KnownNames

  /// The prefixes of methods, which are not names in cells.
  private static let types: Set<String> = [
    "array", "str", "list", "tuple", "range", "float", "int", "tensor", "fit", "model", "dataset",
    "Generator", "RandomState",
  ]

  /// - Parameter results: what functions return, of those of which something is known.
  /// - Precondition: names are unique.
  package init(
    builtins: [Builtin], constants: [String: Value], results: [String: KnownResult] = [:]
  ) {
    self.builtins = Dictionary(uniqueKeysWithValues: builtins.map { ($0.name, $0) })
    self.constants = constants
    var modules: Set<String> = []
    for name in builtins.map(\.name) + constants.keys {
      var path = name.split(separator: ".").map(String.init)
      while path.count > 1 {
        path.removeLast()
        if !Self.types.contains(path[0]) { modules.insert(path.joined(separator: ".")) }
      }
    }
    self.modules = modules
    knownNames = KnownNames(
      signatures: builtins.map(Self.signature), others: modules.union(constants.keys),
      results: results, attributes: ValueKind.attributes,
      types: Set(builtins.filter(\.isType).map(\.name)))
  }

  /// The value of a name that no cell has defined, or of a module's attribute by its qualified
  /// name.
  package func value(of name: String) -> Value? {
    if let constant = constants[name] { return constant }
    if let builtin = builtins[name], !Self.isMethod(name) { return .function(builtin) }
    return modules.contains(name) ? .module(Module(name: name)) : nil
  }

  private static func isMethod(_ name: String) -> Bool {
    name.contains(".") && types.contains(String(name.prefix { $0 != "." }))
  }

  /// The names that follow `prefix.`: a module's contents, a type's methods.
  package func members(of prefix: String) -> [String] {
    (Array(builtins.keys) + Array(constants.keys) + Array(modules)).compactMap { name in
      guard name.hasPrefix(prefix + ".") else { return nil }
      let member = name.dropFirst(prefix.count + 1)
      return member.contains(".") ? nil : String(member)
    }.sorted()
  }

  /// The methods of all types, for values whose type is unknown.
  package var methodNames: [String] { Set(Self.types.flatMap(members)).sorted() }

  /// The names that need no module: "len", "np", "slider".
  package var topLevelNames: [String] {
    (Array(builtins.keys) + Array(constants.keys) + Array(modules)).filter { !$0.contains(".") }
      .sorted()
  }

  // MARK: Signatures

  /// Of a built-in by its qualified name. A method's leaves out the value that it is called on.
  package func signature(of name: String) -> Signature? { builtins[name].map(Self.signature) }

  private static func signature(of builtin: Builtin) -> Signature {
    var signature = builtin.signature
    if isMethod(builtin.name) { signature.parameters.removeFirst() }
    return signature
  }
}
