import Messages

/// Expressions, from lowest to highest precedence, as in Python's grammar.
extension Parser {
  /// One expression, or several separated by commas: a tuple.
  mutating func expressions() throws(Diagnostic) -> Expression {
    let start = current.range.start
    let first = try expression()
    guard current.isSymbol(",") else { return first }
    let rest = try elements(after: first)
    return try node(.tuple(rest), from: start)
  }

  /// Further elements, each after a comma; a trailing comma is allowed.
  mutating func elements(after first: Expression) throws(Diagnostic) -> [Expression] {
    var elements = [first]
    while try take(",") {
      guard startsExpression else { break }
      elements.append(try expression())
    }
    return elements
  }

  /// `a if condition else b`, or anything of higher precedence.
  mutating func expression() throws(Diagnostic) -> Expression {
    try descend { (parser) throws(Diagnostic) in try parser.conditional() }
  }

  private mutating func conditional() throws(Diagnostic) -> Expression {
    let start = current.range.start
    let then = try disjunction()
    guard try take(keyword: "if") else { return then }
    let condition = try disjunction()
    guard try take(keyword: "else") else {
      throw Diagnostic(
        "a conditional expression needs its 'else'", hint: "write a if condition else b",
        range: range(from: start))
    }
    let otherwise = try expression()
    return try node(
      .conditional(condition: condition, then: then, otherwise: otherwise), from: start)
  }

  // MARK: Logic and comparison

  mutating func disjunction() throws(Diagnostic) -> Expression {
    let start = current.range.start
    var left = try conjunction()
    while try take(keyword: "or") {
      left = try node(.logical(.or, left, try conjunction()), from: start)
    }
    return left
  }

  private mutating func conjunction() throws(Diagnostic) -> Expression {
    let start = current.range.start
    var left = try negation()
    while try take(keyword: "and") {
      left = try node(.logical(.and, left, try negation()), from: start)
    }
    return left
  }

  private mutating func negation() throws(Diagnostic) -> Expression {
    let start = current.range.start
    guard try take(keyword: "not") else { return try comparison() }
    let operand = try descend { (parser) throws(Diagnostic) in try parser.negation() }
    return try node(.unary(.not, operand), from: start)
  }

  private mutating func comparison() throws(Diagnostic) -> Expression {
    let start = current.range.start
    let first = try binary()
    var rest: [Comparison] = []
    while let comparisonOperator = try comparisonOperator() {
      rest.append(Comparison(comparisonOperator, try binary()))
    }
    return rest.isEmpty ? first : try node(.comparison(first, rest), from: start)
  }

  private mutating func comparisonOperator() throws(Diagnostic) -> ComparisonOperator? {
    switch current.kind {
    case .symbol(let text):
      guard let found = ComparisonOperator(rawValue: text) else { return nil }
      try advance()
      return found
    case .keyword("in"):
      try advance()
      return .contains
    case .keyword("not") where following()?.isKeyword("in") == true:
      try advance()
      try advance()
      return .doesNotContain
    case .keyword("is"):
      try advance()
      return try take(keyword: "not") ? .isNotSame : .isSame
    default: return nil
    }
  }

  // MARK: Arithmetic

  /// Left-associative operators with their precedence.
  private static let precedence: [String: Int] = [
    "|": 1, "^": 2, "&": 3, "<<": 4, ">>": 4, "+": 5, "-": 5, "*": 6, "/": 6, "//": 6, "%": 6,
    "@": 6,
  ]

  /// Precedence climbing: parses operators of at least the precedence `minimum`.
  private mutating func binary(minimum: Int = 1) throws(Diagnostic) -> Expression {
    let start = current.range.start
    var left = try unary()
    while case .symbol(let text) = current.kind, let precedence = Self.precedence[text],
      precedence >= minimum
    {
      guard let binaryOperator = BinaryOperator(rawValue: text) else { throw unexpected() }
      try advance()
      let right = try binary(minimum: precedence + 1)
      left = try node(.binary(binaryOperator, left, right), from: start)
    }
    return left
  }

  private mutating func unary() throws(Diagnostic) -> Expression {
    let start = current.range.start
    guard case .symbol(let text) = current.kind, let unaryOperator = UnaryOperator(rawValue: text)
    else { return try power() }
    try advance()
    if unaryOperator == .minus, let smallest = try smallestInteger(from: start) { return smallest }
    let operand = try descend { (parser) throws(Diagnostic) in try parser.unary() }
    return try node(.unary(unaryOperator, operand), from: start)
  }

  /// -2⁶³, whose magnitude alone does not fit into an integer.
  private mutating func smallestInteger(
    from start: SourceLocation
  ) throws(Diagnostic) -> Expression? {
    guard case .integer(Lexer.largestMagnitude) = current.kind else { return nil }
    if following()?.isSymbol("**") == true { return nil }
    try advance()
    return try node(.integer(.min), from: start)
  }

