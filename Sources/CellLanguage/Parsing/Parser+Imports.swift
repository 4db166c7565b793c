/// Import lines: checked, without effect, since every module's name is there from the start.
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
    // Without an alias the line binds the path's first part only.
    let bound = alias ?? (path.contains(".") ? nil : path)
    try check(path, boundTo: bound, at: SourceRange(start: start, end: end))
  }

  /// `torch import nn, optim`
  private mutating func importedNames() throws(Diagnostic) {
    if current.isSymbol(".") || current.isSymbol("...") {
      throw Diagnostic(
        range: current.range,
        message: "a cell belongs to no package, so a leading '.' has no meaning",
        mend: Self.knownModules)
    }
    let package = try path()
    guard try take(keyword: "import") else {
      throw Diagnostic(
        range: current.range, message: "'import' is missing before \(current.description)")
    }
    let isInParentheses = try take("(")
    repeat {
      if isInParentheses && current.isSymbol(")") { break }
      if current.isSymbol("*") {
        throw Diagnostic(
          range: current.range, message: "'*' cannot be imported",
          mend: "import the module and write its name before its functions")
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

  // MARK: What is known

  private func check(
    _ path: String, boundTo name: String?, at range: SourceRange
  ) throws(Diagnostic) {
    if let module = ImportedModule.all.first(where: { $0.path == path }) {
      if module.name == name { return }
      throw Diagnostic(
        range: range, message: "\(path) goes by the name \(module.name) here",
        mend: "write \(module.line)")
    }
    let parent = path.split(separator: ".").dropLast().joined(separator: ".")
    if let module = ImportedModule.all.first(where: { $0.path == parent }) {
      let member = path.dropFirst(parent.count + 1)
      throw Diagnostic(
        range: range, message: "only modules can be imported, and \(path) is none that is known",
        mend: "write \(module.line), then \(module.name).\(member)")
    }
    if path.hasPrefix("torch.utils.data") {
      throw Diagnostic(
        range: range, message: "there is no \(path) here",
        mend: "dataset(X, y), split and train load data and shuffle it, batch by batch")
    }
    if path == "matplotlib" || path.hasPrefix("matplotlib.") {
      throw Diagnostic(
        range: range, message: "there is no matplotlib here",
        mend: "plot, stem, response and spectrum draw without an import")
    }
    let near = nearMatch(of: path, among: ImportedModule.all.map(\.path))
    let meant = ImportedModule.all.first { $0.path == near }
    throw Diagnostic(
      range: range, message: "there is no module \(path) here",
      mend: meant.map { "write \($0.line)" } ?? Self.knownModules)
  }

  private static let knownModules =
    "write one of: " + ImportedModule.all.map(\.line).joined(separator: "; ")
}
