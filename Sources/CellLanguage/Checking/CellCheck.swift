import Messages

/// What is wrong with a cell whatever its values are: unknown names, attributes and arguments, and what
/// `NameAnalysis` finds. Runs nothing, and says nothing where it does not know for certain.
package struct CellCheck {
  package struct Fault: Sendable {
    package var diagnostic: Diagnostic
    /// Whether every run of the cell gets there. A branch that is not taken does no harm.
    package var isCertain: Bool
  }

  /// What the cell finds around it.
  package struct Surroundings: Sendable {
    package var builtins: KnownNames
    /// The names that other cells define, with what is known of their values.
    package var names: [String: KnownValue?] = [:]
    /// Those of them that are this cell's own.
    package var ownNames: Set<String> = []
    /// Words of text that could not be read, any of which it may define.
    package var unreadableWords: Set<String> = []
    /// A cell of a lesson cannot have a name in two meanings, even one after the other.
    package var isLesson = false
    /// Whether near matches are searched for, which takes time for each unknown name.
    package var suggestsNames = true

    package init(builtins: KnownNames) { self.builtins = builtins }
  }

  /// By position.
  package private(set) var faults: [Fault] = []
  /// What is known, at the end of the cell, of the names that it defines.
  package private(set) var names: [String: KnownValue?] = [:]

  private let surroundings: Surroundings
  /// The names that the cell assigns somewhere.
  private let definitions: Set<String>
  /// Names that were reported: each is reported once.
  private var reported: Set<String> = []

  private var builtins: KnownNames { surroundings.builtins }
  private var suggestsNames: Bool { surroundings.suggestsNames && faults.count < 100 }

  package init(of program: Program, in surroundings: Surroundings) {
    self.surroundings = surroundings
    let analysis = NameAnalysis(of: program)
    definitions = Set(analysis.definitions.map(\.name))
    faults = analysis.diagnostics.map { Fault(diagnostic: $0, isCertain: true) }
    for statement in program.statements { visit(statement) }
    faults.sort {
      ($0.diagnostic.range?.start.offset ?? 0) < ($1.diagnostic.range?.start.offset ?? 0)
    }
  }

  // MARK: Statements

  private mutating func visit(_ statement: Statement) {
    switch statement.kind {
    case .importing: break
    case .expression(let expression): _ = value(of: expression, Scope())
    case .assignment(let targets, let expression):
      let value = value(of: expression, Scope())
      if targets.count == 1 {
        names[targets[0].name] = .some(value)
      } else {
        var items: [KnownValue?] = []
        if case .tuple(let known)? = value, known.count == targets.count { items = known }
        for (index, target) in targets.enumerated() {
          names[target.name] = .some(items.isEmpty ? nil : items[index])
        }
      }
    case .indexAssignment(_, let subscripts, let expression),
      .augmentedIndexAssignment(_, let subscripts, _, let expression):
      for child in subscripts.flatMap(\.children) + [expression] { _ = value(of: child, Scope()) }
    case .augmentedAssignment(let name, _, let expression):
      _ = value(of: expression, Scope())
      // Arrays stay arrays, and lists lists; a number may become an array.
      switch names[name.name] {
      case .value(.array)??, .value(.tensor)??: break
      default: names[name.name] = .some(nil)
      }
    }
  }

  // MARK: Expressions

  /// Where an expression stands.
  private struct Scope {
    /// The targets of the comprehensions around it.
    var locals: Set<String> = []
    var isCertain = true

    var uncertain: Scope {
      var scope = self
      scope.isCertain = false
      return scope
    }
  }

  /// What is known of the value, once the faults in the expression are reported.
  private mutating func value(of expression: Expression, _ scope: Scope) -> KnownValue? {
    switch expression.kind {
    case .none: return .value(.none)
    case .boolean: return .value(.bool)
    case .integer: return .value(.int)
    case .float: return .value(.float)
    case .string: return .value(.string)
    case .formatted:
      visitChildren(of: expression, scope)
      return .value(.string)
    case .name(let name): return look(up: Identifier(name: name, range: expression.range), scope)
    case .list:
      visitChildren(of: expression, scope)
      return .value(.list)
    case .tuple(let elements): return .tuple(elements.map { value(of: $0, scope) })
    case .unary(let operation, let operand):
      let value = value(of: operand, scope)
      guard operation == .minus, case .value(let kind)? = value, kind == .array || kind == .tensor
      else { return nil }
      return value
    case .binary(_, let left, let right):
      return arithmetic(value(of: left, scope)?.kind, value(of: right, scope)?.kind)
    case .comparison(let first, let rest):
      _ = value(of: first, scope)
      for (index, comparison) in rest.enumerated() {
        _ = value(of: comparison.right, index == 0 ? scope : scope.uncertain)
      }
      return nil
    case .logical(_, let left, let right):
      _ = value(of: left, scope)
      _ = value(of: right, scope.uncertain)
      return nil
    case .conditional(let condition, let then, let otherwise):
      _ = value(of: condition, scope)
      let (first, second) = (
        value(of: then, scope.uncertain), value(of: otherwise, scope.uncertain)
      )
      return first == second ? first : nil
    case .call(let function, let arguments): return call(function, arguments, expression, scope)
    case .attribute(let base, let name, let range):
      return attribute(name, at: range, of: value(of: base, scope), scope)
    case .index:
      visitChildren(of: expression, scope)
      return nil
    case .comprehension(let element, let clauses):
      var inner = scope
      for clause in clauses {
        _ = value(of: clause.iterable, inner)
        // There may be no items.
        inner = inner.uncertain
        inner.locals.formUnion(clause.targets.map(\.name))
        for condition in clause.conditions { _ = value(of: condition, inner) }
      }
      _ = value(of: element, inner)
      return .value(.list)
    }
  }

  private mutating func visitChildren(of expression: Expression, _ scope: Scope) {
    for child in expression.kind.children { _ = value(of: child, scope) }
  }

  /// An array stays one beside numbers and arrays, a tensor likewise.
  private func arithmetic(_ left: ValueKind?, _ right: ValueKind?) -> KnownValue? {
    let numbers: Set<ValueKind> = [.bool, .int, .float]
    guard let left, let right else { return nil }
    for kind in [ValueKind.array, .tensor] where [left, right].contains(kind) {
      let other = left == kind ? right : left
      if other == kind || numbers.contains(other) { return .value(kind) }
    }
    return nil
  }

  private mutating func look(up name: Identifier, _ scope: Scope) -> KnownValue? {
    let text = name.name
    if scope.locals.contains(text) { return nil }
    if let known = names[text] { return known }
    if !surroundings.ownNames.contains(text), let known = surroundings.names[text] {
      return known
    }
    let isDefinedLater = definitions.contains(text)
    if !(isDefinedLater && surroundings.isLesson), builtins.contains(text) {
      return builtins.value(of: text)
    }
    if surroundings.unreadableWords.contains(text) { return nil }
    guard reported.insert(text).inserted else {
      if scope.isCertain { makeCertain(text) }
      return nil
    }
    if isDefinedLater {
      report(.usedBeforeAssigned(name), scope)
    } else {
      report(unknown(name), scope)
    }
    return nil
  }

  private func unknown(_ name: Identifier) -> Diagnostic {
    if surroundings.isLesson, name.name.hasPrefix("_") {
      return .unknownName(
        name.name, among: [],
        otherwise: "names that begin with '_' are local to their cell; use a name without it",
        range: name.range)
    }
    let candidates =
      suggestsNames
      ? definitions.sorted() + surroundings.names.keys.sorted() + builtins.topLevelNames : []
    return .unknownName(
      name.name, among: candidates,
      otherwise: surroundings.isLesson ? "define it in a cell" : nil, range: name.range)
  }

  /// A name that was reported where it does no harm is used where it does.
  private mutating func makeCertain(_ name: String) {
    let messages = [
      Diagnostic.unknownName(name, among: [], range: nil).message,
      Diagnostic.usedBeforeAssigned(
        Identifier(name: name, range: SourceRange(start: .start, end: .start))
      ).message,
    ]
    for index in faults.indices where messages.contains(faults[index].diagnostic.message) {
      faults[index].isCertain = true
    }
  }

  // MARK: Attributes

  private mutating func attribute(
    _ name: String, at range: SourceRange, of base: KnownValue?, _ scope: Scope
  ) -> KnownValue? {
    switch base {
    case .module(let module)?:
      let path = "\(module).\(name)"
      if let alias = ImportedModule.named(name, of: module) { return .module(alias) }
      if builtins.contains(path) { return builtins.value(of: path) }
      report(
        .unknownMember(
          name, of: module, among: suggestsNames ? builtins.members(of: module) : [],
          range: range), scope)
      return nil
    case .value, .tuple:
      guard let kind = base?.kind, let attributes = builtins.attributes[kind] else { return nil }
      if let known = attributes[name] { return known.map { .value($0) } }
      let path = "\(kind.rawValue).\(name)"
      if builtins.signatures[path] != nil { return .function(path) }
      let known = attributes.keys.sorted() + builtins.members(of: kind.rawValue)
      report(
        .unknownAttribute(
          name, ofKind: kind.rawValue, typeName: kind.typeName,
          among: suggestsNames ? known : [], range: range
        ) { builtins.contains($0) }, scope)
      return nil
    case .function, nil: return nil
    }
  }

  // MARK: Calls

  private mutating func call(
    _ function: Expression, _ arguments: [Argument], _ expression: Expression, _ scope: Scope
  ) -> KnownValue? {
    let callee = value(of: function, scope)
    for argument in arguments { _ = value(of: argument.value, scope) }
    guard case .function(let name)? = callee, let signature = builtins.signatures[name] else {
      return nil
    }
    let positional = arguments.filter { $0.keyword == nil }
    let keywords = arguments.compactMap(\.keyword)
    let faults = signature.faults(
      positional: positional.count { !$0.isUnpacked }, keywords: keywords.map(\.name),
      isOpen: positional.contains(where: \.isUnpacked))
    for fault in faults {
      var diagnostic = fault.diagnostic
      diagnostic.range =
        switch fault.subject {
        case .call: expression.range
        case .keyword(let index): keywords[index].range
        case .positional(let index):
          positional.indices.contains(index) ? positional[index].value.range : expression.range
        }
      report(diagnostic, scope)
    }
    return builtins.results[name]
  }

  private mutating func report(_ diagnostic: Diagnostic, _ scope: Scope) {
    faults.append(Fault(diagnostic: diagnostic, isCertain: scope.isCertain))
  }
}

extension SourceLocation {
  fileprivate static let start = SourceLocation(line: 1, column: 1, offset: 0)
}
