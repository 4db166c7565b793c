import Messages

/// A recursive-descent parser with one token of lookahead.
///
/// The grammar is a subset of Python's in which every program terminates. For other syntax see
/// `UnsupportedSyntax`.
struct Parser {
  /// Limits the nesting of brackets, operators and f-string fields, and the height of every
  /// expression, so that traversing, evaluating and freeing a tree cannot exhaust the stack. Parsing
  /// the deepest text takes between one and two megabytes of it; threads have eight.
  static let maximumDepth = 100

  private(set) var lexer: Lexer
  private(set) var current: Token
  /// The end of the last consumed token.
  private(set) var previousEnd: SourceLocation
  /// The number of nested expressions being parsed.
  var depth: Int

  init(_ lexer: Lexer, depth: Int = 0) throws(Diagnostic) {
    self.lexer = lexer
    self.depth = depth
    previousEnd = lexer.cursor.location
    current = try self.lexer.next()
  }

  // MARK: Tokens

  @discardableResult
  mutating func advance() throws(Diagnostic) -> Token {
    let token = current
    previousEnd = token.range.end
    current = try lexer.next()
    return token
  }

  /// Consumes the symbol if it is next.
  mutating func take(_ symbol: String) throws(Diagnostic) -> Bool {
    guard current.isSymbol(symbol) else { return false }
    try advance()
    return true
  }

  mutating func take(keyword: String) throws(Diagnostic) -> Bool {
    guard current.isKeyword(keyword) else { return false }
    try advance()
    return true
  }

  /// Consumes the bracket that closes a comma-separated list.
  mutating func close(with bracket: String) throws(Diagnostic) {
    guard try !take(bracket) else { return }
    if let unclosed = unclosedBracket() { throw unclosed }
    if current.isSymbol("=") {
      throw Diagnostic(
        "'=' is not allowed inside these brackets", hint: "to compare, write ==",
        range: current.range
      )
    }
    throw Diagnostic(
      "',' or '\(bracket)' is missing before \(current.description)", range: current.range)
  }

  /// A name that is not an expression: a target, an attribute, a keyword argument.
  mutating func identifier(_ role: String) throws(Diagnostic) -> Identifier {
    switch current.kind {
    case .name(let name):
      return Identifier(name: name, range: try advance().range)
    case .keyword(let word):
      throw Diagnostic(
        "'\(word)' is a Python keyword and cannot be \(role)", hint: "choose another name",
        range: current.range)
    default:
      throw Diagnostic("a name is missing before \(current.description)", range: current.range)
    }
  }

  /// The token after the current one; nil if it is invalid.
  func following() -> Token? {
    var copy = lexer
    return try? copy.next()
  }

  func range(from start: SourceLocation) -> SourceRange {
    SourceRange(start: start, end: previousEnd)
  }

  // MARK: Statements

  mutating func endOfStatement() throws(Diagnostic) {
    if try take(";") { return }
    switch current.kind {
    case .newline, .end: return
    default: throw unexpected()
    }
  }

  mutating func statement() throws(Diagnostic) -> Statement {
    let start = current.range.start
    let kind = try statementKind()
    return Statement(kind, range: range(from: start))
  }

  private mutating func statementKind() throws(Diagnostic) -> Statement.Kind {
    if case .keyword(let word) = current.kind {
      if following()?.isSymbol("=") == true { _ = try identifier("a name") }
      if word == "import" || word == "from" {
        try importing()
        return .importing
      }
      if let unsupported = UnsupportedSyntax.statements[word] {
        throw unsupported.diagnostic(at: current.range)
      }
    }
    let target = try expressions()
    if try take("=") { return try assignment(to: target) }
    if case .symbol(let text) = current.kind, text.hasSuffix("="),
      let binaryOperator = BinaryOperator(rawValue: String(text.dropLast()))
    {
      try advance()
      if case .index(let base, let subscripts) = target.kind {
        let name = try indexedName(base, text)
        return .augmentedIndexAssignment(
          name: name, subscripts: subscripts, binaryOperator, value: try expressions())
      }
      let name = try augmentedTarget(target, text)
      return .augmentedAssignment(name: name, binaryOperator, value: try expressions())
    }
    return .expression(target)
  }

  private mutating func assignment(to target: Expression) throws(Diagnostic) -> Statement.Kind {
    if case .index(let base, let subscripts) = target.kind {
      let name = try indexedName(base)
      return .indexAssignment(name: name, subscripts: subscripts, value: try assignedValue())
    }
    let targets = try names(of: target)
    return .assignment(targets: targets, value: try assignedValue())
  }

