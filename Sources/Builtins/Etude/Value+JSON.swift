import Compute
import FileFormats
import Interpreter

extension Value {
  /// The value as JSON, for `etude eval --json`. Tuples and ranges are lists; an array is
  /// `{"shape": […], "dtype": "…"}`, one without axes its number; a complex number is
  /// `{"real": …, "imag": …}`; what has no counterpart is its name or its repr.
  package var json: JSONValue {
    switch self {
    case .none: .null
    case .bool(let bool): .bool(bool)
    case .int(let int): .integer(int)
    case .float(let float): .number(float)
    case .string(let string): .string(string)
    case .list(let values), .tuple(let values): .array(values.map(\.json))
    case .dictionary(let entries): .object(entries.map { ($0.name, $0.value.json) })
    case .range(let start, let stop, let step):
      .array(stride(from: start, to: stop, by: step).map(JSONValue.integer))
    case .array(let array) where array.isScalar: array.scalarJSON
    case .array(let array):
      .object([
        ("shape", .array(array.shape.map(JSONValue.integer))),
        ("dtype", .string(array.type.rawValue)),
      ])
    case .elementType(let type): .string(type.rawValue)
    case .tensor(let tensor): Value.array(tensor.array).json
    case .tensorType(let type): .string("torch.\(type.rawValue)")
    case .tensorShape(let sizes): .array(sizes.map(JSONValue.integer))
    case .device(let kind): .string(kind.rawValue)
    case .optimizer, .criterion, .dataSet, .model, .fit, .generator: .string(repr)
    case .function(let builtin): .string(builtin.name)
    case .module(let module): .string(module.name)
    }
  }
}

extension NDArray {
  /// A float32 as a double, so that it reads back as the same number, as Python's float(x) gives
  /// it.
  fileprivate var scalarJSON: JSONValue {
    guard case .complex128(let values) = elements else { return item().json }
    return .object([("real", .number(values[0].real)), ("imag", .number(values[0].imaginary))])
  }
}
