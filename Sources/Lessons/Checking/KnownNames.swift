/// The names that cells can use without defining them, grouped by module.
struct KnownNames {
  private let names: Set<String>
  private let membersByModule: [String: [String]]
  /// "len", "np", "slider"
  let topLevelNames: [String]

  /// - Parameter names: qualified names, including modules: "np", "np.fft", "np.fft.rfft".
  init(_ names: Set<String>) {
    self.names = names
    topLevelNames = names.filter { !$0.contains(".") }.sorted()
    var members: [String: [String]] = [:]
    for name in names.sorted() {
      guard let dot = name.lastIndex(of: ".") else { continue }
      members[String(name[..<dot]), default: []].append(String(name[dot...].dropFirst()))
    }
    membersByModule = members
  }

  func contains(_ name: String) -> Bool { names.contains(name) }

  /// Whether the members of `name` are all known.
  func isModule(_ name: String) -> Bool { names.contains(name) && membersByModule[name] != nil }

  /// The names that can follow `module.`
  func members(of module: String) -> [String] { membersByModule[module] ?? [] }
}
