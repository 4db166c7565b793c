/// Reads tokens into a syntax tree by recursive descent; one token ahead is known.
///
/// The grammar is Python's, cut down to what always ends. What was cut is refused by name, see
/// `Refusal`.
struct Parser {
  /// Brackets, operators and f-string fields inside each other. Also the height of any expression,
  /// so that walking, evaluating and freeing a tree cannot exhaust the stack.
  /// Reading the deepest text takes between one and two megabytes of it; threads have eight.
  static let maximumDepth = 100

  private(set) var lexer: Lexer
  private(set) var current: Token
  /// Where the last token that was taken ends.
  private(set) var previousEnd: SourceLocation
  /// How many expressions are being read inside each other.
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

  /// Takes the symbol if it is next.
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

  /// Takes the bracket that closes a list of things separated by commas.
  mutating func close(with bracket: String) throws(Diagnostic) {
    guard try !take(bracket) else { return }
    if let unclosed = unclosedBracket() { throw unclosed }
    if current.isSymbol("=") {
      throw Diagnostic(
        range: current.range, message: "'=' cannot stand inside these brackets",
        mend: "to compare, write ==")
    }
    throw Diagnostic(
      range: current.range, message: "',' or '\(bracket)' is missing before \(current.description)")
  }

  /// A name that the text gives, not one that it reads: a target, an attribute, a keyword.
  mutating func identifier(_ role: String) throws(Diagnostic) -> Identifier {
    switch current.kind {
    case .name(let name):
      return Identifier(name: name, range: try advance().range)
    case .keyword(let word):
      throw Diagnostic(
        range: current.range, message: "'\(word)' is a word of Python and cannot be \(role)",
        mend: "choose another name")
    default:
      throw Diagnostic(
        range: current.range, message: "a name is missing before \(current.description)")
    }
  }

  /// The token after the current one, nil when it cannot be read.
  func following() -> Token? {
    var copy = lexer
    return try? copy.next()
  }

  func range(from start: SourceLocation) -> SourceRange {
    SourceRange(start: start, end: previousEnd)
  }

  // MARK: Statements

  mutating func program() throws(Diagnostic) -> Program {
    var statements: [Statement] = []
    while true {
      if case .newline = current.kind {
        try advance()
        continue
      }
      if case .end = current.kind { return Program(statements: statements) }
      statements.append(try statement())
      try endOfStatement()
    }
  }

  private mutating func endOfStatement() throws(Diagnostic) {
    if try take(";") { return }
    switch current.kind {
    case .newline, .end: return
    default: throw unexpected()
    }
  }

  private mutating func statement() throws(Diagnostic) -> Statement {
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
      if let refusal = Refusal.statements[word] { throw refusal.diagnostic(at: current.range) }
    }
    let target = try expressions()
    if try take("=") { return try assignment(to: target) }
    if case .symbol(let text) = current.kind, text.hasSuffix("="),
      let binaryOperator = BinaryOperator(rawValue: String(text.dropLast()))
    {
      try advance()
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
    if current.isSymbol("=") { throw Refusal.chainedAssignment.diagnostic(at: current.range) }
    return value
  }

  private func names(of target: Expression) throws(Diagnostic) -> [Identifier] {
    guard case .tuple(let elements) = target.kind else { return [try name(of: target)] }
    guard elements.count > 1 else {
      throw Diagnostic(
        range: target.range, message: "a single name with a comma cannot be assigned to",
        mend: "write name = value[0]")
    }
    return try elements.map { (element) throws(Diagnostic) in try name(of: element) }
  }

