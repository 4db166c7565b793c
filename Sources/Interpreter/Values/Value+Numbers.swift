import Compute

extension Value {
  /// The value as a whole number where Python accepts one as an index: int, bool, NumPy integers.
  package var wholeNumber: Int? {
    switch self {
    case .int(let value): value
    case .bool(let value): value ? 1 : 0
    case .tensor(let tensor) where tensor.array.isScalar: Value.array(tensor.array).wholeNumber
    case .array(let array) where array.isScalar:
      switch array.item() {
      case .int(let value): value
      case .bool(let value): value ? 1 : 0
      default: nil
      }
    default: nil
    }
  }

  /// The value as a real number: int, float, bool, NumPy scalars that are not complex.
  package var realNumber: Double? {
    switch self {
    case .float(let value): value
    case .int(let value): Double(value)
    case .bool(let value): value ? 1 : 0
    case .tensor(let tensor) where tensor.array.isScalar: Value.array(tensor.array).realNumber
    case .array(let array) where array.isScalar:
      if case .array = array.item() { nil } else { array.item().realNumber }
    default: nil
    }
  }

  /// The value as an element type: np.float32, 'float32', float, an array's dtype.
  package var asElementType: ElementType? {
    switch self {
    case .elementType(let type): type
    case .function(let builtin): builtin.elementType
    case .string("float"): .float64
    case .string("int"): .int64
    case .string(let name): ElementType(rawValue: name)
    default: nil
    }
  }
}
