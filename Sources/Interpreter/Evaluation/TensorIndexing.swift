import CellLanguage
import Compute
import Messages

extension Tensor {
  /// `tensor[…]`.
  func selecting(_ parts: [IndexPart]) throws -> Tensor {
    let index = try Self.index(parts)
    return try map { try $0.selecting(index, rule: .pyTorch) }
  }

  /// `tensor[…] = value`: the value is converted to the tensor's type.
  func assigning(_ value: Value, at parts: [IndexPart]) throws -> Tensor {
    let operand: Operand
    switch value {
    case .tensor(let other):
      if !other.array.isScalar { try Tensor.checkDevices([self, other]) }
      operand = .array(other.array)
    case .array:
      throw Diagnostic("a NumPy array cannot be put into a tensor", hint: "use torch.tensor(x)")
    default:
      guard let number = try value.operand(), number.shape.isEmpty else {
        throw Diagnostic(
          "only numbers and tensors can be put into a tensor, not '\(value.typeName)'")
      }
      operand = .array(try number.assigned(to: array.type))
    }
    let index = try Self.index(parts)
    return try map { try $0.assigning(index, to: operand, rule: .pyTorch) }
  }

  /// NumPy's rules, but steps must be positive, and masks and index arrays are tensors.
  private static func index(_ parts: [IndexPart]) throws -> [Index] {
    try Indexing.index(
      parts.map { part in
        switch part {
        case .slice(_, _, let step):
          if let step = try Indexing.bound(step), step < 0 {
            throw Diagnostic(
              "a tensor's slice cannot go backwards: its step must be above 0",
              hint: "use x.flip(0)")
          }
          return part
        case .value(.tuple(let items)) where parts.count == 1:
          return .value(.tuple(try items.map(converted)))
        case .value(let value): return .value(try converted(value))
        case .ellipsis: return part
        }
      })
  }

  private static func converted(_ index: Value) throws -> Value {
    switch index {
    case .tensor(let tensor): return .array(tensor.array)
    case .array(let array) where !array.isScalar:
      throw Diagnostic(
        "a tensor cannot be indexed by a NumPy array", hint: "use torch.tensor(…) as the index")
    default: return index
    }
  }
}
