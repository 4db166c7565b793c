import Messages

/// Tracks which of a cell's names hold a value that no other name can reach.
///
/// In Python `b = a; b[0] = 1` changes `a` too; here arrays have value semantics and it does not. So
/// a cell may only mutate values that are not shared, for which the two agree. The analysis is static
/// and conservative.
struct Ownership {
  enum Change {
    case index
    case operation(BinaryOperator)
  }

  private enum State {
    /// A number, a string, …: immutable, so sharing it is harmless.
    case constant
    /// Created by this cell, and reachable by this name only.
    case fresh
    /// Possibly reachable by another name; `reason` completes "x …".
    case shared(reason: String)
  }

  private var states: [String: State] = [:]

  // MARK: Statements

  mutating func assign(_ value: Expression, to names: [String]) {
    if names.count > 1, case .tuple(let elements) = value.kind, elements.count == names.count {
      let results = elements.map { state(of: $0) }
      for element in elements { share(element) }
      for (name, result) in zip(names, results) { states[name] = result }
    } else {
      let result = state(of: value)
      share(value)
      for name in names { states[name] = result }
    }
  }

  /// For `name[i] = value`: the new element may be an array that has another name.
  mutating func store(_ value: Expression) { share(value) }

  /// For `name += value`: a list shares the elements of the list appended to it.
  mutating func extend(by value: Expression) {
    switch value.kind {
    case .list, .tuple, .comprehension: share(value)
    default: break
    }
  }

  func diagnostic(for change: Change, of name: Identifier) -> Diagnostic? {
    let reason: String
    switch states[name.name] {
    case .constant, .fresh: return nil
    case .shared(let found): reason = found
    case nil: reason = "is not assigned in this cell"
    }
    switch (change, states[name.name]) {
    case (.operation(let binaryOperator), _):
      return Diagnostic(
        "'\(binaryOperator.rawValue)=' changes a value, but \(name.name) \(reason)",
        hint: states[name.name] == nil
          ? "give the result a name of its own: result = \(name.name) \(binaryOperator.rawValue) …"
          : "write \(name.name) = \(name.name) \(binaryOperator.rawValue) …, or begin with .copy()",
        range: name.range)
    case (.index, nil):
      return Diagnostic(
        "an array can only be changed in the cell that creates it; \(name.name) \(reason)",
        hint: "write changed = \(name.name).copy() and change that", range: name.range)
    case (.index, _):
      return Diagnostic(
        "other names may see this change: \(name.name) \(reason)",
        hint: "add .copy(), or .clone() of a tensor, where \(name.name) is assigned",
        range: name.range)
    }
  }

  // MARK: Expressions

  /// The state of a name assigned this expression.
  private func state(of value: Expression) -> State {
    switch value.kind {
    case .none, .boolean, .integer, .float, .string, .formatted, .comparison: return .constant
    case .name(let name):
      if case .constant = states[name] { return .constant }
      return .shared(reason: "is another name for \(name)")
    case .attribute(let base, let name, _):
      if Self.constantAttributes.contains(name) || base.isModule { return .constant }
      return .shared(reason: "was assigned an attribute")
    case .index(let base, _):
      if case .attribute(_, "shape", _) = base.kind { return .constant }
      return .shared(reason: "was assigned part of another value")
    case .call(let function, _):
      if case .attribute(_, let name, _) = function.kind, Self.sharingFunctions.contains(name) {
        return .shared(reason: "was assigned the result of \(name), which may share its values")
      }
      return .fresh
    case .conditional(_, let then, let otherwise):
      return state(of: then, or: otherwise)
    case .logical(_, let left, let right):
      return state(of: left, or: right)
    // In PyTorch +x returns x itself.
    case .unary(.plus, let operand): return state(of: operand)
    case .unary, .binary, .list, .tuple, .comprehension: return .fresh
    }
  }

  private func state(of a: Expression, or b: Expression) -> State {
    let first = state(of: a)
    if case .shared = first { return first }
    if case .fresh = first, case .constant = state(of: b) { return first }
    return state(of: b)
  }

  /// Marks the names whose values are reachable through the expression's value.
  private mutating func share(_ value: Expression) {
    switch value.kind {
    case .name(let name):
      if case .fresh = states[name] {
        states[name] = .shared(reason: "was given a second name or put into a list")
      }
    case .attribute(let base, let name, _):
      if !Self.constantAttributes.contains(name) { share(base) }
    case .index(let base, _): share(base)
    case .call(let function, let arguments):
      guard case .attribute(let base, let name, _) = function.kind,
        Self.sharingFunctions.contains(name)
      else { return }
      share(base)
      for argument in arguments { share(argument.value) }
    case .conditional(_, let then, let otherwise):
      share(then)
      share(otherwise)
    case .unary(.plus, _), .logical, .list, .tuple, .comprehension:
      for child in value.kind.children { share(child) }
    case .none, .boolean, .integer, .float, .string, .formatted, .unary, .binary, .comparison:
      return
    }
  }

  // MARK: Sharing rules

  /// Attributes whose values are immutable.
  private static let constantAttributes: Set<String> = ["shape", "size", "ndim", "dtype", "device"]

  /// NumPy and PyTorch functions and methods that may return a view of their argument.
  private static let sharingFunctions: Set<String> = [
    "reshape", "ravel", "flatten", "view", "transpose", "permute", "swapaxes", "moveaxis",
    "squeeze", "unsqueeze", "expand", "expand_dims", "expand_as", "broadcast_to", "atleast_1d",
    "atleast_2d", "flip", "fliplr", "flipud", "real", "imag", "diagonal", "split", "array_split",
    "chunk", "unbind", "narrow", "select", "asarray", "ascontiguousarray", "contiguous", "numpy",
    "from_numpy", "as_tensor", "detach", "to", "cpu", "cuda", "float", "double", "long", "int",
    "short", "bool", "type",
  ]
}

extension Expression {
  /// Whether this is the name of a module, whose members are constants and functions.
  fileprivate var isModule: Bool {
    guard case .name(let name) = kind else { return false }
    return ImportedModule.all.contains { $0.name == name }
  }
}
