import Messages

/// A cell's text as a syntax tree.
package struct Program: Sendable {
  package var statements: [Statement]

  package init(statements: [Statement]) { self.statements = statements }
}

package struct Statement: Sendable {
  package enum Kind: Sendable {
    /// `name = e`; `a, b = e` has several targets.
    case assignment(targets: [Identifier], value: Expression)
    /// `name[i] = e`
    case indexAssignment(name: Identifier, subscripts: [Subscript], value: Expression)
    /// `name += e`, and likewise for other operators.
    case augmentedAssignment(name: Identifier, BinaryOperator, value: Expression)
    /// `name[i] += e`, and likewise for other operators.
    case augmentedIndexAssignment(
      name: Identifier, subscripts: [Subscript], BinaryOperator, value: Expression)
    case expression(Expression)
    /// `import numpy as np`, `from scipy import signal`: checked while parsing, without effect.
    case importing
  }

  package var kind: Kind
  package var range: SourceRange

  package init(_ kind: Kind, range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}

extension Statement {
  /// The expressions directly in the statement.
  package var expressions: [Expression] {
    switch kind {
    case .assignment(_, let value), .augmentedAssignment(_, _, let value): [value]
    case .indexAssignment(_, let subscripts, let value),
      .augmentedIndexAssignment(_, let subscripts, _, let value):
      subscripts.flatMap(\.children) + [value]
    case .expression(let expression): [expression]
    case .importing: []
    }
  }

  /// The names that it assigns or changes.
  package var targets: [Identifier] {
    switch kind {
    case .assignment(let targets, _): targets
    case .indexAssignment(let name, _, _), .augmentedAssignment(let name, _, _),
      .augmentedIndexAssignment(let name, _, _, _):
      [name]
    case .expression, .importing: []
    }
  }

  /// Whether its target must have a value before.
  package var changesItsTarget: Bool {
    if case .assignment = kind { false } else { !targets.isEmpty }
  }
}
