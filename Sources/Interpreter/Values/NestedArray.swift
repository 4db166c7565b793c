import Compute
import Concurrency
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
    let count = try Self.checkedCount(shape: shape, type: .float64)
    var survey = NumberSurvey()
    try survey.add(value)
    try Budget.reserve(
      Double(count) * Double(survey.numberType?.byteCount ?? 0)
        + Double(survey.partCount) * Double(Value.arrayOverhead),
      for: "an array of shape \(Self.describe(shape: shape))")
    var flat = FlatNumbers(survey, count: count)
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
        "\(value.shortRepr) is out of bounds for \(type.rawValue), which goes from "
          + "\(range.lowerBound) to \(range.upperBound)", hint: "use a larger type")
    case .list(let items), .tuple(let items):
      for (index, item) in items.enumerated() {
        try Budget.check(step: index)
        try checkNumbers(in: item, fit: range, of: type)
      }
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

/// What nested lists hold.
private struct NumberSurvey {
  /// Numbers of Python promote to the first of bool, int64 and float64 that holds all of them; nil
  /// when there are none.
  private(set) var numberType: ElementType?
  /// The most parts that arrays make of them: each is one, and may end a run of numbers.
  private(set) var partCount = 0

  mutating func add(_ value: Value) throws {
    switch value {
    case .bool: promote(to: .bool)
    case .int, .range, .tensorShape: promote(to: .int64)
    case .float: promote(to: .float64)
    case .array: partCount += 2
    case .list(let items), .tuple(let items):
      for (index, item) in items.enumerated() {
        try Budget.check(step: index)
        try add(item)
      }
    default: break
    }
  }

  private mutating func promote(to type: ElementType) {
    if numberType != type { numberType = numberType?.promoted(with: type) ?? type }
  }
}

/// The numbers of nested lists in row-major order, promoted to a common type as they are joined.
private struct FlatNumbers {
  private var bools: [Bool] = []
  private var integers: [Int] = []
  private var floats: [Double] = []
  private var parts: [NDArray] = []
  /// The type of all numbers; nil if there are arrays among them.
  private let type: ElementType?

  init(_ survey: NumberSurvey, count: Int) {
    type = survey.partCount == 0 ? survey.numberType : nil
    switch type {
    case .bool: bools.reserveCapacity(count)
    case .int64: integers.reserveCapacity(count)
    case .float64: floats.reserveCapacity(count)
    default: break
    }
  }

  mutating func append(_ value: Value, shape: ArraySlice<Int>) throws {
    switch value {
    case .bool, .int, .float:
      guard shape.isEmpty else { throw Self.ragged }
      append(number: value)
    case .list(let items), .tuple(let items):
      guard shape.first == items.count else { throw Self.ragged }
      for (index, item) in items.enumerated() {
        try Budget.check(step: index)
        try append(item, shape: shape.dropFirst())
      }
    case .range(let start, let stop, let step):
      let range = PythonRange(start: start, stop: stop, step: step)
      guard shape.first == range.count, shape.count == 1 else { throw Self.ragged }
      for index in 0..<range.count {
        try Budget.check(step: index)
        append(number: .int(range[index]))
      }
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

  /// Between arrays, runs of numbers of one type become one part.
  private mutating func append(number value: Value) {
    switch (type, value) {
    case (.float64, .int(let number)): floats.append(Double(number))
    case (.float64, .bool(let isOne)): floats.append(isOne ? 1 : 0)
    case (.int64, .bool(let isOne)): integers.append(isOne ? 1 : 0)
    case (_, .bool(let flag)):
      if bools.isEmpty { flush() }
      bools.append(flag)
    case (_, .int(let number)):
      if integers.isEmpty { flush() }
      integers.append(number)
    case (_, .float(let number)):
      if floats.isEmpty { flush() }
      floats.append(number)
    default: preconditionFailure("not a number")
    }
  }

  private mutating func flush() {
    if !bools.isEmpty {
      parts.append(NDArray(shape: [bools.count], elements: .bool(bools)))
      bools = []
    }
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
    switch type {
    case .bool: return .bool(bools)
    case .int64: return .int64(integers)
    case .float64: return .float64(floats)
    default: flush()
    }
    guard !parts.isEmpty else { return .float64([]) }
    return try NDArray.concatenated(parts, axis: nil).elements
  }

  private static var ragged: Diagnostic {
    Diagnostic(
      "the lists for an array have different lengths",
      hint: "give every row the same number of items")
  }
}
