import Messages

/// Names, literals, and what stands in brackets.
extension Parser {
  mutating func atom() throws(Diagnostic) -> Expression {
    let start = current.range.start
    switch current.kind {
    case .name(let name):
      try advance()
      return try node(.name(name), from: start)
    case .integer(let magnitude):
      guard let value = Int(exactly: magnitude) else { throw Lexer.tooLarge(current.range) }
      try advance()
      return try node(.integer(value), from: start)
    case .float(let value):
      try advance()
      return try node(.float(value), from: start)
    case .string:
      let kind = try strings()
      return try node(kind, from: start)
    case .keyword("None"):
      try advance()
      return try node(.none, from: start)
    case .keyword("True"), .keyword("False"):
      let isTrue = try advance().isKeyword("True")
      return try node(.boolean(isTrue), from: start)
    case .symbol("("):
      try advance()
      return try parenthesized(from: start)
    case .symbol("["):
      try advance()
      return try list(from: start)
    default: throw missingExpression()
    }
  }

  private mutating func parenthesized(from start: SourceLocation) throws(Diagnostic) -> Expression {
    if try take(")") { return try node(.tuple([]), from: start) }
    let first = try expression()
    if current.isKeyword("for") || current.isKeyword("async") {
      throw UnsupportedSyntax.generator.diagnostic(at: current.range)
    }
    if current.isSymbol(":=") { throw unexpected() }
    let rest = current.isSymbol(",") ? try elements(after: first) : nil
    try close(with: ")")
    return try node(rest.map { .tuple($0) } ?? first.kind, from: start)
  }

  private mutating func list(from start: SourceLocation) throws(Diagnostic) -> Expression {
    if try take("]") { return try node(.list([]), from: start) }
    let first = try expression()
    if current.isKeyword("for") || current.isKeyword("async") {
      return try comprehension(of: first, from: start)
    }
    let elements = try elements(after: first)
    try close(with: "]")
    return try node(.list(elements), from: start)
  }

  private mutating func comprehension(
    of element: Expression, from start: SourceLocation
  ) throws(Diagnostic) -> Expression {
    var clauses: [ComprehensionClause] = []
    while try take(keyword: "for") { clauses.append(try comprehensionClause()) }
    guard !clauses.isEmpty, !current.isKeyword("async") else { throw unexpected() }
    try close(with: "]")
    return try node(.comprehension(element: element, clauses), from: start)
  }

  /// `targets in iterable if condition`, with any number of conditions.
  private mutating func comprehensionClause() throws(Diagnostic) -> ComprehensionClause {
    let targets = try comprehensionTargets()
    guard try take(keyword: "in") else {
      throw Diagnostic(
        "'in' is missing before \(current.description)", hint: "write [e for x in xs]",
        range: current.range)
    }
    // Counts a level, since each may start with a nested comprehension.
    let iterable = try descend { (parser) throws(Diagnostic) in try parser.disjunction() }
    var conditions: [Expression] = []
    while try take(keyword: "if") {
      conditions.append(
        try descend { (parser) throws(Diagnostic) in try parser.disjunction() })
    }
    return ComprehensionClause(targets: targets, iterable: iterable, conditions: conditions)
  }

  private mutating func comprehensionTargets() throws(Diagnostic) -> [Identifier] {
    let isInParentheses = try take("(")
    var targets = [try comprehensionTarget()]
    let first = targets[0].range
    while try take(",") {
      if current.isKeyword("in") || current.isSymbol(")") { break }
      targets.append(try comprehensionTarget())
    }
    if targets.count == 1, previousEnd != first.end {
      throw Diagnostic(
        "unpacking needs at least two names",
        hint: "write the name alone, and name[0] where it is used", range: first)
    }
    if isInParentheses { try close(with: ")") }
    return targets
  }

  private mutating func comprehensionTarget() throws(Diagnostic) -> Identifier {
    if ["(", "[", "*"].contains(where: current.isSymbol) {
      throw Diagnostic(
        "the names of a comprehension cannot be nested",
        hint: "write one name for the pair: [i * pair[0] for i, pair in …]", range: current.range)
    }
    return try identifier("a name")
  }
}