  private mutating func assignedValue() throws(Diagnostic) -> Expression {
    let value = try expressions()
    if current.isSymbol("=") {
      throw UnsupportedSyntax.chainedAssignment.diagnostic(at: current.range)
    }
    return value
  }

  private func names(of target: Expression) throws(Diagnostic) -> [Identifier] {
    guard case .tuple(let elements) = target.kind else { return [try name(of: target)] }
    guard elements.count > 1 else {
      throw Diagnostic(
        "unpacking needs at least two names", hint: "write name = value[0]",
        range: target.range)
    }
    return try elements.map { (element) throws(Diagnostic) in try name(of: element) }
  }

  private func name(of target: Expression) throws(Diagnostic) -> Identifier {
    switch target.kind {
    case .name(let name): return Identifier(name: name, range: target.range)
    case .attribute:
      throw UnsupportedSyntax.attributeAssignment.diagnostic(at: target.range)
    case .index:
      throw Diagnostic(
        "an element cannot be one of several assignment targets",
        hint: "assign to a name first, then write name[i] = … on a line of its own",
        range: target.range)
    case .tuple, .list:
      throw Diagnostic(
        "assignment targets cannot be nested", hint: "write the names with commas between them",
        range: target.range)
    case .none, .boolean:
      throw Diagnostic("None, True and False cannot be assigned to", range: target.range)
    case .comparison:
      throw Diagnostic(
        "a comparison cannot be assigned to", hint: "write one '=' with a name before it",
        range: target.range)
    default:
      throw Diagnostic(
        "only a name can come before '='", hint: "to compare, write ==", range: target.range)
    }
  }

  private func indexedName(_ base: Expression, _ symbol: String = "=") throws(Diagnostic)
    -> Identifier
  {
    guard case .name(let name) = base.kind else {
      throw Diagnostic(
        "only name[…] \(symbol) … can assign to an element",
        hint: "write name[i, j] = …, with the indices in one pair of brackets", range: base.range)
    }
    return Identifier(name: name, range: base.range)
  }

  private func augmentedTarget(
    _ target: Expression, _ symbol: String
  ) throws(Diagnostic) -> Identifier {
    switch target.kind {
    case .name(let name): return Identifier(name: name, range: target.range)
    case .attribute: throw UnsupportedSyntax.attributeAssignment.diagnostic(at: target.range)
    default:
      throw Diagnostic("only a name can come before '\(symbol)'", range: target.range)
    }
  }

  // MARK: Errors

  /// The error for a text that ends inside brackets.
  func unclosedBracket() -> Diagnostic? {
    guard case .end = current.kind, let open = lexer.openBrackets.last else { return nil }
    let closing = ["(": ")", "[": "]", "{": "}"][open.bracket, default: ")"]
    let hint = lexer.isInField ? "; " + Self.quotesInFields : ""
    return Diagnostic(
      "'\(open.bracket)' is not closed", hint: "add '\(closing)'" + hint, range: open.range)
  }

  /// Why a field may appear to end too early.
  static let quotesInFields = "quotes inside a field must differ from those around the f-string"

  /// The error for a token that is not allowed here.
  func unexpected() -> Diagnostic {
    switch current.kind {
    case .keyword(let word):
      if let unsupported = UnsupportedSyntax.expressions[word] ?? UnsupportedSyntax.statements[word]
      {
        return unsupported.diagnostic(at: current.range)
      }
    case .symbol(let text):
      if let unsupported = UnsupportedSyntax.symbols[text] {
        return unsupported.diagnostic(at: current.range)
      }
      if let open = ["(": ")", "[": "]", "{": "}"].first(where: { $0.value == text }) {
        return Diagnostic("'\(text)' has no '\(open.key)' before it", range: current.range)
      }
    case .newline, .end:
      return Diagnostic("something is missing at the end", range: current.range)
    default: break
    }
    return Diagnostic(
      "\(current.description) is not allowed here",
      hint: "start a new line before it, or put an operator or a comma there", range: current.range)
  }
}

extension Expression {
  /// Parses a single expression, such as an inline value of a lesson; commas make a tuple.
  package init(parsing source: String) throws(Diagnostic) {
    var parser = try Parser(Lexer(SourceCursor(source), allowsIndentation: true))
    while case .newline = parser.current.kind { try parser.advance() }
    self = try parser.expressions()
    while case .newline = parser.current.kind { try parser.advance() }
    guard case .end = parser.current.kind else {
      if parser.current.isSymbol("=") {
        throw Diagnostic(
          "an expression cannot assign", hint: "assign in a cell, and write the name here",
          range: parser.current.range)
      }
      throw parser.unexpected()
    }
  }
}
