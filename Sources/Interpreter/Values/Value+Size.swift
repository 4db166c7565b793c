import Compute
import Concurrency
import NeuralNetworks

extension Value {
  /// The approximate size of the value in bytes; a list that occurs twice counts twice. Counting
  /// stops above the memory that a cell may have, since nested lists may contain one another a
  /// million times.
  package var byteCount: Int {
    var total = 0
    addByteCount(to: &total)
    return total
  }

  private func addByteCount(to total: inout Int) {
    switch self {
    case .string(let text): total += text.utf8.count
    case .list(let items), .tuple(let items):
      total += items.count * MemoryLayout<Value>.stride
      for item in items {
        guard total <= Budget.byteLimit else { return }
        item.addByteCount(to: &total)
      }
    case .array(let array): total += array.byteCount
    case .tensor(let tensor): total += tensor.array.byteCount
    case .dataSet(let data): total += data.byteCount
    case .model(let model): total += model.byteCount
    case .fit(let fit): total += fit.byteCount
    case .none, .bool, .int, .float, .range, .elementType, .tensorType, .tensorShape, .device,
      .optimizer, .function, .module:
      break
    }
  }
}

extension Value {
  /// How deeply lists and tuples are nested. O(items).
  var nestingDepth: Int {
    switch self {
    case .list(let items), .tuple(let items):
      1 + items.reduce(0) { max($0, $1.nestingDepth) }
    default: 0
    }
  }
}
