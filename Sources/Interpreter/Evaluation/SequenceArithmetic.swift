import CellLanguage
import Compute

/// `+` and `*` on strings, lists and tuples.
package enum SequenceArithmetic {
  /// Nil unless the operands are sequences, or a sequence and a count.
  ///
  /// - Throws: `Diagnostic` when the result would exceed the cell's memory.
  package static func apply(
    _ operation: BinaryOperator, _ a: Value, _ b: Value, context: CellContext
  ) throws -> Value? {
    switch (operation, a, b) {
    case (.add, .string(let x), .string(let y)):
      try context.reserve(
        bytes: Double(x.utf8.count + y.utf8.count), for: "a string of that length")
      return .string(x + y)
    case (.add, .list(let x), .list(let y)):
      try reserve(items: Double(x.count) + Double(y.count), context)
      return .list(x + y)
    case (.add, .tuple(let x), .tuple(let y)):
      try reserve(items: Double(x.count) + Double(y.count), context)
      return .tuple(x + y)
    case (.multiply, .string, _), (.multiply, .list, _), (.multiply, .tuple, _):
      guard let count = b.wholeNumber else { return nil }
      return try repeated(a, count, context)
    case (.multiply, _, .string), (.multiply, _, .list), (.multiply, _, .tuple):
      guard let count = a.wholeNumber else { return nil }
      return try repeated(b, count, context)
    default: return nil
    }
  }

  private static func repeated(
    _ sequence: Value, _ count: Int, _ context: CellContext
  ) throws -> Value {
    let count = max(0, count)
    switch sequence {
    case .string(let text):
      let bytes = Double(text.utf8.count) * Double(count)
      try context.reserve(bytes: bytes, for: "a string of \(describe(bytes)) characters")
      return .string(String(text, repeated: count))
    case .list(let items): return .list(try repeated(items, count, context))
    case .tuple(let items): return .tuple(try repeated(items, count, context))
    default: preconditionFailure("only sequences are repeated")
    }
  }

  private static func repeated(
    _ items: [Value], _ count: Int, _ context: CellContext
  ) throws -> [Value] {
    try reserve(items: Double(items.count) * Double(count), context)
    // Nested lists are shared, but printing or comparing still walks each of them.
    try context.reserve(
      bytes: Double(Value.list(items).byteCount) * Double(count),
      for: "a list of \(items.count * count) items with their contents")
    if items.count == 1 { return Array(repeating: items[0], count: count) }
    return items.isEmpty ? [] : Array(repeatElement(items, count: count).joined())
  }

  package static func reserve(items count: Double, _ context: CellContext) throws {
    try context.reserve(
      bytes: count * Double(MemoryLayout<Value>.stride),
      for: "a list of \(describe(count)) items")
  }

  /// A count as an integer, or in powers of ten if it exceeds 64 bits.
  private static func describe(_ count: Double) -> String {
    Int(exactly: count).map(String.init) ?? "\(count)"
  }
}

extension String {
  /// Copies bytes: the standard library's initializer appends piece by piece, which takes seconds
  /// for 100 MB.
  fileprivate init(_ text: String, repeated count: Int) {
    let part = Array(text.utf8)
    let byteCount = part.isEmpty ? 0 : part.count * count
    self.init(unsafeUninitializedCapacity: byteCount) { buffer in
      guard byteCount > 0 else { return 0 }
      _ = buffer.update(fromContentsOf: part)
      var filled = part.count
      while filled < byteCount {
        let next = Swift.min(filled, byteCount - filled)
        _ = buffer[filled...].update(fromContentsOf: buffer[..<next])
        filled += next
      }
      return byteCount
    }
  }
}
