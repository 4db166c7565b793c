import Compute

extension Value {
  /// About how many bytes the value takes; linear in the length of a list.
  package var byteCount: Int {
    switch self {
    case .string(let text): return text.utf8.count
    case .list(let items), .tuple(let items):
      return items.reduce(0) { $0 + MemoryLayout<Value>.stride + $1.byteCount }
    case .array(let array): return array.byteCount
    case .none, .bool, .int, .float, .range, .elementType, .function, .module: return 0
    }
  }
}

extension Value {
  /// How many lists and tuples lie inside each other at the deepest place; linear in their length.
  var nestingDepth: Int {
    switch self {
    case .list(let items), .tuple(let items):
      1 + items.reduce(0) { max($0, $1.nestingDepth) }
    default: 0
    }
  }
}
