import Messages

/// An operation on two operands, element by element; the raw value is how cells write it.
package enum BinaryOperation: String, Sendable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case remainder = "%"
  case power = "**"

  case bitwiseAnd = "&"
  case bitwiseOr = "|"
  case bitwiseXor = "^"
  case leftShift = "<<"
  case rightShift = ">>"

  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessEqual = "<="
  case greater = ">"
  case greaterEqual = ">="

  case maximum = "np.maximum"
  case minimum = "np.minimum"
  case arcTangent = "np.arctan2"
  case hypotenuse = "np.hypot"

  package var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual: true
    default: false
    }
  }
}

extension NDArray {
  /// `a operation b` with NumPy 2's broadcasting, promotion, wrap-around and special values.
  ///
  /// - Throws: when the shapes do not broadcast, the result exceeds 1 GiB, a plain integer does
  ///   not fit the array's type, or the operation has no meaning for the types.
  package static func binary(
    _ operation: BinaryOperation, _ a: Operand, _ b: Operand
  ) throws(Diagnostic) -> NDArray {
    let operandType = ElementType.promoting([a, b])
    if operation.isComparison,
      let answer = comparisonBeyondRange(operation, a, b, operandType)
    {
      return try NDArray(
        filled: answer, shape: broadcastShape([a.shape, b.shape]), type: .bool)
    }
    let type = try operation.workingType(for: operandType)
    let shape = try broadcastShape([a.shape, b.shape])
    let count = try checkedCount(shape: shape, type: type)
    return try releasingTemporaries { () throws(Diagnostic) in
      // True division of integers takes plain integers as floats: uint8 / 300 is fine.
      let left = try a.converted(to: type).flattened(for: shape, count: count)
      let right = try b.converted(to: type).flattened(for: shape, count: count)
      return NDArray(
        shape: shape, elements: try operation.applied(left.elements, right.elements))
    }
  }

  /// A plain integer beyond the range of the other side's integers compares like the number it
  /// is; only arithmetic refuses it.
  private static func comparisonBeyondRange(
    _ operation: BinaryOperation, _ a: Operand, _ b: Operand, _ type: ElementType
  ) -> Bool? {
    guard let range = type.integerRange else { return nil }
    // The sign of (left - right).
    let sign: Int
    switch (a, b) {
    case (.array, .int(let value)) where !range.contains(value): sign = value > 0 ? -1 : 1
    case (.int(let value), .array) where !range.contains(value): sign = value > 0 ? 1 : -1
    default: return nil
    }
    return switch operation {
    case .less, .lessEqual: sign < 0
    case .greater, .greaterEqual: sign > 0
    case .notEqual: true
    default: false
    }
  }
}

extension BinaryOperation {
  /// The type that both operands are converted to before the loop runs.
  fileprivate func workingType(for type: ElementType) throws(Diagnostic) -> ElementType {
    switch self {
    case .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual, .maximum, .minimum:
      return type
    case .add, .multiply:
      return type
    case .subtract:
      guard type != .bool else {
        throw Diagnostic(
          "- is not defined for boolean arrays", hint: "use ^ for 'one but not both'")
      }
      return type
    case .divide:
      return type == .bool || type.isInteger ? .float64 : type
    case .power:
      return try refusingInt8(type)
    case .floorDivide, .remainder:
      guard type != .complex128 else {
        throw Diagnostic("\(rawValue) is not defined for complex numbers")
      }
      return try refusingInt8(type)
    case .bitwiseAnd, .bitwiseOr, .bitwiseXor:
      guard type == .bool || type.isInteger else {
        throw Diagnostic(
          "\(rawValue) works on booleans and integers, not on \(type.rawValue)",
          hint: "put comparisons in parentheses: (a > 0) \(rawValue) (b > 0)")
      }
      return type
    case .leftShift, .rightShift:
      guard type == .bool || type.isInteger else {
        throw Diagnostic("\(rawValue) works on integers, not on \(type.rawValue)")
      }
      return try refusingInt8(type)
    case .arcTangent, .hypotenuse:
      guard type != .complex128 else {
        throw Diagnostic("\(rawValue) is not defined for complex numbers")
      }
      return try type.floating(for: rawValue)
    }
  }

  /// NumPy computes these with int8 on booleans, a type that arrays do not have here.
  private func refusingInt8(_ type: ElementType) throws(Diagnostic) -> ElementType {
    guard type != .bool else {
      throw Diagnostic(
        "\(rawValue) of two boolean arrays would be int8, which arrays cannot hold here",
        hint: "convert one of them first: x.astype(int)")
    }
    return type
  }
}

extension ElementType {
  /// The type of the square root of this type and of its like: float32 for int16, else float64;
  /// floats keep theirs.
  ///
  /// - Throws: for bool and uint8, which give float16 in NumPy.
  func floating(for function: String) throws(Diagnostic) -> ElementType {
    switch self {
    case .bool, .uint8:
      throw Diagnostic(
        "\(function) of \(rawValue) would be float16, which arrays cannot hold here",
        hint: "convert it first: x.astype(float)")
    case .int16: .float32
    case .int32, .int64: .float64
    case .float32, .float64, .complex128: self
    }
  }
}
