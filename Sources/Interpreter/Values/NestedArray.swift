import Compute
import Messages

extension NDArray {
  /// What `np.array` makes of a value: an array as it is, a number without axes, lists and tuples
  /// with one axis for each level of nesting.
  ///
  /// The element type is NumPy's: bool, then int64, then float64, as far as the items need it;
  /// arrays within the lists count with their own types.
  /// - Throws: `Diagnostic` when the lists are ragged or hold something that is not a number,
  ///   `Diagnostic` when the array would be too large: a range may be as long as it likes.
  package init(nested value: Value) throws {
    if case .array(let array) = value {
      self = array
      return
    }
    var shape: [Int] = []
    Self.measure(value, into: &shape)
    _ = try Self.checkedCount(shape: shape, type: .float64)
    var flat = FlatNumbers()
    try flat.append(value, shape: shape[...])
    self.init(shape: shape, elements: flat.elements())
  }

  /// As ``init(nested:)``, converted to a type: floats lose their fraction.
  /// - Throws: also when one of Python's numbers is outside of an integer type's range, as NumPy
  ///   does; NumPy's own numbers wrap around.
  package init(nested value: Value, as type: ElementType) throws {
    if let range = type.integerRange { try Self.checkNumbers(in: value, fit: range, of: type) }
    self = try NDArray(nested: value).asType(type)
  }

  private static func checkNumbers(
    in value: Value, fit range: ClosedRange<Int>, of type: ElementType
  ) throws {
    switch value {
    case .int(let number) where range.contains(number): break
    case .float(let number)
    where Int(exactly: number.rounded(.towardZero)).map(range.contains) ?? false:
      break
    case .int, .float:
      throw Diagnostic(
        "\(value.repr) is out of bounds for \(type.rawValue), which goes from "
          + "\(range.lowerBound) to \(range.upperBound)", hint: "use a larger type")
    case .list(let items), .tuple(let items):
      for item in items { try checkNumbers(in: item, fit: range, of: type) }
    case .range(let start, let stop, let step):
      let numbers = PythonRange(start: start, stop: stop, step: step)
      guard numbers.count > 0 else { return }
      try checkNumbers(in: .int(numbers[0]), fit: range, of: type)
      try checkNumbers(in: .int(numbers[numbers.count - 1]), fit: range, of: type)
    default: break
    }
  }

  /// The shape as the first items tell it; `FlatNumbers.append` checks the others against it.
  private static func measure(_ value: Value, into shape: inout [Int]) {
    switch value {
    case .list, .tuple, .range:
      let count = value.itemCount ?? 0
      shape.append(count)
      guard count > 0 else { return }
      if case .list(let items) = value { measure(items[0], into: &shape) }
      if case .tuple(let items) = value { measure(items[0], into: &shape) }
    case .array(let array): shape += array.shape
    case .tensorShape(let sizes): shape.append(sizes.count)
    default: break
    }
  }
}

/// The numbers of nested lists in row-major order, and the element type that holds them all.
private struct FlatNumbers {
  private var integers: [Int] = []
  private var floats: [Double] = []
  private var parts: [NDArray] = []
  private var type: ElementType?

  private mutating func widen(to other: ElementType) {
    type = type.map { $0.promoted(with: other) } ?? other
  }

  mutating func append(_ value: Value, shape: ArraySlice<Int>) throws {
    switch value {
    case .bool, .int, .float:
      guard shape.isEmpty else { throw Self.ragged }
      append(number: value)
    case .list(let items), .tuple(let items):
      guard shape.first == items.count else { throw Self.ragged }
      for item in items { try append(item, shape: shape.dropFirst()) }
    case .range(let start, let stop, let step):
      let range = PythonRange(start: start, stop: stop, step: step)
      guard shape.first == range.count, shape.count == 1 else { throw Self.ragged }
      for index in 0..<range.count { append(number: .int(range[index])) }
    case .tensorShape(let sizes):
      guard Array(shape) == [sizes.count] else { throw Self.ragged }
      for size in sizes { append(number: .int(size)) }
    case .tensor:
      throw Diagnostic(
        "this is a PyTorch tensor, and a NumPy array is needed", hint: "use x.numpy()")
    case .array(let array):
      guard array.shape == Array(shape) else { throw Self.ragged }
      flush()
      widen(to: array.elements.type)
      parts.append(array)
    default:
      throw Diagnostic("an array holds numbers, not '\(value.typeName)'")
    }
  }

  /// Integers and floats are collected apart as long as they come alone, so that a long list
  /// becomes one part and integers above 2^53 stay exact.
  private mutating func append(number value: Value) {
    switch value {
    case .bool(let value):
      flush()
      widen(to: .bool)
      parts.append(NDArray(scalar: value))
    case .int(let value):
      if integers.isEmpty {
        flush()
        widen(to: .int64)
      }
      integers.append(value)
    case .float(let value):
      if floats.isEmpty {
        flush()
        widen(to: .float64)
      }
      floats.append(value)
    default: preconditionFailure("not a number")
    }
  }

  private mutating func flush() {
    if !integers.isEmpty {
      parts.append(NDArray(shape: [integers.count], elements: .int64(integers)))
      integers = []
    }
    if !floats.isEmpty {
      parts.append(NDArray(shape: [floats.count], elements: .float64(floats)))
      floats = []
    }
  }

  mutating func elements() -> NDArray.Elements {
    flush()
    return switch type ?? .float64 {
    case .bool: .bool(joined())
    case .uint8: .uint8(joined())
    case .int16: .int16(joined())
    case .int32: .int32(joined())
    case .int64: .int64(joined())
    case .float32: .float32(joined())
    case .float64: .float64(joined())
    case .complex128: .complex128(joined())
    }
  }

  private func joined<T: ArrayElement>() -> [T] { parts.flatMap { $0.values(as: T.self) } }

  private static var ragged: Diagnostic {
    Diagnostic(
      "the lists that should become an array have different lengths",
      hint: "give every row the same number of items")
  }
}
