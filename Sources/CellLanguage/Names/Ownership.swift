/// Which of a cell's names hold a value that no other name can reach.
///
/// In Python `b = a; b[0] = 1` changes `a` too, here arrays are values and it does not. So a cell
/// may change only what nobody else can see: then the two agree. The rule looks at the text alone
/// and errs on the safe side.
struct Ownership {
  enum Change {
    case index
    case operation(BinaryOperator)
  }

  private enum Holding {
    /// A number, a string, …: it never changes, so sharing it does no harm.
    case constant
    /// Made by this cell, and reachable by this name only.
    case fresh
    /// Reachable from elsewhere: `reason` completes "x …".
    case shared(reason: String)
  }

  private var holdings: [String: Holding] = [:]

  // MARK: Statements

  mutating func assign(_ value: Expression, to names: [String]) {
    if names.count > 1, case .tuple(let elements) = value.kind, elements.count == names.count {
      let results = elements.map { holding(of: $0) }
      for element in elements { share(element) }
      for (name, result) in zip(names, results) { holdings[name] = result }
    } else {
      let result = holding(of: value)
      share(value)
      for name in names { holdings[name] = result }
    }
  }

  /// For `name[i] = value`: the element may be an array of another name.
  mutating func store(_ value: Expression) { share(value) }

  /// For `name += value`: a list takes over the elements of a list.
  mutating func extend(by value: Expression) {
    switch value.kind {
    case .list, .tuple, .comprehension: share(value)
    default: break
    }
  }

  func objection(to change: Change, of name: Identifier) -> Diagnostic? {
    let reason: String
    switch holdings[name.name] {
    case .constant, .fresh: return nil
    case .shared(let found): reason = found
    case nil: reason = "is not assigned in this cell"
    }
    switch (change, holdings[name.name]) {
    case (.operation(let binaryOperator), _):
      return Diagnostic(
        range: name.range,
        message: "'\(binaryOperator.rawValue)=' changes a value, but \(name.name) \(reason)",
        mend: holdings[name.name] == nil
          ? "give the result a name of its own: result = \(name.name) \(binaryOperator.rawValue) …"
          : "write \(name.name) = \(name.name) \(binaryOperator.rawValue) …, or begin with .copy()")
    case (.index, nil):
      return Diagnostic(
        range: name.range,
        message:
          "an element can be changed in the cell that made its array; \(name.name) \(reason)",
        mend: "write changed = \(name.name).copy(), then change that")
    case (.index, _):
      return Diagnostic(
        range: name.range, message: "other names may see this change: \(name.name) \(reason)",
        mend: "add .copy() where \(name.name) is assigned")
    }
  }

  // MARK: Expressions

  /// What a name holds after it was assigned the expression.
  private func holding(of value: Expression) -> Holding {
    switch value.kind {
    case .none, .boolean, .integer, .float, .string, .formatted, .comparison: return .constant
    case .name(let name):
      if case .constant = holdings[name] { return .constant }
      return .shared(reason: "is another name for \(name)")
    case .attribute(let base, let name, _):
      if Self.constantAttributes.contains(name) || base.isModule { return .constant }
      return .shared(reason: "was assigned an attribute")
    case .index(let base, _):
      if case .attribute(_, "shape", _) = base.kind { return .constant }
      return .shared(reason: "was assigned a part of another value")
    case .call(let function, _):
      if case .attribute(_, let name, _) = function.kind, Self.sharingFunctions.contains(name) {
        return .shared(reason: "was assigned what \(name) gave, which may share its values")
      }
      return .fresh
    case .conditional(_, let then, let otherwise):
      return holding(of: then, or: otherwise)
    case .logical(_, let left, let right):
      return holding(of: left, or: right)
    // PyTorch's +x is x itself.
    case .unary(.plus, let operand): return holding(of: operand)
    case .unary, .binary, .list, .tuple, .comprehension: return .fresh
    }
  }

  private func holding(of a: Expression, or b: Expression) -> Holding {
    let first = holding(of: a)
    if case .shared = first { return first }
    if case .fresh = first, case .constant = holding(of: b) { return first }
    return holding(of: b)
  }

  /// Marks the names whose values can be reached through the expression's value.
  private mutating func share(_ value: Expression) {
    switch value.kind {
    case .name(let name):
      if case .fresh = holdings[name] {
        holdings[name] = .shared(reason: "was given a second name or put into a list")
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

  // MARK: What shares

  /// Attributes that are numbers, tuples or names.
  private static let constantAttributes: Set<String> = ["shape", "size", "ndim", "dtype", "device"]

  /// Functions and methods of NumPy and PyTorch that may return their argument's own memory.
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
  /// Whether this is the name of a module: what it holds are constants and functions.
  fileprivate var isModule: Bool {
    guard case .name(let name) = kind else { return false }
    return ImportedModule.all.contains { $0.name == name }
  }
}
