/// What Python has and the cell language has not: its name, and what to do instead.
struct Refusal {
  var message: String
  var mend: String

  init(_ message: String, _ mend: String) {
    self.message = message
    self.mend = mend
  }

  func diagnostic(at range: SourceRange) -> Diagnostic {
    Diagnostic(range: range, message: message, mend: mend)
  }

  // MARK: By what stands in the text

  /// Keywords that begin a statement.
  static let statements: [String: Refusal] = [
    "def": Refusal(
      "a cell cannot define functions", "write the expression where its value is needed"),
    "class": Refusal("a cell cannot define classes", "keep values in names and lists"),
    "for": Refusal(
      "a cell has no for loops",
      "compute with whole arrays, or write a list comprehension: [e for x in xs]"),
    "while": Refusal("a cell has no while loops", "compute with whole arrays"),
    "if": Refusal(
      "a cell has no if statements", "write a conditional expression: x = a if condition else b"),
    "elif": Refusal(
      "a cell has no if statements", "write a conditional expression: x = a if condition else b"),
    "else": Refusal(
      "'else' stands here without its 'if'",
      "write a conditional expression: x = a if condition else b"),
    "with": Refusal(
      "a cell has no with statements", "load and wavfile.read open files themselves"),
    "try": Refusal("a cell catches no errors", "mend what makes the error"),
    "except": Refusal("a cell catches no errors", "mend what makes the error"),
    "finally": Refusal("a cell catches no errors", "mend what makes the error"),
    "raise": Refusal("a cell cannot raise errors", "remove the line"),
    "assert": Refusal("a cell has no assertions", "write the condition alone: it is shown"),
    "del": Refusal("a cell cannot delete names", "remove the line"),
    "return": Refusal("a cell has no functions to return from", "write the expression alone"),
    "pass": Refusal("a cell has no blocks, so 'pass' is never needed", "remove the line"),
    "break": Refusal("a cell has no loops to leave", "remove the line"),
    "continue": Refusal("a cell has no loops to continue", "remove the line"),
    "global": Refusal(
      "'global' is not needed: other cells' names can be read as they are", "remove the line"),
    "nonlocal": Refusal(
      "'nonlocal' is not needed: other cells' names can be read as they are", "remove the line"),
    "async": Refusal("a cell has no asynchronous code", "write it without 'async'"),
    "await": Refusal("a cell has no asynchronous code", "write it without 'await'"),
    "yield": Refusal("a cell has no generators", "write a list"),
    "as": Refusal("'as' belongs to import lines", "write name = value"),
    "import": Refusal("an import line stands by itself", "start a new line before it"),
    "from": Refusal("an import line stands by itself", "start a new line before it"),
  ]

  /// Keywords inside an expression.
  static let expressions: [String: Refusal] = [
    "lambda": Refusal(
      "a cell cannot define functions, so it has no 'lambda'",
      "write a list comprehension, or pass a function by its name"),
    "yield": Refusal("a cell has no generators", "write a list"),
    "await": Refusal("a cell has no asynchronous code", "write it without 'await'"),
    "async": Refusal("a cell has no asynchronous code", "write it without 'async'"),
    "for": Refusal(
      "'for' stands in a list comprehension only", "write it in brackets: [e for x in xs]"),
    "if": Refusal(
      "a conditional expression needs its 'else'", "write a if condition else b"),
  ]

  static let symbols: [String: Refusal] = [
    "@": Refusal("the cell language has no '@'", "write np.sum(a * b) for a product of vectors"),
    "@=": Refusal("the cell language has no '@='", "write np.sum(a * b) for a product of vectors"),
    ":=": Refusal("the cell language has no ':='", "assign on a line of its own: name = value"),
    "->": Refusal("the cell language has no annotations", "remove '->' and what follows"),
    ":": Refusal(
      "a colon stands in slices and f-strings only; annotations and blocks are not part of a cell",
      "write name = value"),
    "!": Refusal("Python has no '!'", "write 'not'"),
    "...": Refusal("'...' stands in an index only", "write x[..., 0]"),
    "{": Refusal(
      "dictionaries and sets are not part of the cell language",
      "write a list, or a name for each value"),
    "*": Refusal(
      "starred expressions are not part of the cell language", "write the elements one by one"),
    "**": Refusal(
      "starred expressions are not part of the cell language", "write the arguments one by one"),
  ]

  // MARK: By what the parser found

  static let chainedAssignment = Refusal(
    "a value can be assigned to one target only", "write b = 1; a = b")
  static let attributeAssignment = Refusal(
    "an attribute cannot be assigned to", "make a new value and give it a name")
  static let generator = Refusal(
    "generator expressions are not part of the cell language",
    "write a list in brackets: [e for x in xs]")
  static let comprehensionClauses = Refusal(
    "a list comprehension has one 'for' and at most one 'if'",
    "join conditions with 'and'; give an inner list a name of its own")
}
