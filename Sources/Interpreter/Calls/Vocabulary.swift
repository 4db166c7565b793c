/// Everything that cells can name without defining it: the table of built-ins and the constants.
///
/// Names are full names: "len", "np.convolve", "np.fft.rfft". The methods of a value stand under
/// its type, their first parameter is the value itself: "array.sum", "str.upper", "list.index".
package struct Vocabulary: Sendable {
  package let builtins: [String: Builtin]
  package let constants: [String: Value]
  /// "np", "np.fft", "signal": every name that something above begins with.
  package let modules: Set<String>

  /// The prefixes of methods, which no cell can name.
  private static let types: Set<String> = [
    "array", "str", "list", "tuple", "range", "float", "int", "tensor", "fit", "model", "dataset",
  ]

  /// - Precondition: no name occurs twice.
  package init(builtins: [Builtin], constants: [String: Value]) {
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
  }

  /// The value of a name that no cell has defined, or of a module's attribute by its full name.
  package func value(of name: String) -> Value? {
    if let constant = constants[name] { return constant }
    if let builtin = builtins[name],
      !Self.types.contains(String(name.prefix { $0 != "." }))
        || !name.contains(".")
    {
      return .function(builtin)
    }
    return modules.contains(name) ? .module(Module(name: name)) : nil
  }

  /// The names that follow `prefix.`: a module's contents, a type's methods.
  package func members(of prefix: String) -> [String] {
    (Array(builtins.keys) + Array(constants.keys) + Array(modules)).compactMap { name in
      guard name.hasPrefix(prefix + ".") else { return nil }
      let member = name.dropFirst(prefix.count + 1)
      return member.contains(".") ? nil : String(member)
    }.sorted()
  }

  /// The methods and properties of all types, for values whose type is not known.
  package var methodNames: [String] { Set(Self.types.flatMap(members)).sorted() }

  /// The names that need no module: "len", "np", "slider".
  package var topLevelNames: [String] {
    (Array(builtins.keys) + Array(constants.keys) + Array(modules)).filter { !$0.contains(".") }
      .sorted()
  }
}
