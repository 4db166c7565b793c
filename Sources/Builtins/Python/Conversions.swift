import Compute
import Interpreter
import Messages

/// Python's types as functions: each converts a value.
extension Builtins {
  static let conversions: [Builtin] = [
    Builtin(
      "bool", [Parameter("x", default: .bool(false))],
      "True or False, as if tests the value. 0, empty lists and None are False."
    ) { call in .bool(try call.arguments.bool("x")) },

    Builtin(
      "int", [Parameter("x", default: .int(0))],
      "A whole number: the whole part of a float, or the number in a string."
    ) { call in
      let value = call.arguments["x"]
      if let whole = value.wholeNumber { return .int(whole) }
      if case .string(let text) = value { return .int(try parseInteger(text)) }
      let number = try call.arguments.onlyElement("x")
      if let whole = number.wholeNumber { return .int(whole) }
      guard let number = number.realNumber else {
        throw call.arguments.wrongType("x", "a number or a string")
      }
      guard number.isFinite else { throw call.arguments.error("x", "is \(number), not a number") }
      guard let whole = Int(exactly: number.rounded(.towardZero)) else {
        throw call.arguments.error("x", "needs more than 64 bits")
      }
      return .int(whole)
    },

    Builtin(
      "float", [Parameter("x", default: .float(0))],
      "A floating-point number, also from a string such as \"1e-3\" or \"inf\"."
    ) { call in
      if case .string(let text) = call.arguments["x"] { return .float(try parseFloat(text)) }
      guard let number = try call.arguments.onlyElement("x").realNumber else {
        throw call.arguments.wrongType("x", "a number or a string")
      }
      return .float(number)
    },

    Builtin(
      "str", [Parameter("x", default: .string(""))], "The value as text, as print shows it."
    ) { call in .string(try call.arguments["x"].printedText()) },

    Builtin(
      "list", [Parameter("items", default: .list([]))],
      "A list of the items of a tuple, a range, a string or an array."
    ) { call in .list(try call.arguments["items"].items("list")) },

    Builtin(
      "tuple", [Parameter("items", default: .tuple([]))],
      "A tuple of the items of a list, a range, a string or an array."
    ) { call in .tuple(try call.arguments["items"].items("tuple")) },
  ]

  private static func parseInteger(_ text: String) throws -> Int {
    let digits = try digits(of: text, for: "int")
    if let number = Int(digits) { return number }
    let isNumber = digits.drop { "+-".contains($0) }.allSatisfy(\.isNumber) && !digits.isEmpty
    throw Diagnostic(
      isNumber && digits.count > 18
        ? "int: \(digits) needs more than 64 bits"
        : "int: \(Value.string(text).repr) is not a whole number",
      hint: Double(digits) == nil || isNumber ? nil : "write int(float(…))")
  }

  private static func parseFloat(_ text: String) throws -> Double {
    let digits = try digits(of: text, for: "float").lowercased()
    let unsigned = digits.drop { "+-".contains($0) }
    // Swift also reads hexadecimal numbers and "nan(…)"; Python does not.
    let isPlain = unsigned.allSatisfy { $0.isNumber || "e.+-".contains($0) }
    guard isPlain || ["inf", "infinity", "nan"].contains(unsigned),
      let number = Double(withLeadingDigits(digits))
    else { throw Diagnostic("float: \(Value.string(text).repr) is not a number") }
    return number
  }

  /// The text without white space around it and without underscores between digits.
  private static func digits(of text: String, for function: String) throws -> String {
    guard text.utf8.count <= 5000 else {
      throw Diagnostic("\(function): a text of \(text.utf8.count) bytes is too long for a number")
    }
    var characters = Array(text)[...]
    while characters.first?.isWhitespace == true { characters.removeFirst() }
    while characters.last?.isWhitespace == true { characters.removeLast() }
    return String(
      characters.indices.filter { index in
        !(characters[index] == "_" && index > characters.startIndex
          && index < characters.endIndex - 1 && characters[index - 1].isNumber
          && characters[index + 1].isNumber)
      }.map { characters[$0] })
  }

  /// ".5" and "5." as Swift reads them.
  private static func withLeadingDigits(_ text: String) -> String {
    let sign = text.prefix { "+-".contains($0) }
    var rest = String(text.dropFirst(sign.count))
    if rest.hasPrefix("."), rest.dropFirst().first?.isNumber == true { rest = "0" + rest }
    if let point = rest.firstIndex(of: "."), point > rest.startIndex {
      let next = rest.index(after: point)
      if next == rest.endIndex || !rest[next].isNumber { rest.insert("0", at: next) }
    }
    return sign + rest
  }
}

extension Arguments {
  /// A number as it is, or the only element of an array.
  fileprivate func onlyElement(_ name: String) throws -> Value {
    if case .tensor(let tensor) = self[name], tensor.array.count == 1 { return tensor.array.item() }
    guard case .array(let array) = self[name] else { return self[name] }
    // NumPy rejects arrays with axes, even of one element.
    guard array.isScalar else {
      throw error(
        name, "must be one number, not an array of shape \(NDArray.describe(shape: array.shape))",
        hint: "use x[0] for an element, x.astype(…) for all of them")
    }
    return array.item()
  }
}
