import Compute
import Concurrency
import Messages
import NeuralNetworks

/// The items of a value one at a time, so that a long range, an array or a text is never expanded.
package struct ItemSequence {
  package let count: Int
  private let source: Source
  private var position = 0
  private var scalars = "".unicodeScalars.makeIterator()
  /// What the last item holds, if it was made for this.
  private var itemBytes = 0.0

  private enum Source {
    case items([Value])
    case range(PythonRange)
    case rows(NDArray)
    case tensorRows(Tensor)
    case text
    case samples(DataSet)
    case sizes([Int])
  }

  /// Nil when the value has no items.
  package init?(_ value: Value) {
    guard let count = value.itemCount else { return nil }
    self.count = count
    switch value {
    case .list(let items), .tuple(let items): source = .items(items)
    case .dictionary(let entries): source = .items(entries.map { .string($0.name) })
    case .range(let start, let stop, let step):
      source = .range(PythonRange(start: start, stop: stop, step: step))
    case .array(let array): source = .rows(array)
    case .tensor(let tensor): source = .tensorRows(tensor)
    case .tensorShape(let sizes): source = .sizes(sizes)
    case .dataSet(let data): source = .samples(data)
    case .string(let text):
      source = .text
      scalars = text.unicodeScalars.makeIterator()
    default: return nil
    }
  }

  /// Whether items are made one by one; those of lists exist already.
  package var makesItems: Bool {
    if case .items = source { false } else { true }
  }

  /// The next item; nil after the last one. Only the newest item counts as in use.
  ///
  /// - Throws: when the item needs too much memory, or when the cell should stop.
  package mutating func next() throws(Diagnostic) -> Value? {
    guard position < count else {
      Budget.release(itemBytes)
      itemBytes = 0
      return nil
    }
    let index = position
    position += 1
    try Budget.check(step: index)
    switch source {
    case .items(let items): return items[index]
    case .range(let range): return .int(range[index])
    case .rows(let array):
      try reserveRow(of: array)
      return .array(array.row(index))
    case .tensorRows(let tensor):
      try reserveRow(of: tensor.array)
      return .tensor(try Tensor(tensor.array.row(index), device: tensor.device))
    case .text: return scalars.next().map { .string(String($0)) }
    case .samples(let data): return data.item(index)
    case .sizes(let sizes): return .int(sizes[index])
    }
  }

  private mutating func reserveRow(of array: NDArray) throws(Diagnostic) {
    // Numbers are too small to count.
    guard array.axisCount > 1 else { return }
    Budget.release(itemBytes)
    itemBytes = 0
    let bytes = Double(array.byteCount / max(1, count))
    try Budget.reserve(bytes, for: "a row of the array")
    itemBytes = bytes
  }
}
