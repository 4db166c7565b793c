/// A node of the syntax tree that has a value, with the text it came from.
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
    /// `[element for targets in iterable if condition]`
    case comprehension(
      element: Expression, targets: [Identifier], iterable: Expression, condition: Expression?)
  }

  package var kind: Kind
  package var range: SourceRange

  package init(_ kind: Kind, range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}

/// A name with its place.
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

  package init(keyword: Identifier?, value: Expression) {
    self.keyword = keyword
    self.value = value
  }
}

/// One axis's part of an index: `a[i]`, `a[start:stop:step]`, `a[..., 0]`.
package enum Subscript: Sendable {
  case element(Expression)
  case slice(start: Expression?, stop: Expression?, step: Expression?)
  case ellipsis
}

/// A part of an f-string. `debugText` is the `x=` of `f"{x=}"`, as it stands.
package enum FormattedPart: Sendable {
  case text(String)
  case field(
    value: Expression, debugText: String?, conversion: Character?, specification: [FormattedPart])
}
