import CellLanguage
import Compute
import Concurrency
import Messages
import NeuralNetworks

/// A subscript with its values: `x[2, 1:5, None]` has three.
enum IndexPart {
  case value(Value)
  case slice(start: Value, stop: Value, step: Value)
  case ellipsis
}

extension Evaluator {
  mutating func evaluate(_ subscripts: [Subscript]) throws -> [IndexPart] {
    try subscripts.map { part in
      switch part {
      case .element(let expression): return .value(try evaluate(expression))
      case .slice(let start, let stop, let step):
        return .slice(
          start: try start.map { try evaluate($0) } ?? .none,
          stop: try stop.map { try evaluate($0) } ?? .none,
          step: try step.map { try evaluate($0) } ?? .none)
      case .ellipsis: return .ellipsis
      }
    }
  }
}

/// `x[…]` on values of every kind.
enum Indexing {
  static func apply(_ parts: [IndexPart], of value: Value) throws -> Value {
    switch value {
    case .array(let array): return .array(try array.selecting(index(parts)))
    case .list(let items):
      switch try position(parts, count: items.count, of: value) {
      case .one(let index): return items[index]
      case .several(let range): return .list(try part(range, of: items))
      }
    case .tuple(let items):
      switch try position(parts, count: items.count, of: value) {
      case .one(let index): return items[index]
      case .several(let range): return .tuple(try part(range, of: items))
      }
    case .dictionary(let entries): return try entry(parts, of: entries)
    case .string(let text):
      switch try position(parts, count: text.scalarCount, of: value) {
      case .one(let index): return .string(text.scalar(at: index))
      case .several(let range): return .string(try text.scalars(at: range))
      }
    case .range(let start, let stop, let step):
      let range = PythonRange(start: start, stop: stop, step: step)
      switch try position(parts, count: range.count, of: value) {
      case .one(let index): return .int(range[index])
      case .several(let part):
        return try range.part(part)
      }
    case .tensor(let tensor): return .tensor(try tensor.selecting(parts))
    case .tensorShape(let sizes):
      switch try position(parts, count: sizes.count, of: value) {
      case .one(let index): return .int(sizes[index])
      case .several(let range):
        return .tensorShape((0..<range.count).map { sizes[range[$0]] })
      }
    case .dataSet(let data):
      switch try position(parts, count: data.count, of: value) {
      case .one(let index): return data.item(index)
      case .several(let range):
        return .dataSet(try data.selecting(try [Int](computing: range.count) { range[$0] }))
      }
    case .function, .module, .none, .bool, .int, .float, .elementType, .tensorType, .device,
      .optimizer, .criterion, .model, .fit, .generator:
      throw Diagnostic(
        "'\(value.typeName)' has no items to select with []",
        hint: { if case .function = value { "call it with ()" } else { nil } }())
    }
  }

  private static func entry(
    _ parts: [IndexPart], of entries: [(name: String, value: Value)]
  ) throws -> Value {
    if parts.count == 1, case .value(.string(let name)) = parts[0],
      let entry = entries.first(where: { $0.name == name })
    {
      return entry.value
    }
    throw Diagnostic(
      "a dictionary is indexed by one of its names",
      hint: entries.isEmpty
        ? "this one is empty"
        : "it has " + entries.map { Value.string($0.name).repr }.joined(separator: ", "))
  }

  private static func part(_ range: PythonRange, of items: [Value]) throws -> [Value] {
    try Budget.reserve(items: Double(range.count))
    return (0..<range.count).map { items[range[$0]] }
  }

  enum Position {
    case one(Int)
    case several(PythonRange)
  }

  /// What an index selects from `count` items.
  static func position(_ parts: [IndexPart], count: Int, of value: Value) throws -> Position {
    guard parts.count == 1 else {
      throw Diagnostic(
        "'\(value.typeName)' takes one index, not \(parts.count)",
        hint: "write x[i][j], or make it an array with np.array(x)")
    }
    switch parts[0] {
    case .value(let index):
      guard let index = index.wholeNumber else {
        throw Diagnostic(
          "'\(value.typeName)' is indexed by whole numbers and slices, not by '\(index.typeName)'")
      }
      guard index >= -count, index < count else {
        throw Diagnostic(
          count == 0
            ? "index \(index) is out of range for an empty \(value.typeName)"
            : "index \(index) is out of range for \(count) item\(count == 1 ? "" : "s")",
          hint: count == 0 ? nil : "use \(-count) to \(count - 1)")
      }
      return .one(index < 0 ? index + count : index)
    case .slice(let start, let stop, let step):
      return .several(
        try slice(
          start: bound(start), stop: bound(stop), step: bound(step), count: count))
    case .ellipsis:
      throw Diagnostic("'...' selects from arrays only, not from '\(value.typeName)'")
    }
  }

