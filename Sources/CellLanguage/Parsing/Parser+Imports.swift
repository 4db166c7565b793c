import Messages

/// Import lines are checked but have no effect, since the names of all modules are predefined.
extension Parser {
  mutating func importing() throws(Diagnostic) {
    if try take(keyword: "import") {
      repeat { try importedModule() } while try take(",")
    } else {
      try advance()
      try importedNames()
    }
  }

  /// `numpy as np`
  private mutating func importedModule() throws(Diagnostic) {
    let start = current.range.start
    let path = try path()
    let end = previousEnd
    let alias = try alias()
    // Without an alias the line binds only the first component of the path.
    let bound = alias ?? (path.contains(".") ? nil : path)
    try check(path, boundTo: bound, at: SourceRange(start: start, end: end))
  }

  /// `torch import nn, optim`
  private mutating func importedNames() throws(Diagnostic) {
    if current.isSymbol(".") || current.isSymbol("...") {
      throw Diagnostic(
        "a cell is not part of a package, so a leading '.' has no meaning", hint: Self.knownModules,
        range: current.range)
    }
    let package = try path()
    guard try take(keyword: "import") else {
      throw Diagnostic("'import' is missing before \(current.description)", range: current.range)
    }
    let isInParentheses = try take("(")
    repeat {
      if isInParentheses && current.isSymbol(")") { break }
      if current.isSymbol("*") {
        throw Diagnostic(
          "'*' cannot be imported",
          hint: "import the module and write its name in front of its functions",
          range: current.range)
      }
      let name = try identifier("an imported name")
      let alias = try alias()
      try check("\(package).\(name.name)", boundTo: alias ?? name.name, at: name.range)
    } while try take(",")
    if isInParentheses { try close(with: ")") }
  }

  private mutating func path() throws(Diagnostic) -> String {
    var path = try identifier("a module").name
    while try take(".") { path += "." + (try identifier("a module").name) }
    return path
  }

  private mutating func alias() throws(Diagnostic) -> String? {
    try take(keyword: "as") ? try identifier("a module's name").name : nil
  }

  // MARK: Known modules

  private func check(
    _ path: String, boundTo name: String?, at range: SourceRange
  ) throws(Diagnostic) {
    if let module = ImportedModule.all.first(where: { $0.path == path }) {
      if module.name == name { return }
      throw Diagnostic(
        "\(path) is always called \(module.name) here", hint: "write \(module.line)", range: range)
    }
    let parent = path.split(separator: ".").dropLast().joined(separator: ".")
    if let module = ImportedModule.all.first(where: { $0.path == parent }) {
      let member = path.dropFirst(parent.count + 1)
      throw Diagnostic(
        "only modules can be imported, and \(path) is not a known module",
        hint: "write \(module.line), then \(module.name).\(member)", range: range)
    }
    if path.hasPrefix("torch.utils.data") {
      throw Diagnostic(
        "there is no \(path) here",
        hint: "dataset(X, y), split and train load data and shuffle it, batch by batch",
        range: range)
    }
    if let hint = AbsentNames.hint(forImport: path) {
      throw Diagnostic("there is no module \(path) here", hint: hint, range: range)
    }
    let near = nearMatch(of: path, among: ImportedModule.all.map(\.path))
    let meant = ImportedModule.all.first { $0.path == near }
    throw Diagnostic(
      "there is no module \(path) here",
      hint: meant.map { "write \($0.line)" } ?? Self.knownModules, range: range)
  }

  private static let knownModules =
    "write one of: " + ImportedModule.all.map(\.line).joined(separator: "; ")
}
