import Compute
import Concurrency
import Glibc
import Interpreter
import Messages

/// Python's functions of numbers.
extension Builtins {
  static let numbers: [Builtin] = [
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
      """
      The nearest whole number, or with ndigits the nearest decimal; halves go to the even \
      neighbour.
      """
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
      guard var items = ItemSequence(call.arguments["items"]) else {
        throw call.arguments.wrongType("items", "a list")
      }
      let budget = call.context.budget
      var totalBytes = 0
      while let item = try items.next() {
        total = try Budget.releasing { try Arithmetic.apply(.add, total, item) }
        budget.heldBytes -= totalBytes
        totalBytes = total.byteCount
        budget.heldBytes += totalBytes
        // Lists and arrays take longer to add.
        if totalBytes > 1000 { try Budget.check() }
      }
      return total
    },

    Builtin(
      "min", [Parameter("items", kind: .variadic)],
      "The smallest of several values, or of the items of one list or array."
    ) { call in try extreme(&call) { try ValueComparison.apply(.less, $0, $1) } },

    Builtin(
      "max", [Parameter("items", kind: .variadic)],
      "The largest of several values, or of the items of one list or array."
    ) { call in try extreme(&call) { try ValueComparison.apply(.greater, $0, $1) } },
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

  /// The nearest decimal of the exact binary value, as Python rounds: from the digits that the C
  /// library prints, which are correctly rounded.
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
      // Rounds up to 10^19, which is too large, or down to 0.
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
    let values = try call.arguments.list("items")
    guard var items = ItemSequence(values.count == 1 ? values[0] : .list(values)) else {
      throw Diagnostic("\(call.builtin.name): one number alone is not a list to choose from")
    }
    guard var best = try items.next() else {
      throw Diagnostic("\(call.builtin.name): there is nothing to choose from in an empty list")
    }
    while let item = try items.next() {
      if try Budget.releasing({ try isBetter(item, best).isTrue() }) { best = item }
    }
    return best
  }
}
