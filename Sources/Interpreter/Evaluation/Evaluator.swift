import CellLanguage
import Compute
import Concurrency
import Messages
import NeuralNetworks

/// Runs the statements of one cell by walking its syntax tree.
///
/// The language is total: every loop is over something finite, and the budget bounds the rest.
/// Errors carry the range of the innermost expression that failed.
package struct Evaluator {
  package var context: CellContext
  /// The names that the cell has assigned so far.
  package private(set) var definitions: [String: Value] = [:]
  /// The same in the order of their first assignments.
  package private(set) var definitionOrder: [String] = []
  /// The names that depend on the run that the cell waits for; they have no value, or an old one.
  package private(set) var withheldNames: Set<String> = []

  private static let maximumNesting = 100

  /// The names of other cells.
  private let inputs: [String: Value]
  /// The targets of the comprehensions that are being evaluated.
  var comprehensionTargets: [String: Value] = [:]
  private var expressionCount = 0

  package init(context: CellContext, inputs: [String: Value] = [:]) {
    self.context = context
    self.inputs = inputs
  }

  /// Runs the statements in order; a bare expression whose value is not None is shown.
  ///
  /// - Throws: `Diagnostic` with a range, or `Interrupted`. What earlier statements defined and
  ///   showed is kept. Where the cell waits for a run, the names that do not depend on that are there;
  ///   see ``withheldNames``.
  package mutating func run(_ program: Program) throws {
    try context.budget.limit {
      for (index, statement) in program.statements.enumerated() {
        do {
          try complete(statement)
        } catch let error as WaitsForTraining {
          try runAssignments(of: program.statements[index...])
          throw error
        }
      }
    }
  }

  private mutating func complete(_ statement: Statement) throws {
    let shownCount = context.outputs.count
    do {
      try located(statement.range) { evaluator in
        try evaluator.run(statement)
        try evaluator.context.budget.checkFailure()
      }
    } catch {
      // What was made of elements that a device has lost is not shown.
      if context.budget.hasFailed { context.discardOutputs(after: shownCount) }
      throw error
    }
  }

  /// Runs the assignments that do not depend on the first of the statements, at which the cell waits. What
  /// else fails, or takes long, is left for the run after the wait.
  private mutating func runAssignments(of statements: ArraySlice<Statement>) throws {
    let longWork = context.longWork
    context.longWork = .refused
    defer { context.longWork = longWork }
    for (index, statement) in zip(statements.indices, statements) {
      let targets = statement.targets.map(\.name)
      let reads = statement.expressions.contains { $0.uses(anyOf: withheldNames) }
      let changes = statement.changesItsTarget && !withheldNames.isDisjoint(with: targets)
      guard index > statements.startIndex, !reads, !changes, !targets.isEmpty else {
        withheldNames.formUnion(targets)
        continue
      }
      let shownCount = context.outputs.count
      do {
        try complete(statement)
        withheldNames.subtract(targets)
      } catch is Diagnostic {
        context.discardOutputs(after: shownCount)
        withheldNames.formUnion(targets)
      }
    }
  }

  private mutating func run(_ statement: Statement) throws {
    switch statement.kind {
    case .importing: break
    case .expression(let expression):
      let value = try evaluate(expression)
      if !value.isNone { context.show(try value.shown()) }
    case .assignment(let targets, let expression):
      if targets.count == 1, case .call(let function, let arguments) = expression.kind {
        let name = targets[0].name
        let value = try located(expression.range) { evaluator in
          try evaluator.evaluateCall(function, arguments, assignedTo: name)
        }
        try define(name, value)
      } else {
        try assign(try evaluate(expression), to: targets)
      }
    case .indexAssignment(let name, let subscripts, let expression):
      // Python evaluates the right-hand side first.
      let newValue = try evaluate(expression)
      let heldBefore = hold(newValue, from: expression)
      defer { context.budget.heldBytes = heldBefore }
      let parts = try evaluate(subscripts)
      let old = try lookUp(name.name, at: name.range)
      try define(
        name.name,
        try completed { _ in
          try IndexAssignment.apply(newValue, at: parts, of: old, named: name.name)
        })
    case .augmentedAssignment(let name, let operation, let expression):
      let old = try lookUp(name.name, at: name.range)
      let value = try evaluate(expression)
      let heldBefore = hold(value, from: expression)
      defer { context.budget.heldBytes = heldBefore }
      try define(
        name.name,
        try completed { _ in try AugmentedAssignment.apply(operation, old, value) })
    case .augmentedIndexAssignment(let name, let subscripts, let operation, let expression):
      let heldBefore = context.budget.heldBytes
      defer { context.budget.heldBytes = heldBefore }
      let parts = try evaluate(subscripts)
      let old = try lookUp(name.name, at: name.range)
      let element = try completed { _ in try Indexing.apply(parts, of: old) }
      context.budget.heldBytes += element.byteCount
      let value = try evaluate(expression)
      _ = hold(value, from: expression)
      let newElement = try completed { _ in
        try AugmentedAssignment.apply(operation, element, value, at: parts, of: old)
      }
      context.budget.heldBytes += newElement.byteCount
      try define(
        name.name,
        try completed { _ in
          try IndexAssignment.apply(newElement, at: parts, of: old, named: name.name)
        })
    }
  }

  // MARK: Names

  private mutating func assign(_ value: Value, to targets: [Identifier]) throws {
    guard targets.count > 1 else { return try define(targets[0].name, value) }
    for (target, item) in zip(targets, try unpacked(value, targets.count)) {
      try define(target.name, item)
    }
  }

  /// The items of a value for `count` names.
  func unpacked(_ value: Value, _ count: Int) throws -> [Value] {
    guard let itemCount = value.itemCount else {
      throw Diagnostic("one '\(value.typeName)' cannot be assigned to \(count) names")
    }
    guard itemCount == count else {
      throw Diagnostic(
        "\(itemCount) value\(itemCount == 1 ? "" : "s") cannot be assigned to \(count) names")
    }
    return try value.items()
  }

  mutating func define(_ name: String, _ value: Value) throws {
    try context.budget.checkFailure()
    // Before anything else walks the value: nested lists may contain one another a million times.
    context.budget.liveBytes += value.byteCount - (definitions[name]?.byteCount ?? 0)
    try context.budget.reserve(0, for: name)
    // Walking a value recurses, and x = [x] can be repeated any number of times.
    guard value.nestingDepth <= Self.maximumNesting else {
      throw Diagnostic("lists are nested more than \(Self.maximumNesting) deep")
    }
    if definitions.updateValue(value, forKey: name) == nil { definitionOrder.append(name) }
  }

  func lookUp(_ name: String, at range: SourceRange) throws -> Value {
    if let value = comprehensionTargets[name] ?? definitions[name] ?? inputs[name]
      ?? context.vocabulary.value(of: name)
    {
      return value
    }
    let known =
      Array(comprehensionTargets.keys) + definitionOrder + inputs.keys.sorted()
      + context.vocabulary.topLevelNames
    throw Diagnostic.unknownName(
      name, among: known, builtins: context.vocabulary.knownNames, range: range)
  }

  // MARK: Budget and ranges

  /// Counts a value as in use while the rest of its expression is evaluated; the value of a name
  /// is counted with the name.
  ///
  /// - Returns: the previous count, to be restored.
  mutating func hold(_ value: Value, from expression: Expression) -> Int {
    let before = context.budget.heldBytes
    if case .name = expression.kind { return before }
    context.budget.heldBytes += value.byteCount
    return before
  }

  /// The result of an operation, if it fits in the cell's memory. What the operation has reserved
  /// ends with it.
  mutating func completed(_ operation: (inout Self) throws -> Value) throws -> Value {
    let before = context.budget.heldBytes
    let value = try operation(&self)
    context.budget.heldBytes = before
    switch value {
    case .array, .tensor, .string:
      try context.budget.reserve(Double(value.byteCount), for: "the result")
    default: break
    }
    return value
  }

  /// Looks at the clock now and then.
  ///
  /// - Throws: when the cell has run too long, or should stop.
  mutating func checkBudget() throws {
    if expressionCount & 63 == 0 { try context.budget.check() }
    expressionCount &+= 1
  }

  /// Adds the range to errors that have none. Work that was interrupted has no error to show.
  mutating func located<Result>(
    _ range: SourceRange, _ work: (inout Self) throws -> Result
  ) throws -> Result {
    do {
      return try work(&self)
    } catch var error as Diagnostic {
      if context.budget.interrupt.isRequested { throw Interrupted() }
      if error.range == nil { error.range = range }
      throw error
    }
  }
}

extension Value {
  /// What a bare expression shows: strings and short arrays as Python's prompt shows them, long ones as a line with a
  /// sparkline that says that it is a summary, all else as `print` does.
  fileprivate func shown() throws -> Output {
    switch self {
    case .array(let array) where !array.isScalar:
      array.isShort ? .text(repr) : try .summary(of: array).saidToBeSummary
    case .tensor(let tensor) where !tensor.array.isScalar:
      tensor.array.isShort ? .text(repr) : try .summary(of: tensor).saidToBeSummary
    case .string: .text(repr)
    default: .text(try printedText())
    }
  }
}

extension NDArray {
  /// Whether its elements take few lines.
  fileprivate var isShort: Bool {
    count <= 32 && shape.dropLast().reduce(1, *) <= 8
  }
}

extension Output {
  fileprivate var saidToBeSummary: Output {
    if case .arraySummary(let line, let points) = self {
      .arraySummary(line + " (summary)", sparkline: points)
    } else {
      self
    }
  }
}