  private func name(of target: Expression) throws(Diagnostic) -> Identifier {
    switch target.kind {
    case .name(let name): return Identifier(name: name, range: target.range)
    case .attribute:
      throw Refusal.attributeAssignment.diagnostic(at: target.range)
    case .index:
      throw Diagnostic(
        range: target.range, message: "an element cannot be one of several targets",
        mend: "assign to a name first, then write name[i] = … on a line of its own")
    case .tuple, .list:
      throw Diagnostic(
        range: target.range, message: "targets cannot be nested",
        mend: "write the names with commas between them")
    case .none, .boolean:
      throw Diagnostic(range: target.range, message: "None, True and False cannot be assigned to")
    case .comparison:
      throw Diagnostic(
        range: target.range, message: "a comparison cannot be assigned to",
        mend: "write one '=' with a name before it")
    default:
      throw Diagnostic(
        range: target.range, message: "only a name can stand before '='",
        mend: "to compare, write ==")
    }
  }

  private func indexedName(_ base: Expression) throws(Diagnostic) -> Identifier {
    guard case .name(let name) = base.kind else {
      throw Diagnostic(
        range: base.range, message: "only the elements of a name can be assigned to",
        mend: "write name[i, j] = …, with the indices in one pair of brackets")
    }
    return Identifier(name: name, range: base.range)
  }

  private func augmentedTarget(
    _ target: Expression, _ symbol: String
  ) throws(Diagnostic) -> Identifier {
    switch target.kind {
    case .name(let name): return Identifier(name: name, range: target.range)
    case .index:
      throw Diagnostic(
        range: target.range, message: "'\(symbol)' cannot change an element",
        mend: "write x[i] = x[i] \(symbol.dropLast()) …")
    case .attribute: throw Refusal.attributeAssignment.diagnostic(at: target.range)
    default:
      throw Diagnostic(
        range: target.range, message: "only a name can stand before '\(symbol)'")
    }
  }

  // MARK: Errors

  /// For a text that ends inside brackets.
  func unclosedBracket() -> Diagnostic? {
    guard case .end = current.kind, let open = lexer.openBrackets.last else { return nil }
    let closing = ["(": ")", "[": "]", "{": "}"][open.bracket, default: ")"]
    let hint = lexer.isInField ? "; " + Self.quotesInFields : ""
    return Diagnostic(
      range: open.range, message: "'\(open.bracket)' is not closed", mend: "add '\(closing)'" + hint
    )
  }

  /// Why a field may seem to end too early.
  static let quotesInFields = "quotes inside a field must differ from those around the f-string"

  /// For a token that cannot follow what stands before it.
  func unexpected() -> Diagnostic {
    switch current.kind {
    case .keyword(let word):
      if let refusal = Refusal.expressions[word] ?? Refusal.statements[word] {
        return refusal.diagnostic(at: current.range)
      }
    case .symbol(let text):
      if let refusal = Refusal.symbols[text] { return refusal.diagnostic(at: current.range) }
      if let open = ["(": ")", "[": "]", "{": "}"].first(where: { $0.value == text }) {
        return Diagnostic(
          range: current.range, message: "'\(text)' has no '\(open.key)' before it")
      }
    case .newline, .end:
      return Diagnostic(range: current.range, message: "something is missing at the end")
    default: break
    }
    return Diagnostic(
      range: current.range, message: "\(current.description) cannot stand here",
      mend: "start a new line before it, or put an operator or a comma there")
  }
}

extension Program {
  /// Reads a cell's text.
  /// - Throws: the first thing that is wrong with it.
  package init(parsing source: String) throws(Diagnostic) {
    var parser = try Parser(Lexer(SourceCursor(source)))
    self = try parser.program()
  }
}

extension Expression {
  /// Reads a text that is one expression, such as an inline value of a lesson; commas make a tuple.
  package init(parsing source: String) throws(Diagnostic) {
    var parser = try Parser(Lexer(SourceCursor(source), allowsIndentation: true))
    while case .newline = parser.current.kind { try parser.advance() }
    self = try parser.expressions()
    while case .newline = parser.current.kind { try parser.advance() }
    guard case .end = parser.current.kind else {
      if parser.current.isSymbol("=") {
        throw Diagnostic(
          range: parser.current.range, message: "an expression cannot assign",
          mend: "assign in a cell, and write the name here")
      }
      throw parser.unexpected()
    }
  }
}