  /// `**` is right-associative, and binds tighter than a sign on its left but not on its right.
  private mutating func power() throws(Diagnostic) -> Expression {
    let start = current.range.start
    let base = try postfix()
    guard try take("**") else { return base }
    let exponent = try descend { (parser) throws(Diagnostic) in try parser.unary() }
    return try node(.binary(.power, base, exponent), from: start)
  }

  // MARK: Calls, attributes, indices

  private mutating func postfix() throws(Diagnostic) -> Expression {
    let start = current.range.start
    var base = try atom()
    while true {
      if try take("(") {
        let arguments = try arguments()
        base = try node(.call(base, arguments), from: start)
      } else if try take("[") {
        let subscripts = try subscripts()
        base = try node(.index(base, subscripts), from: start)
      } else if try take(".") {
        let name = try identifier("an attribute")
        base = try node(.attribute(base, name: name.name, nameRange: name.range), from: start)
      } else {
        return base
      }
    }
  }

  private mutating func arguments() throws(Diagnostic) -> [Argument] {
    var arguments: [Argument] = []
    while !current.isSymbol(")") {
      let argument = try argument()
      if let keyword = argument.keyword {
        if arguments.contains(where: { $0.keyword?.name == keyword.name }) {
          throw Diagnostic(
            "the argument \(keyword.name) is given twice", hint: "remove one of the two",
            range: keyword.range)
        }
      } else if arguments.last?.keyword != nil {
        throw Diagnostic(
          "a positional argument follows a keyword argument",
          hint: "move it before the keyword arguments, or give its name",
          range: argument.value.range)
      }
      arguments.append(argument)
      guard try take(",") else { break }
    }
    try close(with: ")")
    return arguments
  }

  private mutating func argument() throws(Diagnostic) -> Argument {
    if following()?.isSymbol("=") == true {
      switch current.kind {
      case .name, .keyword:
        let keyword = try identifier("the name of an argument")
        try advance()
        return Argument(keyword: keyword, value: try expression())
      default: break
      }
    }
    let isUnpacked = try take("*")
    let value = try expression()
    if current.isKeyword("for") || current.isKeyword("async") {
      throw UnsupportedSyntax.generator.diagnostic(at: current.range)
    }
    if current.isSymbol(":=") { throw unexpected() }
    return Argument(keyword: nil, value: value, isUnpacked: isUnpacked)
  }

  private mutating func subscripts() throws(Diagnostic) -> [Subscript] {
    if current.isSymbol("]") {
      throw Diagnostic(
        "an index is missing between '[' and ']'", hint: "write x[0], or x[:] for all",
        range: current.range)
    }
    var subscripts: [Subscript] = []
    while !current.isSymbol("]") {
      subscripts.append(try oneSubscript())
      guard try take(",") else { break }
    }
    try close(with: "]")
    return subscripts
  }

  private mutating func oneSubscript() throws(Diagnostic) -> Subscript {
    if try take("...") { return .ellipsis }
    let start = current.isSymbol(":") ? nil : try expression()
    if let start, !current.isSymbol(":") { return .element(start) }
    try advance()
    let stop = endsSlicePart ? nil : try expression()
    guard try take(":") else { return .slice(start: start, stop: stop, step: nil) }
    return .slice(start: start, stop: stop, step: endsSlicePart ? nil : try expression())
  }

  private var endsSlicePart: Bool {
    current.isSymbol(":") || current.isSymbol(",") || current.isSymbol("]")
  }

  func missingExpression() -> Diagnostic {
    switch current.kind {
    case .keyword(let word) where word != "if" && word != "else":
      if let unsupported = UnsupportedSyntax.expressions[word] ?? UnsupportedSyntax.statements[word]
      {
        return unsupported.diagnostic(at: current.range)
      }
    case .symbol(let text):
      if let unsupported = UnsupportedSyntax.symbols[text], text != ":" {
        return unsupported.diagnostic(at: current.range)
      }
    case .end:
      if let unclosed = unclosedBracket() { return unclosed }
    default: break
    }
    return Diagnostic("a value is missing before \(current.description)", range: current.range)
  }

  /// Whether another element follows, or the comma was a trailing one.
  private var startsExpression: Bool {
    switch current.kind {
    case .newline, .end: false
    case .keyword(let word): !["for", "if", "else", "in", "and", "or", "is"].contains(word)
    case .symbol(let text):
      ![")", "]", "}", "=", ":", ";", "!"].contains(text) && !text.hasSuffix("=")
    default: true
    }
  }

  // MARK: Depth

  /// Parses a nested expression, limiting the depth.
  mutating func descend(
    _ read: (inout Parser) throws(Diagnostic) -> Expression
  ) throws(Diagnostic) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else { throw Self.tooDeep(current.range) }
    return try read(&self)
  }

  func node(
    _ kind: Expression.Kind, from start: SourceLocation
  ) throws(Diagnostic) -> Expression {
    let expression = Expression(kind, range: range(from: start))
    guard expression.height <= Self.maximumDepth else { throw Self.tooDeep(expression.range) }
    return expression
  }

  static func tooDeep(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "this expression has more than \(maximumDepth) levels",
      hint: "assign parts of it to names first", range: range)
  }
}
