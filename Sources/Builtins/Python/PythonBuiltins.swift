import Compute
import Glibc
import Interpreter
import Messages

/// Python's own functions, as far as cells have them.
package enum PythonBuiltins {
  package static let all: [Builtin] =
    conversions + numbers + sequences + text + stringMethods + listMethods

  // MARK: Conversions

  private static let conversions: [Builtin] = [
    Builtin(
      "bool", [Parameter("x", default: .bool(false))],
      "True or False: what if makes of the value. 0, empty lists and None are False."
    ) { call in .bool(try call.arguments.bool("x")) },

    Builtin(
      "int", [Parameter("x", default: .int(0))],
      "A whole number: of a float the part before the point, of a string what it says."
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
      "A number with a fraction, also of a string such as \"1e-3\" or \"inf\"."
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
    ) { call in
      try call.reserveItems(of: "items")
      return .list(try call.arguments["items"].items("list"))
    },

    Builtin(
      "tuple", [Parameter("items", default: .tuple([]))],
      "A tuple of the items of a list, a range, a string or an array."
    ) { call in
      try call.reserveItems(of: "items")
      return .tuple(try call.arguments["items"].items("tuple"))
    },
  ]

  private static func parseInteger(_ text: String) throws -> Int {
    let digits = digits(of: text)
    if let number = Int(digits) { return number }
    let isNumber = digits.drop { "+-".contains($0) }.allSatisfy(\.isNumber) && !digits.isEmpty
    throw Diagnostic(
      isNumber && digits.count > 18
        ? "int: \(digits) needs more than 64 bits" : "int: '\(text)' is not a whole number",
      hint: Double(digits) == nil || isNumber ? nil : "write int(float(…))")
  }

  private static func parseFloat(_ text: String) throws -> Double {
    let digits = digits(of: text).lowercased()
    let unsigned = digits.drop { "+-".contains($0) }
    // Swift reads hexadecimal numbers and "nan(…)" besides, Python does not.
    let isPlain = unsigned.allSatisfy { $0.isNumber || "e.+-".contains($0) }
    guard isPlain || ["inf", "infinity", "nan"].contains(unsigned),
      let number = Double(withLeadingDigits(digits))
    else { throw Diagnostic("float: '\(text)' is not a number") }
    return number
  }

  /// The text without white space around it and without underscores between digits.
  private static func digits(of text: String) -> String {
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

  // MARK: Numbers

  private static let numbers: [Builtin] = [
    Builtin(
      "abs", [Parameter("x")], "The magnitude: of a number, or of each element of an array."
    ) { call in
      switch call.arguments["x"] {
      case .int(let value): return .int(value < 0 ? try IntegerArithmetic.negated(value) : value)
      case .bool(let value): return .int(value ? 1 : 0)
      case .float(let value): return .float(value.magnitude)
      case .array(let array): return .array(try NDArray.unary(.absolute, array))
      case .tensor(let tensor):
        return .tensor(try tensor.map { try NDArray.unary(.absolute, $0) })
      default: throw call.arguments.wrongType("x", "a number or an array")
      }
    },

    Builtin(
      "round",
      [Parameter("x"), Parameter("ndigits", default: Value.none, note: "digits after the point")],
      "The nearest whole number, or with ndigits the nearest decimal; halves go to the even side."
    ) { call in try round(&call) },

    Builtin(
      "sum",
      [Parameter("items"), Parameter("start", default: .int(0))],
      "The sum of the items of a list or an array, added to start."
    ) { call in
      var total = call.arguments["start"]
      if case .string = total {
        throw call.arguments.error("start", "must be a number", hint: "use \"\".join(items)")
      }
      let items = call.arguments["items"]
      guard items.itemCount != nil else { throw call.arguments.wrongType("items", "a list") }
      try call.reserveItems(of: "items")
      for item in try items.items() {
        try call.context.checkpoint()
        total = try Arithmetic.apply(.add, total, item, context: call.context)
      }
      return total
    },

    Builtin(
      "min", [Parameter("items", kind: .variadic)],
      "The least of several values, or of the items of one list or array."
    ) { call in try extreme(&call) { try Comparing.apply(.less, $0, $1) } },

    Builtin(
      "max", [Parameter("items", kind: .variadic)],
      "The greatest of several values, or of the items of one list or array."
    ) { call in try extreme(&call) { try Comparing.apply(.greater, $0, $1) } },
  ]

  private static func round(_ call: inout Call) throws -> Value {
    let digits = try call.arguments.optionalInt("ndigits")
    switch call.arguments["x"] {
    case .int, .bool:
      guard let value = call.arguments["x"].wholeNumber, let digits, digits < 0 else {
        return .int(try call.arguments.int("x"))
      }
      return .int(try roundedToTens(value, places: digits.magnitude))
    case .float(let value):
      guard let digits else { return .int(try nearestInteger(value)) }
      return .float(rounded(value, digits: digits))
    case .array(let array) where array.isScalar:
      if let digits {
        return .array(try array.rounded(decimals: digits))
      }
      guard let number = call.arguments["x"].realNumber else {
        throw call.arguments.wrongType("x", "a real number")
      }
      if let whole = call.arguments["x"].wholeNumber { return .int(whole) }
      return .int(try nearestInteger(number))
    case .array:
      throw call.arguments.error("x", "is an array", hint: "use np.round(x, decimals)")
    default: throw call.arguments.wrongType("x", "a number")
    }
  }

  private static func nearestInteger(_ value: Double) throws -> Int {
    guard value.isFinite else { throw Diagnostic("round: \(value) has no nearest whole number") }
    guard let whole = Int(exactly: value.rounded(.toNearestOrEven)) else {
      throw Diagnostic("round: the result needs more than 64 bits")
    }
    return whole
  }

  /// The nearest decimal of the exact binary value, as Python rounds: by way of the digits that
  /// the C library prints, which are correctly rounded.
  private static func rounded(_ value: Double, digits: Int) -> Double {
    guard value.isFinite, digits < 324 else { return value }
    guard digits >= 0 else {
      guard digits > -309 else { return copysign(0, value) }
      let scale = pow(10, Double(-digits))
      let result = (value / scale).rounded(.toNearestOrEven) * scale
      return result.isFinite ? result : value
    }
    var buffer = [CChar](repeating: 0, count: 700)
    withVaList([Int32(digits), value]) { _ = vsnprintf(&buffer, buffer.count, "%.*f", $0) }
    return strtod(buffer, nil)
  }

  private static func roundedToTens(_ value: Int, places: UInt) throws -> Int {
    let tooLarge = Diagnostic("round: more than 64 bits are needed")
    guard places < 19 else {
      // Up to ten to the 19th, or down to nothing.
      if places == 19, value.magnitude > 5_000_000_000_000_000_000 { throw tooLarge }
      return 0
    }
    let scale = (0..<places).reduce(1) { power, _ in power * 10 }
    let rest = ((value % scale) + scale) % scale
    let (floor, _) = value.subtractingReportingOverflow(rest)
    let isUp = rest > scale - rest || (rest == scale - rest && (floor / scale) % 2 != 0)
    let (result, overflow) = floor.addingReportingOverflow(isUp ? scale : 0)
    guard !overflow, floor <= value else { throw tooLarge }
    return result
  }

  private static func extreme(
    _ call: inout Call, isBetter: (Value, Value) throws -> Value
  ) throws -> Value {
    var items = try call.arguments.list("items")
    if items.count == 1 {
      guard let count = items[0].itemCount else {
        throw Diagnostic("\(call.builtin.name): one number alone is no list to choose from")
      }
      try SequenceArithmetic.reserve(items: Double(count), call.context)
      items = try items[0].items()
    }
    guard var best = items.first else {
      throw Diagnostic("\(call.builtin.name): there is nothing to choose from in an empty list")
    }
    for item in items.dropFirst() {
      try call.context.checkpoint()
      if try isBetter(item, best).isTrue() { best = item }
    }
    return best
  }

  // MARK: Sequences

  private static let sequences: [Builtin] = [
    Builtin(
      "len", [Parameter("x")],
      "How many items a list, a string or a range has; of an array the size of its first axis."
    ) { call in
      guard let count = call.arguments["x"].itemCount else {
        throw call.arguments.error(
          "x", "must have items to count, and '\(call.arguments["x"].typeName)' has none")
      }
      return .int(count)
    },

    Builtin(
      "range", [Parameter("bounds", kind: .variadic, note: "stop; start, stop; start, stop, step")],
      "The whole numbers from start (0) up to, but not including, stop, in steps (of 1)."
    ) { call in
      let bounds = try call.arguments.ints("bounds")
      switch bounds.count {
      case 1: return .range(start: 0, stop: bounds[0], step: 1)
      case 2: return .range(start: bounds[0], stop: bounds[1], step: 1)
      case 3:
        guard bounds[2] != 0 else { throw Diagnostic("range: the step must not be 0") }
        return .range(start: bounds[0], stop: bounds[1], step: bounds[2])
      default:
        throw Diagnostic("range takes 1 to 3 numbers, but \(bounds.count) were given")
      }
    },

    Builtin(
      "zip", [Parameter("lists", kind: .variadic)],
      "Tuples of the first items of all lists, of the second ones, …, as far as the shortest goes."
    ) { call in
      let lists = try call.arguments.list("lists")
      let counts = try lists.map { list in
        guard let count = list.itemCount else {
          throw Diagnostic("zip takes lists and the like, not '\(list.typeName)'")
        }
        return count
      }
      let count = counts.min() ?? 0
      try SequenceArithmetic.reserve(
        items: Double(count) * Double(lists.count + 1), call.context)
      let items = try lists.map { try $0.firstItems(count) }
      return .list((0..<count).map { index in .tuple(items.map { $0[index] }) })
    },

    Builtin(
      "enumerate", [Parameter("items"), Parameter("start", default: .int(0))],
      "Tuples of a running number and each item."
    ) { call in
      let start = try call.arguments.int("start")
      try call.reserveItems(of: "items")
      let items = try call.arguments["items"].items("enumerate")
      guard !start.addingReportingOverflow(items.count).overflow else {
        throw Diagnostic("enumerate: the numbers need more than 64 bits")
      }
      return .list(items.enumerated().map { .tuple([.int(start + $0), $1]) })
    },
  ]

  // MARK: Text

  private static let text: [Builtin] = [
    Builtin(
      "print",
      [
        Parameter("values", kind: .variadic),
        Parameter("sep", kind: .keywordOnly, default: .string(" "), note: "between the values"),
        Parameter("end", kind: .keywordOnly, default: .string("\n"), note: "after the last one"),
      ],
      "Shows the values as text."
    ) { call in
      let separator = try call.arguments.optionalString("sep") ?? " "
      let end = try call.arguments.optionalString("end") ?? "\n"
      let texts = try call.arguments.list("values").map { try $0.printedText() }
      try call.context.printText(texts.joined(separator: separator) + end)
      return .none
    }
  ]
}

extension Arguments {
  /// A number as it is, the only element of an array that has one.
  fileprivate func onlyElement(_ name: String) throws -> Value {
    if case .tensor(let tensor) = self[name], tensor.array.count == 1 { return tensor.array.item() }
    guard case .array(let array) = self[name] else { return self[name] }
    // NumPy refuses arrays with axes, even of one element.
    guard array.isScalar else {
      throw error(
        name, "must be one number, not an array of shape \(NDArray.describe(shape: array.shape))",
        hint: "use x[0] for an element, x.astype(…) for all of them")
    }
    return array.item()
  }
}

extension Call {
  /// Asks for the room that the items of an argument take as a list.
  fileprivate func reserveItems(of name: String) throws {
    if let count = arguments[name].itemCount {
      try SequenceArithmetic.reserve(items: Double(count), context)
    }
  }
}

extension Value {
  /// The first items only, so that `zip` need not write out a long range.
  fileprivate func firstItems(_ count: Int) throws -> [Value] {
    if case .range(let start, let stop, let step) = self {
      let range = PythonRange(start: start, stop: stop, step: step)
      return (0..<count).map { .int(range[$0]) }
    }
    return try items()
  }
}
