import Messages

/// The errors about names: the same words before a cell runs and while it does.
extension Diagnostic {
  /// - Parameters:
  ///   - path: the name with the attributes behind it: "plt.imshow".
  ///   - candidates: what may have been meant.
  ///   - builtins: what cells have without defining it.
  package static func unknownName(
    _ name: String, in path: String? = nil, among candidates: some Sequence<String>,
    builtins: KnownNames, range: SourceRange?
  ) -> Diagnostic {
    let hint =
      AbsentNames.hint(forPath: path ?? name) { builtins.contains($0) }
      ?? AbsentNames.hint(for: name)
      ?? builtins.member(named: name).map { "write \($0)" }
      ?? absence(of: name) ?? meant(name, candidates)
    return Diagnostic(
      "the name \(name) is not defined", hint: hint ?? "define it in a cell", range: range)
  }

  /// - Parameters:
  ///   - outerPath: the module and the name with the attributes behind them: "signal.windows.hann".
  ///   - members: what the module has.
  package static func unknownMember(
    _ name: String, of module: String, in outerPath: String? = nil,
    among members: some Sequence<String>,
    builtins: KnownNames, range: SourceRange?
  ) -> Diagnostic {
    let path = "\(module).\(name)"
    return Diagnostic(
      "\(module) has no \(name) here",
      hint: outerPath.flatMap { AbsentNames.hint(for: $0) } ?? AbsentNames.hint(for: path)
        ?? builtins.member(named: name).map { "write \($0)" }
        ?? absence(of: path) ?? meant(name, members), range: range)
  }

  private static func absence(of path: String) -> String? {
    LibraryNames.library(of: path).map {
      "\($0) has it, but cells do not; docs/cells.md lists what they have"
    }
  }

  /// An attribute that values of a kind do not have.
  ///
  /// - Parameters:
  ///   - prefix: that of the kind's methods in the table of built-ins.
  ///   - known: the attributes and methods that it has.
  ///   - builtins: what cells have without defining it.
  package static func unknownAttribute(
    _ name: String, ofKind prefix: String, typeName: String, among known: some Sequence<String>,
    builtins: KnownNames, range: SourceRange?
  ) -> Diagnostic {
    if prefix == ValueKind.list.rawValue, let hint = changesOfLists[name] {
      return Diagnostic("lists cannot be changed in place here", hint: hint, range: range)
    }
    let path = "\(prefix).\(name)"
    return Diagnostic(
      "'\(typeName)' has no attribute or method \(name)",
      hint: AbsentNames.hint(for: path) ?? elsewhere(name, ofKind: prefix, builtins)
        ?? absence(of: path) ?? meant(name, known),
      range: range)
  }

  /// Where a name is that values of a kind do not have.
  private static func elsewhere(
    _ name: String, ofKind prefix: String, _ builtins: KnownNames
  ) -> String? {
    func isMethod(of kind: String) -> Bool { builtins.contains("\(kind).\(name)") }
    switch prefix {
    case "tensor":
      if isMethod(of: "array") { return "NumPy arrays have it: x.numpy().\(name)(…)" }
      return ["torch", "F"].first(where: isMethod).map { "write \($0).\(name)(x)" }
    case "array":
      if isMethod(of: "np") { return "write np.\(name)(x)" }
      return isMethod(of: "tensor") ? "tensors have it: torch.tensor(x).\(name)(…)" : nil
    case "list", "tuple", "range":
      let isAttribute = builtins.attributes[.array]?.keys.contains(name) == true
      guard isAttribute || isMethod(of: "array") else { return nil }
      return "arrays have it: np.array(x).\(name)" + (isAttribute ? "" : "(…)")
    default: return nil
    }
  }

  package static func usedBeforeAssigned(_ name: Identifier) -> Diagnostic {
    Diagnostic(
      "\(name.name) is used before it is assigned",
      hint: "assign \(name.name) first, or give the new value another name", range: name.range)
  }

  private static func meant(_ name: String, _ candidates: some Sequence<String>) -> String? {
    nearMatch(of: name, among: candidates).map { "did you mean \($0)?" }
  }

  /// The methods of Python's lists that change the list, and what to write instead.
  private static let changesOfLists = [
    "append": "write items = items + [item], or a list comprehension",
    "extend": "write items = items + others",
    "insert": "write items = items[:i] + [item] + items[i:]",
    "remove": "write a list comprehension with an if",
    "pop": "write items[-1] for the last item and items[:-1] for the others",
    "clear": "write items = []",
    "sort": "write items = sorted(items)",
    "reverse": "write items = items[::-1]",
  ]
}
