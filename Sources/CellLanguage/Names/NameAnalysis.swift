/// Which names a cell defines and which it needs, and what it does with names that Python and
/// Etude would not agree about.
package struct NameAnalysis: Sendable {
  /// The names that the cell assigns, each where it is assigned first, in order. Those that begin
  /// with an underscore are among them.
  package private(set) var definitions: [Identifier] = []
  /// The names that the cell reads before it has assigned them: other cells' and built-in ones,
  /// each where it is read first, in order.
  package private(set) var freeNames: [Identifier] = []
  /// Changes of values that may be shared, and widgets that are part of an expression.
  package private(set) var diagnostics: [Diagnostic] = []

  private var ownership = Ownership()

  package init(of program: Program) {
    for statement in program.statements { visit(statement) }
  }

  /// For an expression by itself, such as an inline value.
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
      read(value, asWidgetOf: targets.count == 1)
      ownership.assign(value, to: targets.map(\.name))
      for target in targets { define(target) }
    case .indexAssignment(let name, let subscripts, let value):
      for child in subscripts.flatMap(\.children) + [value] { read(child) }
      change(name, by: .index)
      ownership.store(value)
    case .augmentedAssignment(let name, let binaryOperator, let value):
      read(value)
      change(name, by: .operation(binaryOperator))
      ownership.extend(by: value)
    }
  }

  private mutating func define(_ identifier: Identifier) {
    guard !isDefined(identifier.name) else { return }
    definitions.append(identifier)
  }

  private mutating func change(_ name: Identifier, by change: Ownership.Change) {
    if let diagnostic = ownership.objection(to: change, of: name) { diagnostics.append(diagnostic) }
  }

  private func isDefined(_ name: String) -> Bool {
    definitions.contains { $0.name == name }
  }

  // MARK: Expressions

  /// Collects the free names of an expression.
  ///
  /// - Parameter isWidgetPlace: whether the expression is all that one name is assigned, which is
  ///   where a widget may stand.
  private mutating func read(
    _ expression: Expression, local: Set<String> = [], asWidgetOf isWidgetPlace: Bool = false
  ) {
    switch expression.kind {
    case .name(let name):
      guard !local.contains(name), !isDefined(name), !freeNames.contains(where: { $0.name == name })
      else { return }
      freeNames.append(Identifier(name: name, range: expression.range))
    case .comprehension(let element, let targets, let iterable, let condition):
      // Python, too, evaluates the iterable outside the comprehension's scope.
      read(iterable, local: local)
      let inner = local.union(targets.map(\.name))
      if let condition { read(condition, local: inner) }
      read(element, local: inner)
    case .call(let function, _):
      if case .name(let name) = function.kind, Self.widgets.contains(name), !isWidgetPlace,
        !local.contains(name), !isDefined(name)
      {
        diagnostics.append(
          Diagnostic(
            range: expression.range, message: "\(name)(…) must be all that one name is assigned",
            mend: "write name = \(name)(…) on a line of its own, and the name here"))
      }
      for child in expression.kind.children { read(child, local: local) }
    default:
      for child in expression.kind.children { read(child, local: local) }
    }
  }

  /// The functions whose calls the student can move.
  package static let widgets: Set<String> = ["slider", "choice", "toggle", "choose_device"]
}
