import Compute
import Messages

extension NDArray {
  /// Converts a value as `np.array` does: an array stays as it is, a number gets no axes, lists and
  /// tuples get one axis per level of nesting.
  ///
  /// The element type is NumPy's: the first of bool, int64 and float64 that holds all items; arrays
  /// within the lists promote it by their own types.
  /// - Throws: `Diagnostic` when the lists are ragged or contain something that is not a number, or
  ///   when the array would be too large: a range can have any length.
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
    self.init(shape: shape, elements: try flat.elements())
  }

  /// As ``init(nested:)``, converted to a type: floats lose their fraction.
  /// - Throws: also when a Python number is outside the range of an integer type, as in NumPy;
  ///   NumPy's own numbers wrap around.
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

  /// The shape implied by the first items; `FlatNumbers.append` checks the others against it.
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

/// The numbers of nested lists in row-major order, promoted to a common type as they are joined.
private struct FlatNumbers {
  private var integers: [Int] = []
  private var floats: [Double] = []
  private var parts: [NDArray] = []
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
        "a NumPy array is needed, but this is a PyTorch tensor", hint: "use x.numpy()")
    case .array(let array):
      guard array.shape == Array(shape) else { throw Self.ragged }
      flush()
      parts.append(array)
    default:
      throw Diagnostic("an array holds numbers, not '\(value.typeName)'")
    }
  }

  /// Runs of integers and of floats are collected separately, so that a long list becomes one part
  /// and integers above 2^53 stay exact.
  private mutating func append(number value: Value) {
    switch value {
    case .bool(let value):
      flush()
      parts.append(NDArray(scalar: value))
    case .int(let value):
      if integers.isEmpty { flush() }
      integers.append(value)
    case .float(let value):
      if floats.isEmpty { flush() }
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

  mutating func elements() throws -> NDArray.Elements {
    flush()
    guard !parts.isEmpty else { return .float64([]) }
    return try NDArray.concatenated(parts, axis: nil).elements
  }

  private static var ragged: Diagnostic {
    Diagnostic(
      "the lists for an array have different lengths",
      hint: "give every row the same number of items")
  }
}
