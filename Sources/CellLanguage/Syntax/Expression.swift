import Messages

/// An expression node of the syntax tree, with its source range.
package struct Expression: Sendable {
  package indirect enum Kind: Sendable {
    case none
    case boolean(Bool)
    case integer(Int)
    case float(Double)
    case string(String)
    /// An f-string: literal text and replacement fields, in order.
    case formatted([FormattedPart])
    case name(String)
    case list([Expression])
    case tuple([Expression])
    case unary(UnaryOperator, Expression)
    case binary(BinaryOperator, Expression, Expression)
    /// `a < b <= c`: the first operand, then each operator with its right operand.
    case comparison(Expression, [Comparison])
    /// `a and b`, `a or b`; short-circuits and yields an operand, as in Python.
    case logical(LogicalOperator, Expression, Expression)
    /// `then if condition else otherwise`
    case conditional(condition: Expression, then: Expression, otherwise: Expression)
    case call(Expression, [Argument])
    case attribute(Expression, name: String, nameRange: SourceRange)
    case index(Expression, [Subscript])
    /// `[element for targets in iterable if condition for …]`; at least one clause.
    case comprehension(element: Expression, [ComprehensionClause])
  }

  package let kind: Kind
  package let range: SourceRange
  /// The levels of expressions below this one; 0 for a leaf. Bounded by the parser, so that the tree
  /// can be traversed recursively.
  package let height: Int

  package init(_ kind: Kind, range: SourceRange) {
    self.kind = kind
    self.range = range
    let height = kind.children.reduce(0) { max($0, $1.height + 1) }
    // Each clause is evaluated within the one before.
    if case .comprehension(_, let clauses) = kind {
      self.height = height + clauses.count - 1
    } else {
      self.height = height
    }
  }
}

extension Expression.Kind {
  /// The direct subexpressions, in source order.
  package var children: [Expression] {
    switch self {
    case .none, .boolean, .integer, .float, .string, .name: []
    case .formatted(let parts): parts.flatMap(\.children)
    case .list(let elements), .tuple(let elements): elements
    case .unary(_, let operand): [operand]
    case .binary(_, let left, let right), .logical(_, let left, let right): [left, right]
    case .comparison(let first, let rest): [first] + rest.map(\.right)
    case .conditional(let condition, let then, let otherwise): [then, condition, otherwise]
    case .call(let function, let arguments): [function] + arguments.map(\.value)
    case .attribute(let base, _, _): [base]
    case .index(let base, let subscripts): [base] + subscripts.flatMap(\.children)
    case .comprehension(let element, let clauses):
      [element] + clauses.flatMap { [$0.iterable] + $0.conditions }
    }
  }
}

extension Expression {
  /// Whether one of the names occurs in it.
  package func uses(anyOf names: Set<String>) -> Bool {
    if case .name(let name) = kind { return names.contains(name) }
    return kind.children.contains { $0.uses(anyOf: names) }
  }
}

extension Expression {
  /// A name with the attributes behind it, as "scipy.signal.lfilter"; nil for anything else.
  var path: String? {
    switch kind {
    case .name(let name): name
    case .attribute(let base, let name, _): base.path.map { "\($0).\(name)" }
    default: nil
    }
  }
}

/// A name with its source range.
package struct Identifier: Hashable, Sendable {
  package var name: String
  package var range: SourceRange

  package init(name: String, range: SourceRange) {
    self.name = name
    self.range = range
  }
}

package enum UnaryOperator: String, Sendable {
  case plus = "+"
  case minus = "-"
  case invert = "~"
  case not
}

package enum BinaryOperator: String, Sendable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case remainder = "%"
  case matrixMultiply = "@"
  case power = "**"
  case bitwiseAnd = "&"
  case bitwiseOr = "|"
  case bitwiseXor = "^"
  case shiftLeft = "<<"
  case shiftRight = ">>"
}

package enum ComparisonOperator: String, Sendable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case isSame = "is"
  case isNotSame = "is not"
  case contains = "in"
  case doesNotContain = "not in"
}

package enum LogicalOperator: String, Sendable {
  case and
  case or
}

package struct Comparison: Sendable {
  package var comparisonOperator: ComparisonOperator
  package var right: Expression

  package init(_ comparisonOperator: ComparisonOperator, _ right: Expression) {
    self.comparisonOperator = comparisonOperator
    self.right = right
  }
}

/// One argument of a call; `keyword` is nil for a positional one.
package struct Argument: Sendable {
  package var keyword: Identifier?
  package var value: Expression
  /// `*value`: its items are positional arguments.
  package var isUnpacked: Bool

  package init(keyword: Identifier?, value: Expression, isUnpacked: Bool = false) {
    self.keyword = keyword
    self.value = value
    self.isUnpacked = isUnpacked
  }
}

/// `for targets in iterable if condition …` in a comprehension.
package struct ComprehensionClause: Sendable {
  package var targets: [Identifier]
  package var iterable: Expression
  package var conditions: [Expression]

  package init(targets: [Identifier], iterable: Expression, conditions: [Expression]) {
    self.targets = targets
    self.iterable = iterable
    self.conditions = conditions
  }
}

/// One component of an index: `a[i]`, `a[start:stop:step]`, `a[..., 0]`.
package enum Subscript: Sendable {
  case element(Expression)
  case slice(start: Expression?, stop: Expression?, step: Expression?)
  case ellipsis

  package var children: [Expression] {
    switch self {
    case .element(let expression): [expression]
    case .slice(let start, let stop, let step): [start, stop, step].compactMap { $0 }
    case .ellipsis: []
    }
  }
}

/// A part of an f-string. `debugText` is the verbatim `x=` of `f"{x=}"`; such a field without a
/// conversion or a specification has the conversion "r", as in Python.
package enum FormattedPart: Sendable {
  case text(String)
  case field(
    value: Expression, debugText: String?, conversion: Character?, specification: [FormattedPart])

  package var children: [Expression] {
    switch self {
    case .text: []
    case .field(let value, _, _, let specification):
      [value] + specification.flatMap(\.children)
    }
  }
}
