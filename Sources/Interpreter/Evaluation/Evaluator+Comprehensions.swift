import CellLanguage
import Concurrency
import Messages

extension Evaluator {
  /// `[element for …]`: the loops of its clauses, each within the one before.
  mutating func comprehend(
    _ element: Expression, _ clauses: [ComprehensionClause]
  ) throws -> Value {
    let outerTargets = comprehensionTargets
    let outerItems = context.remainingItems
    defer { (comprehensionTargets, context.remainingItems) = (outerTargets, outerItems) }
    var list = ComprehendedList(
      element: element, isOfKnownLength: clauses.count == 1 && clauses[0].conditions.isEmpty)
    try loop(clauses[...], into: &list)
    return .list(list.items)
  }

  private mutating func loop(
    _ clauses: ArraySlice<ComprehensionClause>, into list: inout ComprehendedList
  ) throws {
    guard let clause = clauses.first else { return try append(to: &list) }
    let iterable = clause.iterable
    let heldBefore = context.budget.heldBytes
    let sequence = try located(iterable.range) { evaluator in
      let value = try evaluator.evaluate(iterable)
      _ = evaluator.hold(value, from: iterable)
      return ItemSequence(value)
    }
    let iterableBytes = context.budget.heldBytes - heldBefore
    defer { context.budget.heldBytes -= iterableBytes }
    guard var items = sequence else {
      throw Diagnostic("this value has no items to loop over", range: iterable.range)
    }
    if list.isOfKnownLength {
      try Budget.reserve(items: Double(items.count))
      list.items.reserveCapacity(items.count)
    }
    // An item of a list is counted with the list; others live as long as the result.
    if items.makesItems { list.newNames.formUnion(clause.targets.map(\.name)) }
    var position = 0
    while let item = try located(iterable.range, { _ in try items.next() }) {
      if clause.targets.count == 1 {
        comprehensionTargets[clause.targets[0].name] = item
      } else {
        let parts = try located(iterable.range) { try $0.unpacked(item, clause.targets.count) }
        for (target, part) in zip(clause.targets, parts) {
          comprehensionTargets[target.name] = part
        }
      }
      // Where the length is not known, later items may be left out.
      context.remainingItems = list.isOfKnownLength ? max(1, items.count - position) : 1
      position += 1
      guard try allAreTrue(clause.conditions) else { continue }
      try loop(clauses.dropFirst(), into: &list)
    }
  }

  private mutating func allAreTrue(_ conditions: [Expression]) throws -> Bool {
    for condition in conditions {
      let value = try evaluate(condition)
      guard try located(condition.range, { _ in try value.isTrue() }) else { return false }
    }
    return true
  }

  private mutating func append(to list: inout ComprehendedList) throws {
    let result = try evaluate(list.element)
    if !list.isOfKnownLength { try list.reserveGrowth() }
    if case .name(let name) = list.element.kind, list.newNames.contains(name) {
      context.budget.heldBytes += result.byteCount
    } else {
      _ = hold(result, from: list.element)
    }
    try context.budget.reserve(0, for: "the list")
    list.items.append(result)
  }
}

/// The list that a comprehension is making.
private struct ComprehendedList {
  let element: Expression
  let isOfKnownLength: Bool
  var items: [Value] = []
  /// The targets whose items are made for the loop.
  var newNames: Set<String> = []

  init(element: Expression, isOfKnownLength: Bool) {
    self.element = element
    self.isOfKnownLength = isOfKnownLength
  }

  /// A full list moves to a place twice as large; both are in use for a moment.
  mutating func reserveGrowth() throws {
    guard items.count == items.capacity else { return }
    let capacity = max(16, 2 * items.capacity)
    try Budget.reserve(items: Double(capacity))
    let before = items.capacity
    items.reserveCapacity(capacity)
    Budget.release(Double(before * MemoryLayout<Value>.stride))
  }
}
