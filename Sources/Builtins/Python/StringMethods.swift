import Interpreter

/// The methods of Python's strings.
extension Builtins {
  static let stringMethods: [Builtin] = [
    string("upper", "The text in upper case.") { $0.uppercased() },
    string("lower", "The text in lower case.") { $0.lowercased() },

    stripping("strip", "The text without white space, or these characters, at either end."),
    stripping("lstrip", "The text without white space, or these characters, at its start."),
    stripping("rstrip", "The text without white space, or these characters, at its end."),

    Builtin(
      "str.split", [text, Parameter("sep", default: Value.none, note: "white space by default")],
      "A list of the parts of the text between the separators."
    ) { call in
      let text = try call.arguments.string("self")
      guard let separator = try call.arguments.optionalString("sep") else {
        let words = text.unicodeScalars
        var isInWord = false
        var count = 0
        for scalar in words {
          let isWhite = scalar.properties.isWhitespace
          if !isWhite, !isInWord { count += 1 }
          isInWord = !isWhite
        }
        try SequenceArithmetic.reserve(items: Double(count), call.context)
        return .list(
          words.split(whereSeparator: \.properties.isWhitespace).map { .string(String($0)) })
      }
      guard !separator.isEmpty else { throw call.arguments.error("sep", "is empty") }
      let bytes = Array(text.utf8)
      let count = bytes.partCount(between: separator)
      try SequenceArithmetic.reserve(items: Double(count), call.context)
      var parts: [Value] = []
      parts.reserveCapacity(count)
      bytes.forEachPart(between: separator) {
        parts.append(.string(String(decoding: $0, as: UTF8.self)))
      }
      return .list(parts)
    },

    Builtin(
      "str.join", [text, Parameter("items", note: "strings")],
      "The strings of a list joined, with this text between them: \", \".join(names)."
    ) { call in
      let separator = try call.arguments.string("self")
      let items =
        if case .string = call.arguments["items"] { try call.arguments["items"].items() } else {
          try call.arguments.list("items")
        }
      let texts = try items.map { item in
        guard case .string(let text) = item else {
          throw call.arguments.error(
            "items", "must be strings, but one is '\(item.typeName)'",
            hint: "use [str(x) for x in items]")
        }
        return text
      }
      let bytes = texts.reduce(0) { $0 + Double($1.utf8.count + separator.utf8.count) }
      try call.context.reserve(bytes: bytes, for: "the text")
      return .string(texts.joined(separator: separator))
    },

    Builtin(
      "str.replace", [text, Parameter("old"), Parameter("new")],
      "The text with every occurrence of old replaced by new."
    ) { call in
      let text = Array(try call.arguments.string("self").utf8)
      let old = try call.arguments.string("old")
      let new = try call.arguments.string("new")
      guard !old.isEmpty else { throw call.arguments.error("old", "is empty") }
      let count = text.partCount(between: old) - 1
      let growth = Double(count) * Double(new.utf8.count - old.utf8.count)
      try call.context.reserve(bytes: Double(text.count) + growth, for: "the text")
      var replaced: [UInt8] = []
      replaced.reserveCapacity(text.count + count * (new.utf8.count - old.utf8.count))
      text.forEachPart(between: old) { part in
        replaced += part
        if part.endIndex < text.endIndex { replaced += new.utf8 }
      }
      return .string(String(decoding: replaced, as: UTF8.self))
    },

    Builtin(
      "str.startswith", [text, Parameter("prefix")], "Whether the text begins with prefix."
    ) { call in
      let prefix = try call.arguments.string("prefix")
      return .bool(try call.arguments.string("self").utf8.starts(with: prefix.utf8))
    },

    Builtin(
      "str.endswith", [text, Parameter("suffix")], "Whether the text ends with suffix."
    ) { call in
      let suffix = try call.arguments.string("suffix")
      return .bool(
        try call.arguments.string("self").utf8.reversed().starts(with: suffix.utf8.reversed()))
    },

    Builtin(
      "str.count", [text, Parameter("sub")],
      "How often sub occurs in the text, without overlaps."
    ) { call in
      let part = try call.arguments.string("sub")
      let text = try call.arguments.string("self")
      guard !part.isEmpty else { return .int(text.unicodeScalars.count + 1) }
      return .int(Array(text.utf8).partCount(between: part) - 1)
    },
  ]

  private static let text = Parameter("self")

  private static func string(
    _ name: String, _ summary: String, _ work: @escaping @Sendable (String) -> String
  ) -> Builtin {
    Builtin("str.\(name)", [text], summary) { call in
      .string(work(try call.arguments.string("self")))
    }
  }

  private static func stripping(_ name: String, _ summary: String) -> Builtin {
    Builtin(
      "str.\(name)", [text, Parameter("chars", default: Value.none)], summary
    ) { call in
      let characters = try call.arguments.optionalString("chars").map { Set($0.unicodeScalars) }
      func isUnwanted(_ scalar: Unicode.Scalar) -> Bool {
        characters?.contains(scalar) ?? scalar.properties.isWhitespace
      }
      var rest = Array(try call.arguments.string("self").unicodeScalars)[...]
      if name != "rstrip" { rest = rest.drop(while: isUnwanted) }
      if name != "lstrip" {
        while let last = rest.last, isUnwanted(last) { rest.removeLast() }
      }
      var stripped = String.UnicodeScalarView()
      stripped.append(contentsOf: rest)
      return .string(String(stripped))
    }
  }
}

/// Text as bytes: Swift would treat a letter and a following combining accent as one character.
extension [UInt8] {
  /// Calls `body` with the parts before, between and after the occurrences of a non-empty
  /// separator.
  fileprivate func forEachPart(
    between separator: String, _ body: (ArraySlice<UInt8>) -> Void
  ) {
    let separator = Array(separator.utf8)
    var (start, index) = (0, 0)
    while index + separator.count <= count {
      let end = index + separator.count
      if self[index] == separator[0], self[index..<end].elementsEqual(separator) {
        body(self[start..<index])
        (start, index) = (end, end)
      } else {
        index += 1
      }
    }
    body(self[start...])
  }

  fileprivate func partCount(between separator: String) -> Int {
    var count = 0
    forEachPart(between: separator) { _ in count += 1 }
    return count
  }
}
