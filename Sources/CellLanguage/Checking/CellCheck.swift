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
  /// The whole of the attribute that is being visited, if it begins with a name.
  private var outerPath: String?
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
        report(unpacking: value, into: targets.count, at: statement.range)
        for (index, target) in targets.enumerated() {
          names[target.name] = .some(value?.item(at: index))
        }
      }
    case .indexAssignment(let name, let subscripts, let expression),
      .augmentedIndexAssignment(let name, let subscripts, _, let expression):
      for child in subscripts.flatMap(\.children) + [expression] { _ = value(of: child, Scope()) }
      names[name.name] = names[name.name].map { $0?.withoutItems }
    case .augmentedAssignment(let name, let operation, let expression):
      let value = value(of: expression, Scope())
      let old = names[name.name] ?? nil
      let result = KnownValue.result(of: operation, old, value)
      // A list is also extended by the items of any other value.
      let isExtended = old?.kind == .list && result == nil && value?.kind != nil
      names[name.name] = .some(isExtended ? .value(.list) : result)
    }
  }

  // MARK: Expressions

  /// Where an expression stands.
  private struct Scope {
    /// The targets of the comprehensions around it, with what is known of their values.
    var locals: [String: KnownValue?] = [:]
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
    case .string(let text): return .text(text)
    case .formatted:
      visitChildren(of: expression, scope)
      return .value(.string)
    case .name(let name): return look(up: Identifier(name: name, range: expression.range), scope)
    case .list(let elements): return .list(elements.map { value(of: $0, scope) })
    case .tuple(let elements): return .tuple(elements.map { value(of: $0, scope) })
    case .unary(let operation, let operand):
      return KnownValue.result(of: operation, value(of: operand, scope))
    case .binary(let operation, let left, let right):
      return KnownValue.result(of: operation, value(of: left, scope), value(of: right, scope))
    case .comparison(let first, let rest):
      let left = value(of: first, scope)
      var right: KnownValue?
      for (index, comparison) in rest.enumerated() {
        right = value(of: comparison.right, index == 0 ? scope : scope.uncertain)
      }
      guard rest.count == 1 else { return nil }
      return KnownValue.result(of: rest[0].comparisonOperator, left, right)
    case .logical(_, let left, let right):
      _ = value(of: left, scope)
      _ = value(of: right, scope.uncertain)
      return nil
    case .conditional(let condition, let then, let otherwise):
      _ = value(of: condition, scope)
      return KnownValue.either(
        value(of: then, scope.uncertain), or: value(of: otherwise, scope.uncertain))
    case .call(let function, let arguments): return call(function, arguments, expression, scope)
    case .attribute(let base, let name, let range):
      // What takes the place of plt.imshow is more than what takes that of plt.
      if outerPath == nil { outerPath = expression.path }
      defer { outerPath = nil }
      return attribute(name, at: range, of: value(of: base, scope), scope)
    case .index(let base, let subscripts):
      let base = value(of: base, scope)
      for child in subscripts.flatMap(\.children) { _ = value(of: child, scope) }
      return KnownValue.result(of: base, at: subscripts)
    case .comprehension(let element, let clauses):
      var inner = scope
      for clause in clauses {
        let items = value(of: clause.iterable, inner)?.item()
        // There may be no items.
        inner = inner.uncertain
        for (index, target) in clause.targets.enumerated() {
          inner.locals[target.name] = .some(
            clause.targets.count == 1 ? items : items?.item(at: index))
        }
        for condition in clause.conditions { _ = value(of: condition, inner) }
      }
      _ = value(of: element, inner)
      return .value(.list)
    }
  }

  private mutating func visitChildren(of expression: Expression, _ scope: Scope) {
    for child in expression.kind.children { _ = value(of: child, scope) }
  }

  private mutating func look(up name: Identifier, _ scope: Scope) -> KnownValue? {
    let text = name.name
    if let local = scope.locals[text] { return local }
    if let known = names[text] { return known }
    if !surroundings.ownNames.contains(text), let known = surroundings.names[text] {
      return known
    }
    let isDefinedLater = definitions.contains(text)
    if !(isDefinedLater && surroundings.isLesson), builtins.contains(text) {
      return builtins.value(of: text)
    }
    if surroundings.unreadableWords.contains(text) { return nil }
    let hinted = outerPath.flatMap { AbsentNames.hint(for: $0) == nil ? nil : $0 }
    guard reported.insert(hinted ?? text).inserted else {
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
      return Diagnostic(
        "the name \(name.name) is not defined",
        hint: "names that begin with '_' are local to their cell; use a name without it",
        range: name.range)
    }
    let candidates =
      suggestsNames
      ? definitions.sorted() + surroundings.names.keys.sorted() + builtins.topLevelNames : []
    return .unknownName(
      name.name, in: outerPath, among: candidates, builtins: builtins, range: name.range)
  }

  /// A name that was reported where it does no harm is used where it does.
  private mutating func makeCertain(_ name: String) {
    let messages = [
      Diagnostic.unknownName(name, among: [], builtins: builtins, range: nil).message,
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
          name, of: module, in: outerPath, among: suggestsNames ? builtins.members(of: module) : [],
          builtins: builtins, range: range), scope)
      return nil
    case .number: return attribute(name, at: range, ofKind: .float, typeName: "number", scope)
    case .value, .text, .tuple, .list, .function:
      guard let kind = base?.kind else { return nil }
      var typeName = kind.typeName
      if case .function(let function)? = base, builtins.types.contains(function) {
        typeName = "type"
      }
      return attribute(name, at: range, ofKind: kind, typeName: typeName, scope)
    case nil: return nil
    }
  }

  private mutating func attribute(
    _ name: String, at range: SourceRange, ofKind kind: ValueKind, typeName: String, _ scope: Scope
  ) -> KnownValue? {
    guard let attributes = builtins.attributes[kind] else { return nil }
    if let known = attributes[name] { return known.map { .value($0) } }
    let path = "\(kind.rawValue).\(name)"
    if builtins.signatures[path] != nil { return .function(path) }
    let known = attributes.keys.sorted() + builtins.members(of: kind.rawValue)
    report(
      .unknownAttribute(
        name, ofKind: kind.rawValue, typeName: typeName, among: suggestsNames ? known : [],
        builtins: builtins, range: range), scope)
    return nil
  }

  // MARK: Calls

  private mutating func call(
    _ function: Expression, _ arguments: [Argument], _ expression: Expression, _ scope: Scope
  ) -> KnownValue? {
    let callee = value(of: function, scope)
    let values = arguments.map { value(of: $0.value, scope) }
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
    // The items have changed places.
    if name.hasSuffix(".shuffle"), case .name(let shuffled)? = arguments.first?.value.kind {
      names[shuffled] = names[shuffled].map { $0?.withoutItems }
    }
    guard let result = builtins.results[name] else { return nil }
    if case .always(let value) = result { return value }
    guard !arguments.contains(where: \.isUnpacked) else { return nil }
    let parameters = signature.parameters.map(\.name)
    var given: [String: KnownValue?] = [:]
    for (index, (argument, value)) in zip(arguments, values).enumerated() {
      if let keyword = argument.keyword {
        given[keyword.name] = .some(value)
      } else if parameters.indices.contains(index) {
        given[parameters[index]] = .some(value)
      }
    }
    return result.value(given: given)
  }

  /// A value that has another number of items than there are names for them.
  private mutating func report(
    unpacking value: KnownValue?, into count: Int, at range: SourceRange
  ) {
    let message: String
    if let itemCount = value?.itemCount {
      guard itemCount != count else { return }
      message =
        "\(itemCount) value\(itemCount == 1 ? "" : "s") cannot be assigned to \(count) names"
    } else {
      let typeName =
        switch value {
        case .number?: "number"
        case .value(let kind)? where !kind.hasItems: kind.typeName
        default: ""
        }
      guard !typeName.isEmpty else { return }
      message = "one '\(typeName)' cannot be assigned to \(count) names"
    }
    report(Diagnostic(message, range: range), Scope())
  }

  private mutating func report(_ diagnostic: Diagnostic, _ scope: Scope) {
    faults.append(Fault(diagnostic: diagnostic, isCertain: scope.isCertain))
  }
}

extension SourceLocation {
  fileprivate static let start = SourceLocation(line: 1, column: 1, offset: 0)
}
