import Compute
import Concurrency
import NeuralNetworks

extension Value {
  /// About how many bytes the value takes, a list that occurs twice counted twice. Exact up to the
  /// memory a cell may have: beyond, some size above it, so that lists which hold one another a
  /// million times over are not walked through.
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
  /// How many lists and tuples lie inside each other at the deepest place; linear in their length.
  var nestingDepth: Int {
    switch self {
    case .list(let items), .tuple(let items):
      1 + items.reduce(0) { max($0, $1.nestingDepth) }
    default: 0
    }
  }
}