  /// A slice's bound: a whole number, or nil for None.
  static func bound(_ value: Value) throws -> Int? {
    if value.isNone { return nil }
    guard let number = value.wholeNumber else {
      throw Diagnostic(
        "a slice's bounds are whole numbers, not '\(value.typeName)'",
        hint: { if case .float = value { "use // or int(…)" } else { nil } }())
    }
    return number
  }

  /// The positions of a slice in `count` items, clamped to them, as Python's `slice.indices`.
  static func slice(start: Int?, stop: Int?, step: Int?, count: Int) throws -> PythonRange {
    let step = step ?? 1
    guard step != 0 else { throw Diagnostic("a slice's step must not be 0") }
    // Going backwards, the end before the first item is -1.
    let lowest = step > 0 ? 0 : -1
    let highest = step > 0 ? count : count - 1
    func clamped(_ bound: Int?, _ missing: Int) -> Int {
      guard let bound else { return missing }
      return bound < 0 ? max(bound &+ count, lowest) : min(bound, highest)
    }
    return PythonRange(
      start: clamped(start, step > 0 ? lowest : highest),
      stop: clamped(stop, step > 0 ? highest : lowest),
      // A step of Int.min selects at most one item, as every large step does.
      step: step == .min ? -.max : step)
  }
}

extension PythonRange {
  /// The items of this range at the positions of another, as a range.
  fileprivate func part(_ part: PythonRange) throws -> Value {
    let (newStep, overflow) = step.multipliedReportingOverflow(by: part.step)
    let (newStop, overflow2) = part.stop.multipliedReportingOverflow(by: step)
    let (end, overflow3) = newStop.addingReportingOverflow(start)
    guard !overflow, !overflow2, !overflow3 else {
      throw Diagnostic("the slice of this range needs more than 64 bits")
    }
    return .range(start: start + part.start * step, stop: end, step: newStep)
  }
}

extension Indexing {
  /// The parts of an index as they select from an array: lists become index arrays or masks, a
  /// tuple stands for several parts, None is a new axis.
  static func index(_ parts: [IndexPart]) throws -> [Index] {
    try parts.flatMap { part -> [Index] in
      switch part {
      case .ellipsis: return [.ellipsis]
      case .slice(let start, let stop, let step):
        return [try .slice(start: bound(start), stop: bound(stop), step: bound(step))]
      case .value(.tuple(let items)) where parts.count == 1:
        return try items.map { try index($0) }
      case .value(let value): return [try index(value)]
      }
    }
  }

  private static func index(_ value: Value) throws -> Index {
    switch value {
    case .none: return .newAxis
    case .int(let position): return .integer(position)
    case .bool(let isSelected): return .mask(NDArray(scalar: isSelected))
    case .array(let array): return try index(array)
    case .list(let items) where items.isEmpty: return .indices(NDArray([Int]()))
    case .list, .tuple, .range, .tensorShape: return try index(NDArray(nested: value))
    case .tensor(let tensor) where tensor.array.isScalar && tensor.array.type.isInteger:
      return try index(tensor.array)
    case .tensor:
      throw Diagnostic(
        "a NumPy array cannot be indexed by a PyTorch tensor", hint: "use x.numpy() as the index")
    case .float, .string, .elementType, .tensorType, .device, .optimizer, .criterion, .dataSet,
      .model, .fit, .generator, .dictionary, .function, .module:
      throw Diagnostic(
        "an array is indexed by whole numbers, slices, masks and lists of these, not by "
          + "'\(value.typeName)'",
        hint: { if case .float = value { "use // or int(…)" } else { nil } }())
    }
  }

  private static func index(_ array: NDArray) throws -> Index {
    if array.type == .bool { return .mask(array) }
    guard array.type.isInteger else {
      throw Diagnostic(
        "an array of \(array.type.rawValue) cannot be an index", hint: "use .astype(int), or a mask"
      )
    }
    if case .int(let position)? = array.isScalar ? array.item() : nil {
      return .integer(position)
    }
    return .indices(array)
  }
}
