import Messages

/// Python syntax that the cell language lacks: a message that names it, and what to do instead.
struct UnsupportedSyntax {
  var message: String
  var hint: String

  init(_ message: String, _ hint: String) {
    self.message = message
    self.hint = hint
  }

  func diagnostic(at range: SourceRange) -> Diagnostic {
    Diagnostic(message, hint: hint, range: range)
  }

  // MARK: By keyword or symbol

  /// Keywords that begin a statement.
  static let statements: [String: UnsupportedSyntax] = [
    "def": UnsupportedSyntax(
      "a cell cannot define functions", "write the expression where its value is needed"),
    "class": UnsupportedSyntax("a cell cannot define classes", "keep values in names and lists"),
    "for": UnsupportedSyntax(
      "a cell has no for loops",
      "compute with whole arrays, or write a list comprehension: [e for x in xs]"),
    "while": UnsupportedSyntax("a cell has no while loops", "compute with whole arrays"),
    "if": UnsupportedSyntax(
      "a cell has no if statements", "write a conditional expression: x = a if condition else b"),
    "elif": UnsupportedSyntax(
      "a cell has no if statements", "write a conditional expression: x = a if condition else b"),
    "else": UnsupportedSyntax(
      "'else' without an 'if'",
      "write a conditional expression: x = a if condition else b"),
    "with": UnsupportedSyntax(
      "a cell has no with statements", "load and wavfile.read open and close files themselves"),
    "try": UnsupportedSyntax("a cell cannot catch errors", "fix the cause of the error"),
    "except": UnsupportedSyntax("a cell cannot catch errors", "fix the cause of the error"),
    "finally": UnsupportedSyntax("a cell cannot catch errors", "fix the cause of the error"),
    "raise": UnsupportedSyntax("a cell cannot raise errors", "remove the line"),
    "assert": UnsupportedSyntax(
      "a cell has no assertions", "write only the condition: its value is shown"),
    "del": UnsupportedSyntax("a cell cannot delete names", "remove the line"),
    "return": UnsupportedSyntax(
      "a cell has no functions to return from", "write only the expression"),
    "pass": UnsupportedSyntax("a cell has no blocks, so 'pass' is never needed", "remove the line"),
    "break": UnsupportedSyntax("a cell has no loops to leave", "remove the line"),
    "continue": UnsupportedSyntax("a cell has no loops to continue", "remove the line"),
    "global": UnsupportedSyntax(
      "'global' is not needed: the names of other cells can be read directly", "remove the line"),
    "nonlocal": UnsupportedSyntax(
      "'nonlocal' is not needed: the names of other cells can be read directly", "remove the line"),
    "async": UnsupportedSyntax("a cell has no asynchronous code", "write it without 'async'"),
    "await": UnsupportedSyntax("a cell has no asynchronous code", "write it without 'await'"),
    "yield": UnsupportedSyntax("a cell has no generators", "write a list"),
    "as": UnsupportedSyntax("'as' is only allowed in import lines", "write name = value"),
    "import": UnsupportedSyntax(
      "an import must be on a line of its own", "start a new line before it"),
    "from": UnsupportedSyntax(
      "an import must be on a line of its own", "start a new line before it"),
  ]

  /// Keywords inside an expression.
  static let expressions: [String: UnsupportedSyntax] = [
    "lambda": UnsupportedSyntax(
      "a cell cannot define functions, so it has no 'lambda'",
      "write a list comprehension, or pass a function by its name"),
    "yield": UnsupportedSyntax("a cell has no generators", "write a list"),
    "await": UnsupportedSyntax("a cell has no asynchronous code", "write it without 'await'"),
    "async": UnsupportedSyntax("a cell has no asynchronous code", "write it without 'async'"),
    "for": UnsupportedSyntax(
      "'for' is only allowed in a list comprehension", "write it in brackets: [e for x in xs]"),
    "if": UnsupportedSyntax(
      "a conditional expression needs its 'else'", "write a if condition else b"),
  ]

  static let symbols: [String: UnsupportedSyntax] = [
    "@": UnsupportedSyntax("a cell has no decorators", "write the product of a and b as a @ b"),
    ":=": UnsupportedSyntax(
      "the cell language has no ':='", "assign on a line of its own: name = value"),
    "->": UnsupportedSyntax("the cell language has no annotations", "remove '->' and what follows"),
    ":": UnsupportedSyntax(
      "a colon is only allowed in slices and f-strings; a cell has no annotations or blocks",
      "write name = value"),
    "!": UnsupportedSyntax("Python has no '!'", "write 'not'"),
    "...": UnsupportedSyntax("'...' is only allowed in an index", "write x[..., 0]"),
    "{": UnsupportedSyntax(
      "dictionaries and sets are not part of the cell language",
      "use a list, or a name for each value"),
    "*": UnsupportedSyntax(
      "starred expressions are only allowed in calls, as in f(*items)",
      "write the elements one by one, or join lists with +"),
    "**": UnsupportedSyntax(
      "starred expressions are not part of the cell language", "write the arguments one by one"),
  ]

  // MARK: By context

  static let chainedAssignment = UnsupportedSyntax(
    "a value can only be assigned to one target", "write b = 1; a = b")
  static let attributeAssignment = UnsupportedSyntax(
    "an attribute cannot be assigned to", "make a new value and give it a name")
  static let generator = UnsupportedSyntax(
    "generator expressions are not part of the cell language",
    "write a list in brackets: [e for x in xs]")
}
