import Compute
import Concurrency
import Messages

/// `name[…] = value`: the new value of the name.
enum IndexAssignment {
  static func apply(
    _ newValue: Value, at parts: [IndexPart], of old: Value, named name: String
  ) throws -> Value {
    switch old {
    case .array(let array) where !array.isScalar:
      guard let operand = try newValue.operand() else {
        throw Diagnostic("an array holds numbers, not '\(newValue.typeName)'")
      }
      if !newValue.isArray { try checkItems(operand.array, fit: array.type) }
      return .array(try array.assigning(Indexing.index(parts), to: operand))
    case .tensor(let tensor):
      return .tensor(try tensor.assigning(newValue, at: parts))
    case .list(var items):
      switch try Indexing.position(parts, count: items.count, of: old) {
      case .one(let index):
        try Budget.reserve(items: Double(items.count))
        items[index] = newValue
      case .several(let range):
        guard newValue.itemCount != nil else {
          throw Diagnostic("a slice of a list takes a list, not '\(newValue.typeName)'")
        }
        let newItems = try newValue.items()
        try Budget.reserve(items: Double(items.count) + Double(newItems.count))
        if range.step == 1 {
          items.replaceSubrange(range.start..<max(range.start, range.stop), with: newItems)
        } else {
          guard range.count == newItems.count else {
            throw Diagnostic(
              "\(newItems.count) items cannot replace \(range.count)")
          }
          for (index, item) in newItems.enumerated() { items[range[index]] = item }
        }
      }
      return .list(items)
    case .tuple, .string, .range:
      throw Diagnostic(
        "the items of '\(old.typeName)' cannot be changed", hint: "make a list(\(name)) first")
    default: throw Diagnostic("'\(old.typeName)' has no items to assign to")
    }
  }

  /// The numbers of a list must fit as a number by itself must, while those of an array wrap around.
  private static func checkItems(_ items: NDArray, fit type: ElementType) throws {
    guard type.isInteger, items.count > 0, items.type != .bool else { return }
    for extreme in [try items.minimum(), try items.maximum()] {
      _ = try extreme.item().operand()?.assigned(to: type)
    }
  }
}
