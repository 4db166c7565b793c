/// The kinds of values that cells can have, under the prefix that the table of built-ins has for their
/// methods: "array.sum" is a method of arrays.
package enum ValueKind: String, Hashable, Sendable, CaseIterable {
  case none = "NoneType"
  case bool, int, float
  case string = "str"
  case list, tuple, range, array, tensor, fit, model
  case dictionary = "dict"
  case dataSet = "dataset"
  case optimizer
  case criterion = "CrossEntropyLoss"
  case generator = "Generator"
  case randomState = "RandomState"
  case elementType = "dtype"
  case tensorType = "torch.dtype"
  case tensorShape = "torch.Size"
  case device
  case function

  /// As Python's `type(x).__name__` has it.
  package var typeName: String {
    switch self {
    case .array: "ndarray"
    case .tensor: "Tensor"
    case .dataSet: "data set"
    default: rawValue
    }
  }

  /// Whether values can be taken apart into items.
  var hasItems: Bool {
    switch self {
    case .none, .bool, .int, .float, .fit, .model, .optimizer, .criterion, .generator, .randomState,
      .elementType, .tensorType, .device, .function:
      false
    case .string, .list, .tuple, .range, .array, .tensor, .dictionary, .dataSet, .tensorShape: true
    }
  }
}

/// What is known for certain about a value before anything runs.
package enum KnownValue: Hashable, Sendable {
  case value(ValueKind)
  /// A bool, an int or a float.
  case number
  /// A string that the cell has in quotes.
  case text(String)
  /// A tuple, with what is known of its items.
  case tuple([KnownValue?])
  /// A list, likewise.
  case list([KnownValue?])
  /// By its name in cells: "np.fft".
  case module(String)
  /// By its name in the table of built-ins: "np.convolve", "array.sum".
  case function(String)

  var kind: ValueKind? {
    switch self {
    case .value(let kind): kind
    case .text: .string
    case .tuple: .tuple
    case .list: .list
    case .function: .function
    case .number, .module: nil
    }
  }

  var isNumber: Bool {
    switch self {
    case .value(.bool), .value(.int), .value(.float), .number: true
    default: false
    }
  }

  /// The same without what is known of the items, which may change.
  var withoutItems: KnownValue { kind == .list ? .value(.list) : self }

  /// What is known of a value that is one of two.
  static func either(_ first: KnownValue?, or second: KnownValue?) -> KnownValue? {
    guard let first, let second else { return nil }
    if first == second { return first }
    if first.isNumber, second.isNumber { return .number }
    guard let kind = first.kind, kind == second.kind, kind != .function else { return nil }
    return .value(kind)
  }

  /// How many items there are, if that is known.
  var itemCount: Int? {
    switch self {
    case .tuple(let items), .list(let items): items.count
    default: nil
    }
  }

  /// What is known of the item at a position, or of every item if that is nil.
  func item(at position: Int? = nil) -> KnownValue? {
    switch self {
    case .tuple(let items), .list(let items):
      guard let position else {
        return items.dropFirst().reduce(items.first ?? nil) { KnownValue.either($0, or: $1) }
      }
      let index = position < 0 ? position + items.count : position
      return items.indices.contains(index) ? items[index] : nil
    case .value(.array): return .value(.array)
    case .value(.tensor): return .value(.tensor)
    case .value(.string), .text: return .value(.string)
    case .value(.range), .value(.tensorShape): return .value(.int)
    case .value(.dataSet): return .tuple([.value(.array), .value(.int)])
    default: return nil
    }
  }

  /// What is known of a slice.
  var slice: KnownValue? {
    switch kind {
    case .list: .value(.list)
    case .tuple: .value(.tuple)
    case .string: .value(.string)
    case .range, .tensorShape, .dataSet, .array, .tensor: self
    default: nil
    }
  }
}
