import Compute
import Messages

extension Value {
  /// The name of the value's type as Python's `type(x).__name__` has it: "int", "ndarray".
  package var typeName: String {
    switch self {
    case .none: "NoneType"
    case .bool: "bool"
    case .int: "int"
    case .float: "float"
    case .string: "str"
    case .list: "list"
    case .tuple: "tuple"
    case .dictionary: "dict"
    case .range: "range"
    case .array(let array): array.shape.isEmpty ? "np.\(array.elements.type.rawValue)" : "ndarray"
    case .elementType: "dtype"
    case .tensor: "Tensor"
    case .tensorType: "torch.dtype"
    case .tensorShape: "torch.Size"
    case .device: "device"
    case .optimizer: "optimizer"
    case .criterion: "CrossEntropyLoss"
    case .dataSet: "data set"
    case .model: "model"
    case .fit: "fit"
    case .generator(let generator): generator.kind.rawValue
    case .function(let builtin): builtin.isType ? "type" : "function"
    case .module: "module"
    }
  }

  /// The prefix under which the table of built-ins has this value's methods: `x.sum()` of an array
  /// is "array.sum", called with `x` as its first argument.
  package var methodPrefix: String {
    switch self {
    case .array: "array"
    case .tensor: "tensor"
    case .dataSet: "dataset"
    default: typeName
    }
  }

  package var isNone: Bool {
    if case .none = self { return true }
    return false
  }

  /// The truth value, as `if` tests it.
  /// - Throws: for an array of several elements, which is ambiguous in Python, too.
  package func isTrue() throws -> Bool {
    switch self {
    case .none: return false
    case .bool(let value): return value
    case .int(let value): return value != 0
    case .float(let value): return value != 0
    case .string(let text): return !text.isEmpty
    case .list(let items), .tuple(let items): return !items.isEmpty
    case .dictionary(let entries): return !entries.isEmpty
    case .range(let start, let stop, let step):
      return PythonRange(start: start, stop: stop, step: step).count > 0
    case .array(let array):
      guard array.elements.count == 1 else {
        throw Diagnostic(
          array.elements.count == 0
            ? "an empty array is neither true nor false"
            : "an array of \(array.elements.count) elements is neither true nor false",
          hint: array.elements.count == 0
            ? "test its size" : "use .any() or .all(), or & and | instead of and and or")
      }
      // A complex element is an array again.
      if case .complex128(let numbers) = array.elements { return numbers[0] != Complex(0, 0) }
      return try array.item().isTrue()
    case .tensor(let tensor): return try Value.array(tensor.array).isTrue()
    case .tensorShape(let sizes): return !sizes.isEmpty
    case .elementType, .tensorType, .device, .optimizer, .criterion, .dataSet, .model, .fit,
      .generator, .function, .module:
      return true
    }
  }
}

extension Builtin {
  /// The element types that can be called to convert: "np.float32", and Python's own number types.
  package var elementType: ElementType? {
    switch name {
    case "bool": .bool
    case "int": .int64
    case "float": .float64
    case "np.bool_": .bool
    default:
      name.hasPrefix("np.") ? ElementType(rawValue: String(name.dropFirst(3))) : nil
    }
  }

  package var isType: Bool {
    elementType != nil || ["str", "list", "tuple", "range"].contains(name)
  }
}
