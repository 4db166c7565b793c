import CellLanguage
import Compute
import Concurrency
import Messages

/// Comparisons of values of every kind.
package enum ValueComparison {
  /// `a operation b`: a bool, or an array of bools if either operand is an array.
  package static func apply(_ operation: ComparisonOperator, _ a: Value, _ b: Value) throws -> Value
  {
    switch operation {
    case .equal, .notEqual:
      if let result = try onArrays(operation == .equal ? .equal : .notEqual, a, b) {
        return result
      }
      return .bool(try areEqual(a, b) == (operation == .equal))
    case .less: return try order(.less, a, b, operation) { $0 < 0 }
    case .lessOrEqual: return try order(.lessEqual, a, b, operation) { $0 <= 0 }
    case .greater: return try order(.greater, a, b, operation) { $0 > 0 }
    case .greaterOrEqual: return try order(.greaterEqual, a, b, operation) { $0 >= 0 }
    case .contains: return .bool(try contains(b, a))
    case .doesNotContain: return .bool(try !contains(b, a))
    case .isSame: return .bool(try isSame(a, b))
    case .isNotSame: return .bool(try !isSame(a, b))
    }
  }

  /// See `Value.isEqual`.
  package static func areEqual(_ a: Value, _ b: Value) throws -> Bool {
    if let result = try onArrays(.equal, a, b) { return try result.isTrue() }
    switch (a, b) {
    case (.tensorShape(let sizes), _): return try areEqual(.tuple(sizes.map(Value.int)), b)
    case (_, .tensorShape(let sizes)): return try areEqual(a, .tuple(sizes.map(Value.int)))
    case (.tensorType(let x), .tensorType(let y)): return x == y
    case (.device(let x), .device(let y)): return x == y
    case (.none, .none): return true
    case (.string(let x), .string(let y)): return x.hasSameBytes(as: y)
    case (.list(let x), .list(let y)), (.tuple(let x), .tuple(let y)):
      guard x.count == y.count else { return false }
      for index in x.indices {
        try Budget.check(step: index)
        guard try areEqual(x[index], y[index]) else { return false }
      }
      return true
    case (.range(let start, let stop, let step), .range(let start2, let stop2, let step2)):
      let x = PythonRange(start: start, stop: stop, step: step)
      let y = PythonRange(start: start2, stop: stop2, step: step2)
      return x.count == y.count
        && (x.count == 0 || x.start == y.start && (x.count == 1 || x.step == y.step))
    case (.module(let x), .module(let y)): return x.name == y.name
    case (.function(let x), .function(let y)): return x.name == y.name
    case (.elementType(let type), _): return b.asElementType == type
    case (_, .elementType(let type)): return a.asElementType == type
    default: return numericOrder(a, b) == 0
    }
  }

  /// Negative, 0 or positive as `a` is less than, equal to or greater than `b`; NaN if either is
  /// NaN, nil unless both are plain numbers. Exact even for integers beyond 2^53.
  package static func numericOrder(_ a: Value, _ b: Value) -> Double? {
    switch (a, b) {
    case (.float(let x), .float(let y)): return order(x, y)
    case (.float(let x), .int(let y)): return -order(y, x)
    case (.int(let x), .float(let y)): return order(x, y)
    case (.bool(let x), _): return numericOrder(.int(x ? 1 : 0), b)
    case (_, .bool(let y)): return numericOrder(a, .int(y ? 1 : 0))
    case (.int(let x), .int(let y)): return x < y ? -1 : x > y ? 1 : 0
    default: return nil
    }
  }

  private static func order(_ x: Double, _ y: Double) -> Double {
    x < y ? -1 : x > y ? 1 : x == y ? 0 : .nan
  }

  private static func order(_ x: Int, _ y: Double) -> Double {
    if y >= 0x1p63 { return -1 }
    if y < -0x1p63 { return 1 }
    guard !y.isNaN else { return .nan }
    let whole = Int(y)
    return x < whole ? -1 : x > whole ? 1 : order(0.0, y - Double(whole))
  }

  /// Orders lists, tuples and strings by the first items that differ.
  private static func order(
    _ onArrays: BinaryOperation, _ a: Value, _ b: Value, _ operation: ComparisonOperator,
    _ isTrue: (Double) -> Bool
  ) throws -> Value {
    if let result = try Self.onArrays(onArrays, a, b) { return result }
    if let order = numericOrder(a, b) { return .bool(isTrue(order)) }
    switch (a, b) {
    case (.string(let x), .string(let y)):
      return .bool(isTrue(Double(x.order(relativeTo: y))))
    case (.list(let x), .list(let y)), (.tuple(let x), .tuple(let y)):
      for index in 0..<min(x.count, y.count) {
        try Budget.check(step: index)
        guard try !areEqual(x[index], y[index]) else { continue }
        return try Self.order(onArrays, x[index], y[index], operation, isTrue)
      }
      return .bool(isTrue(Double(x.count - y.count)))
    default: throw Arithmetic.unsupported(operation.rawValue, a, b)
    }
  }

  private static func onArrays(
    _ operation: BinaryOperation, _ a: Value, _ b: Value
  ) throws -> Value? {
    if a.isTensor || b.isTensor { return try TensorArithmetic.compare(operation, a, b) }
    guard a.isArray || b.isArray else { return nil }
    if let left = try a.operand(), let right = try b.operand() {
      return .array(try NDArray.binary(operation, left, right))
    }
    guard case .array(let array) = a.isArray ? a : b, operation == .equal || operation == .notEqual
    else { return nil }
    // No number equals a string, None or a function.
    return .array(
      try NDArray(filled: operation == .notEqual, shape: array.shape, type: .bool))
  }

  private static func contains(_ container: Value, _ item: Value) throws -> Bool {
    switch container {
    case .string(let text):
      guard case .string(let part) = item else {
        throw Diagnostic("'in' looks for a string in a string, not for '\(item.typeName)'")
      }
      return try text.containsText(part)
    case .list(let items), .tuple(let items):
      return try index(of: item, in: items) != nil
    case .dictionary(let entries):
      guard case .string(let name) = item else { return false }
      return entries.contains { $0.name.hasSameBytes(as: name) }
    case .range(let start, let stop, let step):
      guard let number = item.realNumber, number.rounded() == number,
        let whole = item.wholeNumber ?? Int(exactly: number)
      else { return false }
      let range = PythonRange(start: start, stop: stop, step: step)
      guard range.count > 0,
        step > 0 ? whole >= start && whole < stop : whole <= start && whole > stop
      else { return false }
      return UInt(bitPattern: whole &- start).isMultipleOf(step, isBelow: whole < start)
    case .tensor:
      guard case .tensor(let hits)? = try TensorArithmetic.compare(.equal, container, item) else {
        return false
      }
      return try hits.array.values(as: Bool.self).contains(true)
    case .tensorShape(let sizes): return item.wholeNumber.map(sizes.contains) ?? false
    case .array(let array):
      guard let operand = try item.operand() else { return false }
      let hits = try NDArray.binary(.equal, .array(array), operand)
      guard case .bool(let values) = hits.elements else { return false }
      return values.contains(true)
    default:
      throw Diagnostic(
        "'in' works on lists, strings and arrays, not on '\(container.typeName)'")
    }
  }

  /// The index of the first item equal to a value.
  package static func index(of wanted: Value, in items: [Value]) throws -> Int? {
    for index in items.indices {
      try Budget.check(step: index)
      if try areEqual(items[index], wanted) { return index }
    }
    return nil
  }

  private static func isSame(_ a: Value, _ b: Value) throws -> Bool {
    switch (a, b) {
    case (.none, _), (_, .none): return a.isNone && b.isNone
    case (.bool(let x), .bool(let y)): return x == y
    case (.bool, _), (_, .bool): return false
    default: throw Diagnostic("'is' can only compare with None", hint: "use == to compare values")
    }
  }
}

extension Value {
  /// Python's `==` where the result is one bool.
  ///
  /// - Throws: where the result is ambiguous in NumPy, as for arrays of several elements.
  package func isEqual(to other: Value) throws -> Bool { try ValueComparison.areEqual(self, other) }
}

extension UInt {
  /// Whether a distance, as a wrapped difference, is a whole number of steps.
  fileprivate func isMultipleOf(_ step: Int, isBelow: Bool) -> Bool {
    (isBelow ? 0 &- self : self) % step.magnitude == 0
  }
}
