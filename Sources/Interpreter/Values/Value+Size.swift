import Compute
import Concurrency
import Messages
import NeuralNetworks

extension Value {
  /// What the allocator and Swift add to each block of memory, in bytes.
  package static let blockOverhead = 48
  /// What an array takes beside its elements: two blocks, for its elements and its shape.
  static let arrayOverhead = 2 * blockOverhead

  /// What an array takes. Beside a large one its overhead does not count, so that an array of 1 GiB
  /// takes 1 GiB.
  static func byteCount(of array: NDArray) -> Int {
    array.byteCount < 1 << 20 ? array.byteCount + arrayOverhead : array.byteCount
  }

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
    case .string(let text): total += text.heldByteCount
    case .list(let items), .tuple(let items):
      total += Self.blockOverhead + items.count * MemoryLayout<Value>.stride
      for item in items {
        guard total <= Budget.byteLimit else { return }
        item.addByteCount(to: &total)
      }
    case .dictionary(let entries):
      total += Self.blockOverhead
      for entry in entries {
        total += MemoryLayout<(String, Value)>.stride + entry.name.heldByteCount
        entry.value.addByteCount(to: &total)
      }
    case .array(let array): total += Self.byteCount(of: array)
    case .tensor(let tensor): total += Self.byteCount(of: tensor.array)
    case .dataSet(let data):
      total += MemoryLayout<DataSet>.stride + 2 * Self.blockOverhead + data.byteCount
    case .model(let model):
      total += MemoryLayout<Model>.stride + 2 * Self.blockOverhead + model.byteCount
    case .fit(let fit): total += MemoryLayout<Fit>.stride + Self.blockOverhead + fit.byteCount
    case .generator: total += RandomGenerator.byteCount
    case .optimizer: total += MemoryLayout<Optimizer>.stride + Self.blockOverhead
    case .criterion(let loss):
      total += MemoryLayout<CrossEntropyLoss>.stride + 2 * Self.blockOverhead
      total += 4 * (loss.weight?.count ?? 0)
    case .function(let builtin): total += builtin.heldByteCount
    case .tensorShape(let sizes): total += Self.blockOverhead + 8 * sizes.count
    case .range: total += Self.blockOverhead
    case .none, .bool, .int, .float, .elementType, .tensorType, .device, .module: break
    }
  }
}

extension String {
  /// What the text takes beside its place in a list: short ones need no memory of their own.
  package var heldByteCount: Int { Value.byteCount(ofText: utf8.count) }
}

extension Value {
  /// What a text of so many bytes takes beside its place in a list.
  package static func byteCount(ofText count: Int) -> Int {
    count <= 15 ? 0 : count < 1 << 20 ? count + blockOverhead : count
  }
}

extension Budget {
  /// Call before making a list.
  ///
  /// - Parameter ofBytes: what each item takes beside its place in the list.
  package static func reserve(items count: Double, ofBytes: Double = 0) throws(Diagnostic) {
    try reserve(
      count * (Double(MemoryLayout<Value>.stride) + ofBytes),
      for: "a list of \(describe(count)) items")
  }

  /// A count as an integer, or in powers of ten if it exceeds 64 bits.
  static func describe(_ count: Double) -> String {
    Int(exactly: count).map(String.init) ?? "\(count)"
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
