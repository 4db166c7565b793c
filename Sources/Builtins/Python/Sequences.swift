import Concurrency
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
      let bytes = lists.reduce(tupleByteCount(lists.count)) { $0 + $1.itemByteCount }
      try Budget.reserve(items: Double(count), ofBytes: Double(bytes))
      var sequences = lists.compactMap(ItemSequence.init)
      var tuples: [Value] = []
      tuples.reserveCapacity(count)
      for index in 0..<count {
        try Budget.check(step: index)
        tuples.append(.tuple(try sequences.indices.compactMap { try sequences[$0].next() }))
      }
      return .list(tuples)
    },

    Builtin(
      "enumerate", [Parameter("items"), Parameter("start", default: .int(0))],
      "Tuples of a number and an item, counting from start."
    ) { call in
      let start = try call.arguments.int("start")
      let count = call.arguments["items"].itemCount ?? 0
      try Budget.reserve(items: Double(count), ofBytes: Double(tupleByteCount(2)))
      let items = try call.arguments["items"].items("enumerate")
      guard !start.addingReportingOverflow(items.count).overflow else {
        throw Diagnostic("enumerate: the numbers need more than 64 bits")
      }
      var tuples: [Value] = []
      tuples.reserveCapacity(count)
      for (index, item) in items.enumerated() {
        try Budget.check(step: index)
        tuples.append(.tuple([.int(start + index), item]))
      }
      return .list(tuples)
    },
  ]

  private static func tupleByteCount(_ count: Int) -> Int {
    Value.tuple(Array(repeating: .none, count: count)).byteCount
  }
}
