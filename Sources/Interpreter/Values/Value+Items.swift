import Compute
import Concurrency
import Messages
import NeuralNetworks

extension Value {
  /// What a loop over the value visits: items of a list, tuple or range, the characters of a
  /// string, an array's sub-arrays along its first axis. Where they can be visited one at a time,
  /// ``ItemSequence`` takes no memory.
  ///
  /// - Parameter purpose: begins the error's message: "sum: x".
  /// - Throws: when the value has no items, or when a list of them is too large.
  package func items(_ purpose: String? = nil) throws -> [Value] {
    if case .list(let items) = self { return items }
    if case .tuple(let items) = self { return items }
    guard var sequence = ItemSequence(self) else {
      throw Diagnostic(
        purpose.map { "\($0) must have items to loop over, but '\(typeName)' has none" }
          ?? "'\(typeName)' has no items to loop over")
    }
    try Budget.reserve(items: Double(sequence.count), ofBytes: Double(itemByteCount))
    var items: [Value] = []
    items.reserveCapacity(sequence.count)
    while let item = try sequence.next() { items.append(item) }
    return items
  }

  /// What each item of ``items(_:)`` takes beside its place in a list; nothing if it exists already.
  package var itemByteCount: Int {
    switch self {
    case .array(let array): Self.rowByteCount(of: array)
    case .tensor(let tensor): Self.rowByteCount(of: tensor.array)
    case .dataSet(let data):
      2 * Self.blockOverhead + Self.arrayOverhead + data.byteCount / max(1, data.count)
    default: 0
    }
  }

  /// The number of `items`; nil if the value has no items.
  package var itemCount: Int? {
    switch self {
    case .list(let items), .tuple(let items): items.count
    case .dictionary(let entries): entries.count
    case .string(let text): text.scalarCount
    case .range(let start, let stop, let step):
      PythonRange(start: start, stop: stop, step: step).count
    case .array(let array): array.shape.first
    case .tensor(let tensor): tensor.array.shape.first
    case .tensorShape(let sizes): sizes.count
    case .dataSet(let data): data.count
    default: nil
    }
  }

  private static func rowByteCount(of array: NDArray) -> Int {
    arrayOverhead + array.byteCount / max(1, array.shape.first ?? 1)
  }
}
