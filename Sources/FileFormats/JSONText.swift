/// JSON as text. It follows Python's `json` module where JSON itself is silent: numbers read back as
/// the same bits, and NaN, Infinity and -Infinity stand for what JSON has no word for.
package enum JSONText {
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
}
