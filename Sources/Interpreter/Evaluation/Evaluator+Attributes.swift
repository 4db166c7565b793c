import CellLanguage
import Compute
import Concurrency
import Messages
import NeuralNetworks

extension Evaluator {
  /// `value.name`: a module's contents, a value's attribute, or a method, bound to the value.
  func attribute(_ name: String, of value: Value) throws -> Value {
    let vocabulary = context.vocabulary
    if case .module(let module) = value {
      if let member = vocabulary.value(of: "\(module.name).\(name)") { return member }
      if let other = ImportedModule.named(name, of: module.name) {
        return .module(Module(name: other))
      }
      throw Diagnostic.unknownMember(
        name, of: module.name, among: vocabulary.members(of: module.name),
        builtins: vocabulary.knownNames, range: nil)
    }
    if case .fit(let fit) = value, name == "model" {
      try Budget.reserve(Double(fit.modelByteCount), for: "the model of the fit")
    }
    if let attribute = try value.attribute(name) { return attribute }
    let prefix = value.methodPrefix
    if let method = vocabulary.builtins["\(prefix).\(name)"] {
      return .function(method.bound(to: value))
    }
    let attributes = ValueKind(rawValue: prefix).flatMap { ValueKind.attributes[$0]?.keys }
    throw Diagnostic.unknownAttribute(
      name, ofKind: prefix, typeName: value.typeName,
      among: vocabulary.members(of: prefix) + (attributes?.sorted() ?? []),
      builtins: vocabulary.knownNames, range: nil)
  }
}

extension ValueKind {
  private static let numbers: [String: ValueKind?] = ["real": nil, "imag": nil]

  /// All attributes of values, apart from methods, with the kinds of their values where these are
  /// always the same.
  package static let attributes: [ValueKind: [String: ValueKind?]] = [
    .none: [:], .bool: numbers, .int: numbers, .float: numbers, .string: [:], .list: [:],
    .tuple: [:], .range: [:], .dictionary: [:], .model: [:], .optimizer: [:], .criterion: [:],
    .generator: [:], .randomState: [:], .tensorShape: [:], .function: [:],
    .elementType: ["name": .string, "itemsize": .int], .tensorType: ["itemsize": .int],
    .device: ["type": .string, "index": ValueKind.none],
    .array: [
      "shape": .tuple, "ndim": .int, "size": .int, "dtype": .elementType, "itemsize": .int,
      "nbytes": .int,
      "T": .array, "real": .array, "imag": .array,
    ],
    .tensor: [
      "shape": .tensorShape, "ndim": .int, "dtype": .tensorType, "device": .device, "T": .tensor,
      "nbytes": .int,
      "itemsize": .int, "requires_grad": .bool,
    ],
    .fit: [
      "history": .array, "test_history": .array, "test_accuracy": .array, "seconds": .float,
      "device": nil, "model": .model, "epochs": .int, "signals": .int,
    ],
    .dataSet: ["X": .array, "y": .array],
  ]
}

extension Value {
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
