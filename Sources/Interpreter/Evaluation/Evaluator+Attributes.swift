import CellLanguage
import Compute
import Concurrency
import Messages
import NeuralNetworks

extension Evaluator {
  /// `value.name`: a module's contents, a value's attribute, or a method, bound to the value.
  func attribute(_ name: String, of value: Value) throws -> Value {
    if case .module(let module) = value {
      let path = "\(module.name).\(name)"
      if let member = context.vocabulary.value(of: path) { return member }
      if let other = ImportedModule.all.first(where: { $0.path == module.path + "." + name }) {
        return .module(Module(name: other.name))
      }
      throw Diagnostic(
        "\(module.name) has no \(name) here",
        hint: AbsentNames.hint(for: path)
          ?? nearMatchHint(name, among: context.vocabulary.members(of: module.name)))
    }
    if case .fit(let fit) = value, name == "model" {
      try Budget.reserve(Double(fit.modelByteCount), for: "the model of the fit")
    }
    if let attribute = try value.attribute(name) { return attribute }
    let prefix = value.methodPrefix
    if let method = context.vocabulary.builtins["\(prefix).\(name)"] {
      return .function(method.bound(to: value))
    }
    if let hint = Self.mutatingMethods[name], case .list = value {
      throw Diagnostic("lists cannot be changed in place here", hint: hint)
    }
    let known = context.vocabulary.members(of: prefix) + value.attributeNames
    throw Diagnostic(
      "'\(value.typeName)' has no attribute or method \(name)",
      hint: AbsentNames.hint(for: "\(prefix).\(name)") ?? conversionHint(value, name)
        ?? nearMatchHint(name, among: known))
  }

  /// How to reach a method that only NumPy's arrays or only PyTorch's tensors have.
  private func conversionHint(_ value: Value, _ name: String) -> String? {
    switch value {
    case .tensor where context.vocabulary.builtins["array.\(name)"] != nil:
      "NumPy arrays have it: x.numpy().\(name)(…)"
    case .array where context.vocabulary.builtins["tensor.\(name)"] != nil:
      "tensors have it: torch.tensor(x).\(name)(…)"
    default: nil
    }
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

extension Module {
  /// "torch.nn" for `nn`, which is also an attribute of Python's torch.
  fileprivate var path: String {
    ImportedModule.all.first { $0.name == name }?.path ?? name
  }
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

  /// The value of an attribute; nil if there is no such attribute.
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
    case "real": .array(try realPart())
    case "imag": .array(try imaginaryPart())
    default: nil
    }
  }
}
