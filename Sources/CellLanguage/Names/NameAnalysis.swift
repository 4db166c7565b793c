import Messages

/// The names a cell defines and uses, and any use on which Python and Etude would differ.
package struct NameAnalysis: Sendable {
  /// The names the cell assigns, each at its first assignment, in order; including those that begin
  /// with an underscore.
  package private(set) var definitions: [Identifier] = []
  /// The names the cell reads before assigning them, from other cells or built in, each at its first
  /// use, in order.
  package private(set) var freeNames: [Identifier] = []
  /// Mutations of values that may be shared, and widgets inside expressions.
  package private(set) var diagnostics: [Diagnostic] = []

  /// The names that hold random generators, which other cells may not use.
  package private(set) var generators: Set<String> = []

  private var ownership = Ownership()

  package init(of program: Program) {
    for statement in program.statements { visit(statement) }
  }

  /// Analyses a single expression, such as an inline value.
  package init(of expression: Expression) {
    read(expression)
  }

  // MARK: Statements

  private mutating func visit(_ statement: Statement) {
    switch statement.kind {
    case .importing: break
    case .expression(let expression):
      read(expression)
    case .assignment(let targets, let value):
      read(value, allowsWidget: targets.count == 1)
      ownership.assign(value, to: targets.map(\.name))
      let makesGenerator = targets.count == 1 && isGenerator(value)
      generators.subtract(targets.map(\.name))
      if makesGenerator { generators.insert(targets[0].name) }
      for target in targets { define(target) }
    case .indexAssignment(let name, let subscripts, let value):
      for child in subscripts.flatMap(\.children) + [value] { read(child) }
      change(name, by: .index)
      ownership.store(value)
    case .augmentedAssignment(let name, let binaryOperator, let value):
      read(value)
      change(name, by: .operation(binaryOperator))
      ownership.extend(by: value)
    case .augmentedIndexAssignment(let name, let subscripts, _, let value):
      for child in subscripts.flatMap(\.children) + [value] { read(child) }
      change(name, by: .index)
      ownership.extend(by: value)
    }
  }

  /// Whether the expression makes a random generator, or names one.
  private func isGenerator(_ value: Expression) -> Bool {
    switch value.kind {
    case .name(let name): return generators.contains(name)
    case .call(let function, _):
      guard case .attribute(let base, let name, _) = function.kind,
        case .attribute(_, "random", _) = base.kind
      else { return false }
      return Self.generatorMakers.contains(name)
    default: return false
    }
  }

  private static let generatorMakers: Set<String> = ["default_rng", "RandomState"]

  private mutating func define(_ identifier: Identifier) {
    guard !isDefined(identifier.name) else { return }
    definitions.append(identifier)
  }

  private mutating func change(_ name: Identifier, by change: Ownership.Change) {
    if let diagnostic = ownership.diagnostic(for: change, of: name) {
      diagnostics.append(diagnostic)
    }
  }

  private func isDefined(_ name: String) -> Bool {
    definitions.contains { $0.name == name }
  }

  // MARK: Expressions

  /// Collects the free names of an expression.
  ///
  /// - Parameter allowsWidget: whether the expression is the whole value assigned to a single name,
  ///   the only position in which a widget is allowed.
  private mutating func read(
    _ expression: Expression, local: Set<String> = [], allowsWidget: Bool = false
  ) {
    switch expression.kind {
    case .name(let name):
      guard !local.contains(name), !isDefined(name), !freeNames.contains(where: { $0.name == name })
      else { return }
      freeNames.append(Identifier(name: name, range: expression.range))
    case .comprehension(let element, let clauses):
      // Python, too, evaluates the first iterable outside the comprehension's scope.
      var inner = local
      for clause in clauses {
        read(clause.iterable, local: inner)
        inner.formUnion(clause.targets.map(\.name))
        for condition in clause.conditions { read(condition, local: inner) }
      }
      read(element, local: inner)
    case .call(let function, let arguments):
      // The one method that changes its argument: rng.shuffle(x).
      if case .attribute(_, "shuffle", _) = function.kind,
        let argument = arguments.first?.value, case .name(let name) = argument.kind,
        !local.contains(name)
      {
        change(Identifier(name: name, range: argument.range), by: .index)
      }
      if case .name(let name) = function.kind, Self.widgets.contains(name), !allowsWidget,
        !local.contains(name), !isDefined(name)
      {
        diagnostics.append(
          Diagnostic(
            "\(name)(…) must be assigned to a name by itself",
            hint: "write name = \(name)(…) on a separate line, and use the name here",
            range: expression.range))
      }
      for child in expression.kind.children { read(child, local: local) }
    default:
      for child in expression.kind.children { read(child, local: local) }
    }
  }

  /// The functions that create widgets.
  package static let widgets: Set<String> = ["slider", "choice", "toggle", "choose_device"]
}
