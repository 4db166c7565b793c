import Compute

/// Values as JSON text, for `etude eval --json`. It follows Python's `json` module where JSON
/// itself is silent: numbers read back as the same bits, and NaN, Infinity and -Infinity stand for
/// what JSON has no word for.
package enum JSONText {
  /// One object with a member per name, in the order given.
  package static func object(_ members: [(name: String, value: Value)]) -> String {
    "{" + members.map { "\(quoted($0.name)): \(text(of: $0.value))" }.joined(separator: ", ") + "}"
  }

  /// JSON that reads back as the same value.
  package static func text(of json: JSONValue) -> String {
    switch json {
    case .null: "null"
    case .bool(let bool): bool ? "true" : "false"
    case .integer(let integer): String(integer)
    case .number(let value): number(value)
    case .string(let string): quoted(string)
    case .array(let values): "[" + values.map(text(of:)).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.map { "\(quoted($0.key)): \(text(of: $0.value))" }.joined(separator: ", ") + "}"
    }
  }

  /// Tuples and ranges are lists; an array is `{"shape": […], "dtype": "…"}`, one without axes its
  /// number; a complex number is `{"real": …, "imag": …}`; what has no counterpart is its name.
  package static func text(of value: Value) -> String {
    switch value {
    case .none: "null"
    case .bool(let bool): bool ? "true" : "false"
    case .int(let int): String(int)
    case .float(let float): number(float)
    case .string(let string): quoted(string)
    case .list(let values), .tuple(let values):
      "[" + values.map(text(of:)).joined(separator: ", ") + "]"
    case .range(let start, let stop, let step):
      "["
        + stride(from: start, to: stop, by: step).map(String.init).joined(separator: ", ")
        + "]"
    case .array(let array) where array.shape.isEmpty: scalar(array.elements)
    case .array(let array):
      "{\"shape\": [" + array.shape.map(String.init).joined(separator: ", ")
        + "], \"dtype\": \(quoted(array.elements.type.rawValue))}"
    case .elementType(let type): quoted(type.rawValue)
    case .tensor(let tensor): text(of: .array(tensor.array))
    case .tensorType(let type): quoted("torch.\(type.rawValue)")
    case .tensorShape(let sizes): text(of: .list(sizes.map(Value.int)))
    case .device(let kind): quoted(kind.rawValue)
    case .optimizer, .dataSet, .model, .fit: quoted(value.repr)
    case .function(let builtin): quoted(builtin.name)
    case .module(let module): quoted(module.name)
    }
  }

  /// The string in quotes. Control characters are escaped, C1 controls too, so that the text is
  /// harmless in a terminal.
  static func quoted(_ string: String) -> String {
    var result = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0}"..<" ", "\u{7f}"..."\u{9f}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    return value.description
  }

  private static func scalar(_ elements: NDArray.Elements) -> String {
    switch elements {
    case .bool(let a): a[0] ? "true" : "false"
    case .uint8(let a): String(a[0])
    case .int16(let a): String(a[0])
    case .int32(let a): String(a[0])
    case .int64(let a): String(a[0])
    // As a double, so that it reads back as the same number, as Python's float(x) gives it.
    case .float32(let a): number(Double(a[0]))
    case .float64(let a): number(a[0])
    case .complex128(let a):
      "{\"real\": \(number(a[0].real)), \"imag\": \(number(a[0].imaginary))}"
    }
  }
}
