import CellLanguage

/// A tree as nested lists, `(+ a (* b c))`, as Fixtures/grouping.py writes them.
func grouped(_ expression: Expression) -> String {
  switch expression.kind {
  case .none: return "None"
  case .boolean(let value): return value ? "True" : "False"
  case .integer(let value): return String(value)
  case .float(let value): return String(value)
  case .string(let value): return "'\(value)'"
  case .formatted(let parts): return "(f " + grouped(parts) + ")"
  case .name(let name): return name
  case .list(let elements): return grouped("list", elements)
  case .tuple(let elements): return grouped("tuple", elements)
  case .unary(let unaryOperator, let operand): return grouped(unaryOperator.rawValue, [operand])
  case .binary(let binaryOperator, let a, let b): return grouped(binaryOperator.rawValue, [a, b])
  case .logical(let logicalOperator, let a, let b):
    return grouped(logicalOperator.rawValue, [a, b])
  case .comparison(let first, let rest):
    return "(compare " + grouped(first)
      + rest.map { " \($0.comparisonOperator.rawValue) \(grouped($0.right))" }.joined() + ")"
  case .conditional(let condition, let then, let otherwise):
    return grouped("if", [condition, then, otherwise])
  case .attribute(let base, let name, _): return "(. \(grouped(base)) \(name))"
  case .call(let function, let arguments):
    return "(call " + grouped(function)
      + arguments.map {
        " " + ($0.keyword.map { "\($0.name)=" } ?? ($0.isUnpacked ? "*" : "")) + grouped($0.value)
      }.joined()
      + ")"
  case .index(let base, let subscripts):
    return "(index " + grouped(base) + subscripts.map { " " + grouped($0) }.joined() + ")"
  case .comprehension(let element, let clauses):
    let loops = clauses.map { clause in
      " (\(clause.targets.map(\.name).joined(separator: " "))) \(grouped(clause.iterable))"
        + clause.conditions.map { " " + grouped($0) }.joined()
    }
    return "(for \(grouped(element))\(loops.joined()))"
  }
}

private func grouped(_ head: String, _ children: [Expression]) -> String {
  "(" + ([head] + children.map(grouped)).joined(separator: " ") + ")"
}

private func grouped(_ part: Subscript) -> String {
  switch part {
  case .element(let expression): grouped(expression)
  case .ellipsis: "..."
  case .slice(let start, let stop, let step):
    "(slice " + [start, stop, step].map { $0.map(grouped) ?? "_" }.joined(separator: " ") + ")"
  }
}

/// The parts of an f-string: 'text' and {value=!conversion:specification}.
private func grouped(_ parts: [FormattedPart]) -> String {
  parts.map { part in
    switch part {
    case .text(let text): "'\(text)'"
    case .field(let value, let debugText, let conversion, let specification):
      "{" + grouped(value) + (debugText.map { " \"\($0)\"" } ?? "")
        + (conversion.map { "!\($0)" } ?? "")
        + (specification.isEmpty ? "" : ":" + grouped(specification)) + "}"
    }
  }.joined(separator: " ")
}
