import CellLanguage
import Compute
import Concurrency
import Messages

/// `name += value` and the like: the new value of the name, or of an element of it.
enum AugmentedAssignment {
  /// `container[…] += value`: the new element.
  ///
  /// A list within a list, or an array within one, may be reached in other ways, too, and all of them
  /// would see the change: `[[0]] * 3` holds one list three times.
  static func apply(
    _ operation: BinaryOperator, _ element: Value, _ value: Value, at parts: [IndexPart],
    of container: Value
  ) throws -> Value {
    if case .list = container, parts.count == 1, case .value = parts[0] {
      let isMutable =
        switch element {
        case .list, .tensor: true
        case .array(let array): !array.isScalar
        default: false
        }
      guard !isMutable else {
        throw Diagnostic(
          "'\(operation.rawValue)=' would change an element that may be in other lists, too",
          hint: "write x[i] = x[i] \(operation.rawValue) …, which makes a new one")
      }
    }
    return try apply(operation, element, value)
  }

  /// An array keeps its shape and type, since it is changed in place; a list is extended by the
  /// items of any value that has some; everything else is `name = name + value`.
  static func apply(
    _ operation: BinaryOperator, _ old: Value, _ value: Value
  ) throws -> Value {
    // To a list, an array is an operand, not a sequence of items.
    if case .list(let items) = old, operation == .add, !value.isArray, !value.isTensor {
      guard let count = value.itemCount else {
        throw Diagnostic("a list is extended by a list, not by '\(value.typeName)'")
      }
      try Budget.reserve(items: Double(items.count) + Double(count))
      return .list(items + (try value.items()))
    }
    let result = try Arithmetic.apply(operation, old, value)
    let array: NDArray
    let changed: NDArray
    switch (old, result) {
    case (.array(let x), .array(let y)) where !x.isScalar: (array, changed) = (x, y)
    case (.tensor(let x), .tensor(let y)): (array, changed) = (x.array, y.array)
    default: return result
    }
    guard changed.shape == array.shape else {
      throw Diagnostic(
        "'\(operation.rawValue)=' cannot change the shape "
          + "\(NDArray.describe(shape: array.shape)) to \(NDArray.describe(shape: changed.shape))",
        hint: "write x = x \(operation.rawValue) …")
    }
    guard changed.type.kind <= array.type.kind else {
      throw Diagnostic(
        "'\(operation.rawValue)=' cannot put \(changed.type.rawValue) into an array of "
          + array.type.rawValue,
        hint: "convert it first with .astype(…), or write x = x \(operation.rawValue) …")
    }
    if case .tensor(let tensor) = old {
      return .tensor(try Tensor(changed.asType(array.type), device: tensor.device))
    }
    return .array(try changed.asType(array.type))
  }
}

extension ElementType {
  /// NumPy's kinds in the order in which one can be stored in the next ("same_kind" casting).
  fileprivate var kind: Int {
    switch self {
    case .bool: 0
    case .uint8: 1
    case .int16, .int32, .int64: 2
    case .float32, .float64: 3
    case .complex128: 4
    }
  }
}
