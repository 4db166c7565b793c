import Interpreter
import Messages

/// Python's functions that count and number items.
extension Builtins {
  static let sequences: [Builtin] = [
    Builtin(
      "len", [Parameter("x")],
      """
      The number of items of a list, a string or a range; for an array, the length of its first \
      axis.
      """
    ) { call in
      guard let count = call.arguments["x"].itemCount else {
        throw call.arguments.error(
          "x", "must have items to count, but '\(call.arguments["x"].typeName)' has none")
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
      "Tuples of the first items of all lists, the second items, …, as long as the shortest list."
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
      "Tuples of a number and an item, counting from start."
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
}

extension Call {
  /// Reserves memory for the items of an argument as a list.
  func reserveItems(of name: String) throws {
    if let count = arguments[name].itemCount {
      try SequenceArithmetic.reserve(items: Double(count), context)
    }
  }
}

extension Value {
  /// The first items only, so that `zip` does not expand a long range.
  fileprivate func firstItems(_ count: Int) throws -> [Value] {
    if case .range(let start, let stop, let step) = self {
      let range = PythonRange(start: start, stop: stop, step: step)
      return (0..<count).map { .int(range[$0]) }
    }
    return try items()
  }
}
