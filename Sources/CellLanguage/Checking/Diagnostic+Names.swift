import Messages

/// The errors about names: the same words before a cell runs and while it does.
extension Diagnostic {
  /// - Parameters:
  ///   - candidates: what may have been meant.
  ///   - otherwise: the hint when none is close.
  package static func unknownName(
    _ name: String, among candidates: some Sequence<String>, otherwise: String? = nil,
    range: SourceRange?
  ) -> Diagnostic {
    Diagnostic(
      "the name \(name) is not defined",
      hint: AbsentNames.hint(for: name) ?? meant(name, candidates) ?? otherwise, range: range)
  }

  /// - Parameter members: what the module has.
  package static func unknownMember(
    _ name: String, of module: String, among members: some Sequence<String>, range: SourceRange?
  ) -> Diagnostic {
    Diagnostic(
      "\(module) has no \(name) here",
      hint: AbsentNames.hint(for: "\(module).\(name)") ?? meant(name, members), range: range)
  }

  /// An attribute that values of a kind do not have.
  ///
  /// - Parameters:
  ///   - prefix: that of the kind's methods in the table of built-ins.
  ///   - known: the attributes and methods that it has.
  ///   - isBuiltin: whether the table has a name.
  package static func unknownAttribute(
    _ name: String, ofKind prefix: String, typeName: String, among known: some Sequence<String>,
    range: SourceRange?, isBuiltin: (String) -> Bool
  ) -> Diagnostic {
    if prefix == ValueKind.list.rawValue, let hint = changesOfLists[name] {
      return Diagnostic("lists cannot be changed in place here", hint: hint, range: range)
    }
    var conversion: String?
    if prefix == "tensor", isBuiltin("array.\(name)") {
      conversion = "NumPy arrays have it: x.numpy().\(name)(…)"
    } else if prefix == "array", isBuiltin("tensor.\(name)") {
      conversion = "tensors have it: torch.tensor(x).\(name)(…)"
    }
    return Diagnostic(
      "'\(typeName)' has no attribute or method \(name)",
      hint: AbsentNames.hint(for: "\(prefix).\(name)") ?? conversion ?? meant(name, known),
      range: range)
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
