import Interpreter

/// Python's `print`.
extension Builtins {
  static let printing: [Builtin] = [
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
