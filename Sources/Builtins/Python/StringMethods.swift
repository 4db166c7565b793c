import Concurrency
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
        return .list(
          try text.withBytes { bytes in
            try strings { body in try forEachWord(in: bytes, of: text.unicodeScalars, body) }
          })
      }
      guard !separator.isEmpty else { throw call.arguments.error("sep", "is empty") }
      return .list(
        try text.withBytes { bytes in
          try strings { body in try forEachPart(of: bytes, between: separator, body) }
        })
    },

    Builtin(
      "str.join", [text, Parameter("items", note: "strings")],
      "The strings of a list joined, with this text between them: \", \".join(names)."
    ) { call in
      let separator = try call.arguments.string("self")
      guard let items = ItemSequence(call.arguments["items"]) else {
        throw call.arguments.wrongType("items", "a list")
      }
      func forEachString(_ body: (String) throws -> Void) throws {
        var rest = items
        while let item = try rest.next() {
          guard case .string(let text) = item else {
            throw call.arguments.error(
              "items", "must be strings, but one is '\(item.typeName)'",
              hint: "use [str(x) for x in items]")
          }
          try body(text)
        }
      }
      var count = 0
      try forEachString { text in
        count += text.utf8.count + separator.utf8.count
        try Budget.reserve(Double(text.utf8.count + separator.utf8.count), for: "the text")
      }
      var joined = ""
      joined.reserveCapacity(count)
      var isFirst = true
      try forEachString { text in
        if !isFirst { joined += separator }
        joined += text
        isFirst = false
      }
      return .string(joined)
    },

    Builtin(
      "str.replace", [text, Parameter("old"), Parameter("new")],
      "The text with every occurrence of old replaced by new."
    ) { call in
      let text = try call.arguments.string("self")
      let old = try call.arguments.string("old")
      let new = try call.arguments.string("new")
      guard !old.isEmpty else { return .string(try spaced(text, by: new)) }
      let growth = Double(try text.count(of: old)) * Double(new.utf8.count - old.utf8.count)
      let length = Double(text.utf8.count) + growth
      try Budget.reserve(length, for: "the text")
      return .string(
        try String(unsafeUninitializedCapacity: Int(length)) { target in
          var end = 0
          func append(_ bytes: UnsafeBufferPointer<UInt8>) {
            guard !bytes.isEmpty else { return }
            _ = target[end...].update(fromContentsOf: bytes)
            end += bytes.count
          }
          try text.withBytes { bytes in
            try new.withBytes { new in
              var isFirst = true
              try forEachPart(of: bytes, between: old) { part in
                if !isFirst { append(new) }
                append(part)
                isFirst = false
              }
            }
          }
          return end
        })
    },

    Builtin(
      "str.startswith", [text, Parameter("prefix")], "Whether the text begins with prefix."
    ) { call in
      let prefix = try call.arguments.string("prefix")
      return .bool(try call.arguments.string("self").hasBytes(of: prefix, at: 0))
    },

    Builtin(
      "str.endswith", [text, Parameter("suffix")], "Whether the text ends with suffix."
    ) { call in
      let suffix = try call.arguments.string("suffix")
      let text = try call.arguments.string("self")
      return .bool(text.hasBytes(of: suffix, at: text.utf8.count - suffix.utf8.count))
    },

    Builtin(
      "str.count", [text, Parameter("sub")],
      "How often sub occurs in the text, without overlaps."
    ) { call in
      let part = try call.arguments.string("sub")
      guard !part.isEmpty else { return .int((call.arguments["self"].itemCount ?? 0) + 1) }
      return .int(try call.arguments.string("self").count(of: part))
    },
  ]

  private static let text = Parameter("self")

  /// The text with another one before, between and behind its characters.
  private static func spaced(_ text: String, by new: String) throws -> String {
    let count = text.unicodeScalars.count
    let length = Double(text.utf8.count) + Double(count + 1) * Double(new.utf8.count)
    try Budget.reserve(length, for: "the text")
    var result = new
    result.reserveCapacity(Int(length))
    for (step, scalar) in text.unicodeScalars.enumerated() {
      try Budget.check(step: step)
      result.unicodeScalars.append(scalar)
      result += new
    }
    return result
  }

  private static func string(
    _ name: String, _ summary: String, _ work: @escaping @Sendable (String) -> String
  ) -> Builtin {
    Builtin("str.\(name)", [text], summary) { call in
      let text = try call.arguments.string("self")
      let scalars = text.unicodeScalars
      var capacity = text.utf8.count
      try Budget.reserve(Double(capacity), for: "the text")
      var result = ""
      result.reserveCapacity(capacity)
      var start = scalars.startIndex
      // Piece by piece: each scalar is converted by itself.
      while start < scalars.endIndex {
        try Budget.check()
        let end =
          scalars.index(start, offsetBy: 10_000, limitedBy: scalars.endIndex) ?? scalars.endIndex
        let piece = work(String(scalars[start..<end]))
        // "ß" becomes "SS", and some scalars need more bytes than before.
        if result.utf8.count + piece.utf8.count > capacity {
          try Budget.reserve(2 * Double(capacity), for: "the text")
          capacity *= 2
          result.reserveCapacity(capacity)
        }
        result += piece
        start = end
      }
      return .string(result)
    }
  }

  private static func stripping(_ name: String, _ summary: String) -> Builtin {
    Builtin(
      "str.\(name)", [text, Parameter("chars", default: Value.none)], summary
    ) { call in
      let characters = try call.arguments.optionalString("chars").map { Set($0.unicodeScalars) }
      func isUnwanted(_ scalar: Unicode.Scalar) -> Bool {
        characters?.contains(scalar) ?? scalar.isPythonSpace
      }
      let text = try call.arguments.string("self")
      var rest = text.unicodeScalars[...]
      var steps = 0
      if name != "rstrip" {
        while let first = rest.first, isUnwanted(first) {
          try Budget.check(step: steps)
          steps += 1
          rest.removeFirst()
        }
      }
      if name != "lstrip" {
        while let last = rest.last, isUnwanted(last) {
          try Budget.check(step: steps)
          steps += 1
          rest.removeLast()
        }
      }
      try Budget.reserve(Double(text.utf8.count), for: "the text")
      return .string(String(rest))
    }
  }

  // MARK: Parts

  /// The strings that `forEach` calls its argument with, twice: their memory is reserved first.
  private static func strings(
    _ forEach: ((UnsafeBufferPointer<UInt8>) -> Void) throws -> Void
  ) throws -> [Value] {
    var (count, bytes) = (0, 0)
    try forEach { part in
      count += 1
      bytes += Value.byteCount(ofText: part.count)
    }
    try Budget.reserve(items: Double(count), ofBytes: Double(bytes) / Double(max(1, count)))
    var strings: [Value] = []
    strings.reserveCapacity(count)
    try forEach { strings.append(.string(String(decoding: $0, as: UTF8.self))) }
    return strings
  }

  /// Calls `body` with the parts of a text between white space.
  private static func forEachWord(
    in text: UnsafeBufferPointer<UInt8>, of scalars: String.UnicodeScalarView,
    _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) throws {
    var (position, steps) = (0, 0)
    var wordStart: Int?
    for scalar in scalars {
      try Budget.check(step: steps)
      steps += 1
      if !scalar.isPythonSpace {
        wordStart = wordStart ?? position
      } else if let start = wordStart {
        body(UnsafeBufferPointer(rebasing: text[start..<position]))
        wordStart = nil
      }
      position += UTF8.width(scalar)
    }
    if let start = wordStart { body(UnsafeBufferPointer(rebasing: text[start...])) }
  }

  /// Calls `body` with the parts before, between and after the occurrences of a non-empty
  /// separator.
  private static func forEachPart(
    of text: UnsafeBufferPointer<UInt8>, between separator: String,
    _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) throws {
    var start = 0
    if separator.utf8.count <= text.count {
      try TextSearch(for: separator).forEachMatch(in: text) { match in
        body(UnsafeBufferPointer(rebasing: text[start..<match]))
        start = match + separator.utf8.count
        return true
      }
    }
    body(UnsafeBufferPointer(rebasing: text[start...]))
  }
}
