import Concurrency
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
      let values = try call.arguments.list("values")
      try Budget.reserve(Double(values.count * MemoryLayout<String>.stride), for: "the texts")
      var texts: [String] = []
      texts.reserveCapacity(values.count)
      for (index, value) in values.enumerated() {
        try Budget.check(step: index)
        texts.append(try value.printedText())
      }
      let count = texts.reduce(end.utf8.count) { $0 + $1.utf8.count + separator.utf8.count }
      try Budget.reserve(Double(count), for: "the printed text")
      var line = ""
      line.reserveCapacity(count)
      for (index, text) in texts.enumerated() {
        try Budget.check(step: index)
        if index > 0 { line += separator }
        line += text
      }
      // A newline at the end is not shown: the next text begins another line anyway.
      let endsLine = (end.isEmpty ? line : end).utf8.last == UInt8(ascii: "\n")
      if !endsLine {
        line += end
      } else if end.isEmpty {
        try Budget.reserve(Double(count), for: "the printed text")
        line = String(line[..<line.utf8.index(before: line.endIndex)])
      } else {
        line.unicodeScalars += end.unicodeScalars.dropLast()
      }
      call.context.printText(line, endsLine: endsLine)
      return .none
    }
  ]
}
