/// The kinds of values that have attributes and methods of their own, under the prefix that the table
/// of built-ins has for their methods: "array.sum" is a method of arrays.
package enum ValueKind: String, Hashable, Sendable, CaseIterable {
  case none = "NoneType"
  case bool, int, float
  case string = "str"
  case list, tuple, range, array, tensor, fit, model
  case dataSet = "dataset"
  case optimizer

  /// As Python's `type(x).__name__` has it.
  package var typeName: String {
    switch self {
    case .array: "ndarray"
    case .tensor: "Tensor"
    case .dataSet: "data set"
    default: rawValue
    }
  }
}

/// What is known for certain about a value before anything runs.
package enum KnownValue: Hashable, Sendable {
  case value(ValueKind)
  /// A tuple, with what is known of its items.
  case tuple([KnownValue?])
  /// By its name in cells: "np.fft".
  case module(String)
  /// By its name in the table of built-ins: "np.convolve", "array.sum".
  case function(String)

  var kind: ValueKind? {
    switch self {
    case .value(let kind): kind
    case .tuple: .tuple
    case .module, .function: nil
    }
  }
}
