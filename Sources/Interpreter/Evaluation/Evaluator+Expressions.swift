import CellLanguage
import Compute
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
      try evaluator.context.checkpoint()
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
      return try checked(Arithmetic.apply(operation, evaluate(operand)))
    case .binary(let operation, let left, let right):
      let values = try evaluateAll([left, right])
      return try checked(
        Arithmetic.apply(operation, values[0], values[1], context: context))
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
      return try located(nameRange) { evaluator in
        try evaluator.checked(evaluator.attribute(name, of: value))
      }
    case .index(let base, let subscripts):
      let value = try evaluate(base)
      let before = hold(value, from: base)
      defer { context.budget.heldBytes = before }
      return try checked(Indexing.apply(evaluate(subscripts), of: value))
    case .comprehension(let element, let targets, let iterable, let condition):
      return try comprehend(element, targets, iterable, condition)
    }
  }

  /// The values in order; each counts as in use while the next ones are computed.
  mutating func evaluateAll(_ expressions: [Expression]) throws -> [Value] {
    let before = context.budget.heldBytes
    defer { context.budget.heldBytes = before }
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
    let heldBefore = context.budget.heldBytes
    defer { context.budget.heldBytes = heldBefore }
    var left = try evaluate(first)
    _ = hold(left, from: first)
    var result = Value.bool(true)
    for (index, comparison) in rest.enumerated() {
      let right = try evaluate(comparison.right)
      _ = hold(right, from: comparison.right)
      result = try checked(ValueComparison.apply(comparison.comparisonOperator, left, right))
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
        text += try located(expression.range) { _ in
          try value.checkTextLength()
          return try value.formatted(specification, conversion: conversion)
        }
      }
      try context.reserve(bytes: Double(text.utf8.count), for: "the text")
    }
    return text
  }

  // MARK: Comprehensions

  private mutating func comprehend(
    _ element: Expression, _ targets: [Identifier], _ iterable: Expression,
    _ condition: Expression?
  ) throws -> Value {
    let items = try located(iterable.range) { evaluator in
      ItemSequence(try evaluator.evaluate(iterable))
    }
    guard let items else {
      throw Diagnostic("this value has no items to loop over", range: iterable.range)
    }
    if condition == nil { try SequenceArithmetic.reserve(items: Double(items.count), context) }
    let heldBefore = context.budget.heldBytes
    let outerTargets = comprehensionTargets
    defer {
      context.budget.heldBytes = heldBefore
      comprehensionTargets = outerTargets
    }
    var results: [Value] = []
    for index in 0..<items.count {
      try context.checkpoint()
      let item = items[index]
      if targets.count == 1 {
        comprehensionTargets[targets[0].name] = item
      } else {
        let parts = try located(iterable.range) { try $0.unpacked(item, targets.count) }
        for (target, part) in zip(targets, parts) { comprehensionTargets[target.name] = part }
      }
      if let condition {
        let isIncluded = try evaluate(condition)
        guard try located(condition.range, { _ in try isIncluded.isTrue() }) else { continue }
      }
      let result = try evaluate(element)
      context.budget.heldBytes += MemoryLayout<Value>.stride
      _ = hold(result, from: element)
      try context.reserve(bytes: 0, for: "the list")
      results.append(result)
    }
    return .list(results)
  }
}

/// The items of a value one at a time, so that a long range is never expanded.
private enum ItemSequence {
  case items([Value])
  case range(PythonRange)
  case rows(NDArray)

  init?(_ value: Value) {
    switch value {
    case .range(let start, let stop, let step):
      self = .range(PythonRange(start: start, stop: stop, step: step))
    case .array(let array) where !array.isScalar: self = .rows(array)
    default:
      guard let items = try? value.items() else { return nil }
      self = .items(items)
    }
  }

  var count: Int {
    switch self {
    case .items(let items): items.count
    case .range(let range): range.count
    case .rows(let array): array.shape[0]
    }
  }

  subscript(index: Int) -> Value {
    switch self {
    case .items(let items): items[index]
    case .range(let range): .int(range[index])
    case .rows(let array): .array(array.row(index))
    }
  }
}
