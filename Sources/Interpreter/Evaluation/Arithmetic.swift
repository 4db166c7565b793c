import CellLanguage
import Compute
import Messages

/// The operators on values of every kind.
package enum Arithmetic {
  /// `a operation b`, as in Python and NumPy.
  ///
  /// - Throws: `Diagnostic` without a range.
  package static func apply(
    _ operation: BinaryOperator, _ a: Value, _ b: Value
  ) throws -> Value {
    if operation == .matrixMultiply { return try MatrixProducts.apply(a, b) }
    switch (a, b) {
    case (.bool(let x), .bool(let y)):
      switch operation {
      case .bitwiseAnd: return .bool(x && y)
      case .bitwiseOr: return .bool(x || y)
      case .bitwiseXor: return .bool(x != y)
      default: return try IntegerArithmetic.apply(operation, x ? 1 : 0, y ? 1 : 0)
      }
    case (.int(let x), .int(let y)): return try IntegerArithmetic.apply(operation, x, y)
    case (.float(let x), .float(let y)): return .float(try FloatArithmetic.apply(operation, x, y))
    case (.bool, .int), (.int, .bool):
      guard let x = a.wholeNumber, let y = b.wholeNumber else { break }
      return try IntegerArithmetic.apply(operation, x, y)
    case (.float, .int), (.int, .float), (.float, .bool), (.bool, .float):
      guard let x = a.realNumber, let y = b.realNumber else { break }
      return .float(try FloatArithmetic.apply(operation, x, y))
    default: break
    }
    if let sequence = try SequenceArithmetic.apply(operation, a, b) {
      return sequence
    }
    if case .string = a, operation == .remainder {
      throw Diagnostic(
        "strings cannot be formatted with % here", hint: "use an f-string: f\"{x:.2f}\"")
    }
    if a.isTensor || b.isTensor { return try TensorArithmetic.apply(operation, a, b) }
    guard a.isArray || b.isArray, let left = try a.operand(), let right = try b.operand() else {
      throw unsupported(operation.rawValue, a, b)
    }
    return .array(try NDArray.binary(operation.onArrays, left, right))
  }

  package static func apply(_ operation: UnaryOperator, _ value: Value) throws -> Value {
    switch (operation, value) {
    case (.not, _): return .bool(try !value.isTrue())
    case (.minus, .int(let x)): return .int(try IntegerArithmetic.negated(x))
    case (.minus, .bool(let x)): return .int(x ? -1 : 0)
    case (.minus, .float(let x)): return .float(-x)
    case (.plus, .int), (.plus, .float): return value
    case (.plus, .bool(let x)): return .int(x ? 1 : 0)
    case (.invert, .int(let x)): return .int(~x)
    case (.invert, .bool(let x)): return .int(x ? -2 : -1)
    case (.minus, .array(let array)): return .array(try NDArray.unary(.negative, array))
    case (.plus, .array(let array)): return .array(try NDArray.unary(.positive, array))
    case (.invert, .array(let array)): return .array(try NDArray.unary(.invert, array))
    case (_, .tensor(let tensor)): return .tensor(try TensorArithmetic.apply(operation, tensor))
    default:
      throw Diagnostic("'\(operation.rawValue)' has no meaning for '\(value.typeName)'")
    }
  }

  package static func unsupported(_ symbol: String, _ a: Value, _ b: Value) -> Diagnostic {
    let isText = [a, b].contains { if case .string = $0 { true } else { false } }
    return Diagnostic(
      "'\(symbol)' has no meaning for '\(a.typeName)' and '\(b.typeName)'",
      hint: symbol == "+" && isText ? "use str(…), or an f-string: f\"{x}\"" : nil)
  }
}

extension Value {
  var isArray: Bool {
    if case .array = self { return true }
    return false
  }

  package var isTensor: Bool {
    if case .tensor = self { return true }
    return false
  }

  /// The value as an operand of array operations: plain numbers stay weakly typed, lists become
  /// arrays. Nil for other values.
  package func operand() throws -> Operand? {
    switch self {
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .float(let value): .float(value)
    case .array(let array): .array(array)
    case .list, .tuple, .range, .tensorShape: .array(try NDArray(nested: self))
    case .none, .string, .elementType, .tensor, .tensorType, .device, .optimizer, .criterion,
      .dataSet, .model, .fit, .generator, .dictionary, .function, .module:
      nil
    }
  }
}

extension BinaryOperator {
  var onArrays: BinaryOperation {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .floorDivide: .floorDivide
    case .remainder: .remainder
    case .matrixMultiply: preconditionFailure("it is not done element by element")
    case .power: .power
    case .bitwiseAnd: .bitwiseAnd
    case .bitwiseOr: .bitwiseOr
    case .bitwiseXor: .bitwiseXor
    case .shiftLeft: .leftShift
    case .shiftRight: .rightShift
    }
  }
}
