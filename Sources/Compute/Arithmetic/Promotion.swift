import Messages

/// One side of an operation: an array, or a plain Python number.
///
/// Plain numbers are weak (NEP 50): their size yields to the array's type, their kind does not.
/// So `uint8 + 1` stays uint8, and `uint8 + 1.0` is float64.
package enum Operand: Sendable {
  case array(NDArray)
  case bool(Bool)
  case int(Int)
  case float(Double)

  /// The type that the number has among other plain numbers.
  package var type: ElementType {
    switch self {
    case .array(let array): array.type
    case .bool: .bool
    case .int: .int64
    case .float: .float64
    }
  }

  package var shape: [Int] {
    if case .array(let array) = self { array.shape } else { [] }
  }

  /// As an array of its own type.
  package var array: NDArray {
    switch self {
    case .array(let array): array
    case .bool(let value): NDArray(scalar: value)
    case .int(let value): NDArray(scalar: value)
    case .float(let value): NDArray(scalar: value)
    }
  }

  /// As an array of the type that ``ElementType/promoting(_:)`` found.
  ///
  /// - Throws: when a plain integer does not fit an integer type.
  func converted(to type: ElementType) throws(Diagnostic) -> NDArray {
    if case .int(let value) = self { try type.checkHolds(value) }
    return try array.asType(type)
  }
}

extension ElementType {
  package var isInteger: Bool {
    switch self {
    case .uint8, .int16, .int32, .int64: true
    case .bool, .float32, .float64, .complex128: false
    }
  }

  package var isFloat: Bool { self == .float32 || self == .float64 }

  /// The smallest type that holds every value of both, as `np.promote_types`.
  package func promoted(with other: ElementType) -> ElementType {
    if self == other { return self }
    let (low, high) = rank < other.rank ? (self, other) : (other, self)
    // 24 bits of mantissa are too few for 32-bit integers.
    if high == .float32, low == .int32 || low == .int64 { return .float64 }
    return high
  }

  private var rank: Int { ElementType.allCases.firstIndex(of: self) ?? 0 }

  /// The type in which NumPy 2 works on these operands, as `np.result_type`.
  ///
  /// - Precondition: there is at least one operand.
  package static func promoting(_ operands: [Operand]) -> ElementType {
    var strong: ElementType?
    for case .array(let array) in operands {
      strong = strong?.promoted(with: array.type) ?? array.type
    }
    guard var type = strong else {
      return operands.dropFirst().reduce(operands[0].type) { $0.promoted(with: $1.type) }
    }
    for operand in operands {
      switch operand {
      case .array: break
      case .bool: type = type.promoted(with: .bool)
      case .int: if type == .bool { type = .int64 }
      case .float: if type == .bool || type.isInteger { type = .float64 }
      }
    }
    return type
  }

  /// The smallest and the largest value of an integer type.
  package var integerRange: ClosedRange<Int>? {
    switch self {
    case .uint8: 0...255
    case .int16: Int(Int16.min)...Int(Int16.max)
    case .int32: Int(Int32.min)...Int(Int32.max)
    case .int64: Int.min...Int.max
    case .bool, .float32, .float64, .complex128: nil
    }
  }

  /// - Throws: when a plain integer is outside of the range of an integer type.
  package func checkHolds(_ value: Int) throws(Diagnostic) {
    guard let range = integerRange, !range.contains(value) else { return }
    throw Diagnostic(
      "the number \(value) is out of bounds for \(rawValue), which goes from "
        + "\(range.lowerBound) to \(range.upperBound)",
      hint: "convert the array to a larger type first, as in x.astype(float)")
  }
}
