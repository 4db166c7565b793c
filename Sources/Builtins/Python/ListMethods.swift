import Concurrency
import Interpreter

/// The methods of Python's lists and tuples that do not change them.
extension Builtins {
  static let listMethods: [Builtin] =
    ["list", "tuple"].flatMap { type in
      [
        Builtin(
          "\(type).index", [Parameter("self"), Parameter("x")],
          "The index of the first item equal to x."
        ) { call in
          let wanted = call.arguments["x"]
          guard
            let index = try ValueComparison.index(of: wanted, in: call.arguments.list("self"))
          else { throw call.arguments.error("x", "is not among the items") }
          return .int(index)
        },
        Builtin(
          "\(type).count", [Parameter("self"), Parameter("x")], "How many items are equal to x."
        ) { call in
          let wanted = call.arguments["x"]
          var count = 0
          for (index, item) in try call.arguments.list("self").enumerated() {
            try Budget.check(step: index)
            if try item.isEqual(to: wanted) { count += 1 }
          }
          return .int(count)
        },
      ]
    } + [
      Builtin("list.copy", [Parameter("self")], "A list with the same items.") { call in
        call.arguments["self"]
      }
    ]
}
