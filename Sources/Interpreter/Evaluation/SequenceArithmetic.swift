import CellLanguage
import Compute
import Concurrency

/// `+` and `*` on strings, lists, tuples and sizes of tensors.
package enum SequenceArithmetic {
  /// Nil unless the operands are sequences, or a sequence and a count.
  ///
  /// - Throws: `Diagnostic` when the result would exceed the cell's memory.
  package static func apply(
    _ operation: BinaryOperator, _ a: Value, _ b: Value
  ) throws -> Value? {
    switch (operation, a, b) {
    case (.add, .string(let x), .string(let y)):
      try Budget.reserve(Double(x.utf8.count + y.utf8.count), for: "a string of that length")
      return .string(x + y)
    case (.add, .list(let x), .list(let y)):
      try Budget.reserve(items: Double(x.count) + Double(y.count))
      return .list(x + y)
    case (.add, .tuple(let x), .tuple(let y)):
      try Budget.reserve(items: Double(x.count) + Double(y.count))
      return .tuple(x + y)
    case (.multiply, .string, _), (.multiply, .list, _), (.multiply, .tuple, _):
      guard let count = b.wholeNumber else { return nil }
      return try repeated(a, count)
    case (.multiply, _, .string), (.multiply, _, .list), (.multiply, _, .tuple):
      guard let count = a.wholeNumber else { return nil }
      return try repeated(b, count)
    case (_, .tensorShape(let sizes), _):
      return try apply(operation, .tuple(sizes.map(Value.int)), b).map(Self.asSizes)
    case (_, _, .tensorShape(let sizes)):
      return try apply(operation, a, .tuple(sizes.map(Value.int))).map(Self.asSizes)
    default: return nil
    }
  }

  /// A tuple of whole numbers as the sizes of a tensor.
  private static func asSizes(_ value: Value) -> Value {
    guard case .tuple(let items) = value else { return value }
    let sizes = items.compactMap { if case .int(let size) = $0 { size } else { nil } }
    return sizes.count == items.count ? .tensorShape(sizes) : value
  }

  private static func repeated(_ sequence: Value, _ count: Int) throws -> Value {
    let count = max(0, count)
    switch sequence {
    case .string(let text):
      let bytes = Double(text.utf8.count) * Double(count)
      try Budget.reserve(bytes, for: "a string of \(Budget.describe(bytes)) characters")
      return .string(try String(text, repeated: count))
    case .list(let items): return .list(try repeated(items, count))
    case .tuple(let items): return .tuple(try repeated(items, count))
    default: preconditionFailure("only sequences are repeated")
    }
  }

  private static func repeated(_ items: [Value], _ count: Int) throws -> [Value] {
    let length = Double(items.count) * Double(count)
    try Budget.reserve(items: length)
    // Nested lists are shared, but printing or comparing still walks each of them.
    let contents = Double(items.reduce(0) { min($0 + $1.byteCount, Budget.byteLimit + 1) })
    try Budget.reserve(
      contents * Double(count),
      for: "a list of \(Budget.describe(length)) items with their contents")
    guard length > 0 else { return [] }
    var result: [Value] = []
    result.reserveCapacity(items.count * count)
    let copies = min(count, max(1, 4096 / items.count))
    let block = Array(repeatElement(items, count: copies).joined())
    while result.count < items.count * count {
      try Budget.check()
      result += block.prefix(items.count * count - result.count)
    }
    return result
  }
}

extension String {
  /// Copies bytes: the standard library's initializer appends piece by piece, which takes seconds
  /// for 100 MB.
  fileprivate init(_ text: String, repeated count: Int) throws {
    let partCount = text.utf8.count
    let byteCount = partCount * count
    try self.init(unsafeUninitializedCapacity: byteCount) { buffer in
      guard byteCount > 0 else { return 0 }
      text.withBytes { _ = buffer.update(fromContentsOf: $0) }
      var filled = partCount
      while filled < byteCount {
        try Budget.check()
        let next = Swift.min(filled, byteCount - filled, 1 << 26)
        _ = buffer[filled...].update(fromContentsOf: buffer[..<next])
        filled += next
      }
      return byteCount
    }
  }
}
