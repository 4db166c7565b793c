import CellLanguage
import Compute
import Messages

/// Operators on PyTorch tensors: PyTorch's promotion, NumPy's loops.
package enum TensorArithmetic {
  package static func apply(_ operation: BinaryOperator, _ a: Value, _ b: Value) throws -> Value {
    let (left, right) = try operands(operation.rawValue, a, b)
    return .tensor(try apply(operation.onArrays, left, right))
  }

  package static func apply(_ operation: UnaryOperator, _ tensor: Tensor) throws -> Tensor {
    let operation: UnaryOperation =
      switch operation {
      case .minus: .negative
      case .plus: .positive
      case .invert, .not: .invert
      }
    return try tensor.performing(.unary(operation))
  }

  /// Compares element by element. A tensor and a value that is not a number are simply unequal.
  package static func compare(_ operation: BinaryOperation, _ a: Value, _ b: Value) throws -> Value?
  {
    let other = a.isTensor ? b : a
    let isNumber = other.isTensor || other.isArray || other.isPlainNumber
    if !isNumber, operation == .equal || operation == .notEqual {
      return .bool(operation == .notEqual)
    }
    let (left, right) = try operands(operation.rawValue, a, b)
    return .tensor(try apply(operation, left, right))
  }

  /// An operand: a tensor, or a number whose type yields to the tensor's.
  package enum Side {
    case tensor(Tensor)
    case number(Operand)

    package var operand: Operand {
      switch self {
      case .tensor(let tensor): .array(tensor.array)
      case .number(let number): number
      }
    }

    fileprivate var tensor: Tensor? {
      if case .tensor(let tensor) = self { tensor } else { nil }
    }
  }

  /// - Throws: for a NumPy array next to a tensor, and for values that are not numbers.
  package static func operands(_ symbol: String, _ a: Value, _ b: Value) throws -> (Side, Side) {
    func side(_ value: Value) throws -> Side {
      switch value {
      case .tensor(let tensor): return .tensor(tensor)
      case .bool(let value): return .number(.bool(value))
      case .int(let value): return .number(.int(value))
      case .float(let value): return .number(.float(value))
      // NumPy's numbers count as Python's.
      case .array(let array) where array.isScalar && array.type != .complex128:
        guard let number = try array.item().operand() else { fallthrough }
        return .number(number)
      case .array:
        throw Diagnostic(
          "'\(symbol)' mixes a NumPy array and a PyTorch tensor",
          hint: "convert one: torch.tensor(x) makes a tensor, x.numpy() an array")
      default: throw Arithmetic.unsupported(symbol, a, b)
      }
    }
    return (try side(a), try side(b))
  }

  /// Performs the operation in the type that PyTorch chooses.
  package static func apply(_ operation: BinaryOperation, _ a: Side, _ b: Side) throws -> Tensor {
    var type = TensorArithmetic.type(of: [a, b])
    switch operation {
    case .divide where !type.isFloat && type != .complex128: type = .float32
    case .floorDivide, .remainder:
      guard
        try type == .bool || !type.isInteger
          || !b.operand.array.values(as: Int.self).contains(0)
      else { throw Diagnostic("'\(operation.rawValue)' divides a whole number by zero") }
    case .power where type == .bool: type = .int64
    default: break
    }
    let device = try device(of: [a, b])
    let result = try Devices[device].perform(
      .binary(operation), [try a.converted(to: type).operand, try b.converted(to: type).operand])
    return try Tensor(result, device: device)
  }

  /// The one device of the operands. A tensor without axes on the processor goes with every device,
  /// as a number does.
  ///
  /// - Throws: PyTorch's error for tensors on different devices.
  package static func device(of sides: [Side]) throws(Diagnostic) -> DeviceKind {
    let tensors = sides.compactMap(\.tensor)
    let bound = tensors.filter { !($0.array.isScalar && $0.device == .cpu) }
    try Tensor.checkDevices(bound)
    return bound.first?.device ?? .cpu
  }

  /// As `torch.result_type`: the type of the tensors with axes. Tensors without axes, then plain
  /// numbers, promote it only if they are of a higher kind: bool, integer, float, complex.
  package static func type(of sides: [Side]) -> ElementType {
    var ranked: [ElementType?] = [nil, nil, nil]
    for side in sides {
      let (rank, type): (Int, ElementType) =
        switch side {
        case .tensor(let tensor): (tensor.array.isScalar ? 1 : 0, tensor.array.type)
        // A plain float is float32, PyTorch's default type.
        case .number(let number): (2, number.type == .float64 ? .float32 : number.type)
        }
      ranked[rank] = ranked[rank]?.promotedByPyTorch(with: type) ?? type
    }
    return ranked.reversed().compactMap { $0 }.reduce(nil) { lower, higher -> ElementType? in
      guard let lower else { return higher }
      return higher.kind < lower.kind ? higher.promotedByPyTorch(with: lower) : higher
    } ?? .float32
  }
}

extension TensorArithmetic.Side {
  /// Tensors converted to the type; plain numbers unchanged, since they yield.
  fileprivate func converted(to type: ElementType) throws -> TensorArithmetic.Side {
    guard case .tensor(let tensor) = self else { return self }
    return .tensor(try tensor.map { try $0.asType(type) })
  }
}

extension Value {
  var isPlainNumber: Bool {
    switch self {
    case .bool, .int, .float: true
    default: false
    }
  }
}

extension ElementType {
  /// bool, integers, floats, complex numbers.
  fileprivate var kind: Int {
    switch self {
    case .bool: 0
    case .uint8, .int16, .int32, .int64: 1
    case .float32, .float64: 2
    case .complex128: 3
    }
  }

  /// As `torch.promote_types`: NumPy's, but an integer never widens a float.
  package func promotedByPyTorch(with other: ElementType) -> ElementType {
    if isInteger, other.isFloat { return other }
    if isFloat, other.isInteger { return self }
    return promoted(with: other)
  }
}
