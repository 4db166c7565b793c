import CellLanguage
import Compute
import NeuralNetworks

extension Evaluator {
  /// `value.name`: a module's contents, a value's attribute, or a method, bound to the value.
  func attribute(_ name: String, of value: Value) throws -> Value {
    if case .module(let module) = value {
      if let member = context.vocabulary.value(of: "\(module.name).\(name)") { return member }
      throw CellError(
        "\(module.name) has no \(name) here",
        mend: nearMatchMend(name, among: context.vocabulary.members(of: module.name)))
    }
    if let attribute = try value.attribute(name) { return attribute }
    let prefix = value.methodPrefix
    if let method = context.vocabulary.builtins["\(prefix).\(name)"] {
      return .function(method.bound(to: value))
    }
    if let mend = Self.mutatingMethods[name], case .list = value {
      throw CellError("a list is not changed in place here", mend: mend)
    }
    throw CellError(
      "'\(value.typeName)' has no attribute or method \(name)",
      mend: nearMatchMend(
        name, among: context.vocabulary.members(of: prefix) + value.attributeNames))
  }

  /// The methods of Python's lists that change the list, and what to write instead.
  private static let mutatingMethods = [
    "append": "write items = items + [item], or a list comprehension",
    "extend": "write items = items + others",
    "insert": "write items = items[:i] + [item] + items[i:]",
    "remove": "write a list comprehension with an if",
    "pop": "write items[-1] for the last item and items[:-1] for the others",
    "clear": "write items = []",
    "sort": "write items = np.sort(items), which is an array",
    "reverse": "write items = items[::-1]",
  ]
}

extension Value {
  /// The attributes of values of this kind, for near matches.
  fileprivate var attributeNames: [String] {
    switch self {
    case .tensor: Tensor.attributeNames
    case .fit: Fit.attributeNames
    case .dataSet: DataSet.attributeNames
    default: Self.attributeNames
    }
  }

  private static let attributeNames = [
    "shape", "ndim", "size", "dtype", "T", "real", "imag", "nbytes", "itemsize", "name", "device",
  ]

  /// What is read without a call; nil when the value has no such attribute.
  func attribute(_ name: String) throws -> Value? {
    switch self {
    case .array(let array): try array.attribute(name)
    case .tensor(let tensor): try tensor.attribute(name)
    case .fit(let fit): fit.attribute(name)
    case .dataSet(let data): data.attribute(name)
    case .tensorType(let type): name == "itemsize" ? .int(type.byteCount) : nil
    case .device(let kind):
      switch name {
      case "type": .string(kind.rawValue)
      case "index": Value.none
      default: nil
      }
    case .elementType(let type):
      switch name {
      case "name": .string(type.rawValue)
      case "itemsize": .int(type.byteCount)
      default: nil
      }
    case .int, .float, .bool:
      switch name {
      case "real": if case .bool(let value) = self { .int(value ? 1 : 0) } else { self }
      case "imag": if case .float = self { .float(0) } else { .int(0) }
      default: nil
      }
    default: nil
    }
  }
}

extension NDArray {
  fileprivate func attribute(_ name: String) throws -> Value? {
    switch name {
    case "shape": .tuple(shape.map(Value.int))
    case "ndim": .int(axisCount)
    case "size": .int(count)
    case "dtype": .elementType(type)
    case "itemsize": .int(type.byteCount)
    case "nbytes": .int(byteCount)
    case "T": .array(try transposed())
    case "real": .array(realPart)
    case "imag": .array(imaginaryPart)
    default: nil
    }
  }
}
