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
            let index = try call.arguments.list("self").firstIndex(where: {
              try $0.isEqual(to: wanted)
            })
          else { throw call.arguments.error("x", "is not among the items") }
          return .int(index)
        },
        Builtin(
          "\(type).count", [Parameter("self"), Parameter("x")], "How many items are equal to x."
        ) { call in
          let wanted = call.arguments["x"]
          return .int(try call.arguments.list("self").count { try $0.isEqual(to: wanted) })
        },
      ]
    } + [
      Builtin("list.copy", [Parameter("self")], "A list with the same items.") { call in
        call.arguments["self"]
      }
    ]
}
