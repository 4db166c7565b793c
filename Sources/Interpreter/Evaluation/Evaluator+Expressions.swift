import CellLanguage
import Compute
import Concurrency
import Messages

extension Evaluator {
  /// The value of an expression that stands alone.
  ///
  /// - Throws: `Diagnostic` with a range, or `Interrupted`.
  package mutating func value(of expression: Expression) throws -> Value {
    try context.budget.limit { try evaluate(expression) }
  }

  /// Whatever the expression has reserved is released at its end; who keeps the value holds it.
  mutating func evaluate(_ expression: Expression) throws -> Value {
    let heldBefore = context.budget.heldBytes
    defer { context.budget.heldBytes = heldBefore }
    return try located(expression.range) { evaluator in
      try evaluator.checkBudget()
      return try evaluator.evaluate(kind: expression.kind, at: expression.range)
    }
  }

  private mutating func evaluate(
    kind: Expression.Kind, at range: SourceRange
  ) throws -> Value {
    switch kind {
    case .none: return .none
    case .boolean(let value): return .bool(value)
    case .integer(let value): return .int(value)
    case .float(let value): return .float(value)
    case .string(let text): return .string(text)
    case .formatted(let parts): return .string(try evaluate(parts))
    case .name(let name): return try lookUp(name, at: range)
    case .list(let elements): return .list(try evaluateAll(elements))
    case .tuple(let elements): return .tuple(try evaluateAll(elements))
    case .unary(let operation, let operand):
      let value = try evaluate(operand)
      _ = hold(value, from: operand)
      return try completed { _ in try Arithmetic.apply(operation, value) }
    case .binary(let operation, let left, let right):
      let values = try evaluateAll([left, right])
      return try completed { _ in try Arithmetic.apply(operation, values[0], values[1]) }
    case .comparison(let first, let rest): return try compare(first, rest)
    case .logical(let operation, let left, let right):
      let value = try evaluate(left)
      return try value.isTrue() == (operation == .and) ? evaluate(right) : value
    case .conditional(let condition, let then, let otherwise):
      return try evaluate(evaluate(condition).isTrue() ? then : otherwise)
    case .call(let function, let arguments):
      return try evaluateCall(function, arguments, assignedTo: nil)
    case .attribute(let base, let name, let nameRange):
      let value = try evaluate(base)
      _ = hold(value, from: base)
      return try located(nameRange) { evaluator in
        try evaluator.completed { try $0.attribute(name, of: value) }
      }
    case .index(let base, let subscripts):
      let value = try evaluate(base)
      _ = hold(value, from: base)
      let parts = try evaluate(subscripts)
      return try completed { _ in try Indexing.apply(parts, of: value) }
    case .comprehension(let element, let clauses): return try comprehend(element, clauses)
    }
  }

  /// The values in order; each counts as in use from then on.
  private mutating func evaluateAll(_ expressions: [Expression]) throws -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(expressions.count)
    for expression in expressions {
      let value = try evaluate(expression)
      _ = hold(value, from: expression)
      values.append(value)
    }
    return values
  }

  /// `a < b < c` is `a < b and b < c` with `b` evaluated once.
  private mutating func compare(_ first: Expression, _ rest: [Comparison]) throws -> Value {
    var left = try evaluate(first)
    _ = hold(left, from: first)
    var result = Value.bool(true)
    for (index, comparison) in rest.enumerated() {
      let right = try evaluate(comparison.right)
      _ = hold(right, from: comparison.right)
      result = try completed { [left] _ in
        try ValueComparison.apply(comparison.comparisonOperator, left, right)
      }
      if index < rest.count - 1, try !result.isTrue() { return result }
      left = right
    }
    return result
  }

  // MARK: f-strings

  private mutating func evaluate(_ parts: [FormattedPart]) throws -> String {
    var text = ""
    for part in parts {
      switch part {
      case .text(let literal): text += literal
      case .field(let expression, let debugText, let conversion, let specification):
        let value = try evaluate(expression)
        let specification = try evaluate(specification)
        // `{x=}` shows x as the interpreter would, unless a format says otherwise.
        let conversion = debugText != nil && specification.isEmpty ? conversion ?? "r" : conversion
        text += debugText ?? ""
        let field = try located(expression.range) { _ in
          try value.formattedText(specification, conversion: conversion)
        }
        try Budget.reserve(Double(field.utf8.count), for: "the text")
        text += field
      }
    }
    return text
  }
}
