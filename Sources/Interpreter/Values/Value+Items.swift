import Compute
import Concurrency
import Messages
import NeuralNetworks

extension Value {
  /// What a loop over the value visits: items of a list, tuple or range, the characters of a
  /// string, an array's sub-arrays along its first axis.
  ///
  /// A range is expanded. Reserve memory first (`CellContext.reserve`) if it may be long; one that
  /// exceeds the budget by itself is rejected here.
  /// - Parameter purpose: begins the error's message: "sum: x".
  /// - Throws: when the value has no items, or too many.
  package func items(_ purpose: String? = nil) throws -> [Value] {
    switch self {
    case .list(let items), .tuple(let items): return items
    case .string(let text): return text.unicodeScalars.map { .string(String($0)) }
    case .range(let start, let stop, let step):
      let range = PythonRange(start: start, stop: stop, step: step)
      guard range.count <= Budget.byteLimit / MemoryLayout<Value>.stride else {
        throw Diagnostic("a range of \(range.count) numbers is too long for a list")
      }
      return (0..<range.count).map { .int(range[$0]) }
    case .array(let array) where !array.shape.isEmpty:
      return (0..<array.shape[0]).map { .array(array.row($0)) }
    case .tensor(let tensor) where !tensor.array.shape.isEmpty:
      return (0..<tensor.array.shape[0]).map {
        .tensor(Tensor(tensor.array.row($0), device: tensor.device))
      }
    case .tensorShape(let sizes): return sizes.map(Value.int)
    case .dataSet(let data): return (0..<data.count).map(data.item)
    default:
      throw Diagnostic(
        purpose.map { "\($0) must have items to loop over, but '\(typeName)' has none" }
          ?? "'\(typeName)' has no items to loop over")
    }
  }

  /// The number of `items`; nil if the value has no items.
  package var itemCount: Int? {
    switch self {
    case .list(let items), .tuple(let items): items.count
    case .string(let text): text.unicodeScalars.count
    case .range(let start, let stop, let step):
      PythonRange(start: start, stop: stop, step: step).count
    case .array(let array): array.shape.first
    case .tensor(let tensor): tensor.array.shape.first
    case .tensorShape(let sizes): sizes.count
    case .dataSet(let data): data.count
    default: nil
    }
  }
}
