/// JSON read from files. Objects keep the order of their members; numbers are integers where
/// possible, because offsets in files must be exact.
package indirect enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([(key: String, value: JSONValue)])

  /// Why a text is not JSON, and at which byte.
  package struct ParsingError: Error {
    package var reason: String
    package var offset: Int
  }

  /// Parses a text that consists of one value (RFC 8259).
  ///
  /// - Parameter maximumDepth: the maximum nesting of arrays and objects, which protects the stack.
  package init(parsing text: ArraySlice<UInt8>, maximumDepth: Int) throws(ParsingError) {
    var parser = JSONParser(text: text, maximumDepth: maximumDepth)
    self = try parser.value(depth: 0)
    parser.skipSpace()
    if parser.position < text.endIndex { throw parser.error("there is text after the value") }
  }

  /// The member of an object with this key; nil if there is none or this is not an object.
  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The elements, if this is an array of integers; otherwise nil.
  var integers: [Int]? {
    guard case .array(let values) = self else { return nil }
    var result: [Int] = []
    for value in values {
      guard case .integer(let integer) = value else { return nil }
      result.append(integer)
    }
    return result
  }
}

private struct JSONParser {
  let text: ArraySlice<UInt8>
  let maximumDepth: Int
  var position: Int

  init(text: ArraySlice<UInt8>, maximumDepth: Int) {
    self.text = text
    self.maximumDepth = maximumDepth
    self.position = text.startIndex
  }

  func error(_ reason: String) -> JSONValue.ParsingError {
    JSONValue.ParsingError(reason: reason, offset: position - text.startIndex)
  }

  var current: UInt8? { position < text.endIndex ? text[position] : nil }

  mutating func skipSpace() {
    while let byte = current, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { position += 1 }
  }

  mutating func take(_ token: StaticString) -> Bool {
    let matches = token.withUTF8Buffer { text[position...].starts(with: $0) }
    if matches { position += token.utf8CodeUnitCount }
    return matches
  }

  mutating func value(depth: Int) throws(JSONValue.ParsingError) -> JSONValue {
    skipSpace()
    guard depth <= maximumDepth else { throw error("it is nested too deeply") }
    switch current {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t") where take("true"): return .bool(true)
    case UInt8(ascii: "f") where take("false"): return .bool(false)
    case UInt8(ascii: "n") where take("null"): return .null
    default: return try number()
    }
  }

  mutating func object(depth: Int) throws(JSONValue.ParsingError) -> JSONValue {
    position += 1
    var members: [(key: String, value: JSONValue)] = []
    skipSpace()
    if take("}") { return .object(members) }
    repeat {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw error("a key is missing") }
      let key = try string()
      skipSpace()
      guard take(":") else { throw error("a colon is missing") }
      members.append((key, try value(depth: depth + 1)))
      skipSpace()
    } while take(",")
    guard take("}") else { throw error("a closing brace is missing") }
    return .object(members)
  }

  mutating func array(depth: Int) throws(JSONValue.ParsingError) -> JSONValue {
    position += 1
    var elements: [JSONValue] = []
    skipSpace()
    if take("]") { return .array(elements) }
    repeat {
      elements.append(try value(depth: depth + 1))
      skipSpace()
    } while take(",")
    guard take("]") else { throw error("a closing bracket is missing") }
    return .array(elements)
  }

  mutating func string() throws(JSONValue.ParsingError) -> String {
    position += 1
    var bytes: [UInt8] = []
    while let byte = current {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: bytes, as: UTF8.self) else {
          throw error("a string is not UTF-8")
        }
        return string
      case UInt8(ascii: "\\"): bytes += String(try escape()).utf8
      case ..<0x20: throw error("a string contains a control character")
      default: bytes.append(byte)
      }
    }
    throw error("a string is not closed")
  }

  /// What follows a backslash.
  mutating func escape() throws(JSONValue.ParsingError) -> Unicode.Scalar {
    let letter = current
    position += 1
    switch letter {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let high = try hexadecimal()
      if let scalar = Unicode.Scalar(high) { return scalar }
      // The first half of a surrogate pair; the second must follow.
      guard (0xd800..<0xdc00).contains(high), take("\\u") else {
        throw error("a surrogate pair is incomplete")
      }
      let low = try hexadecimal()
      guard (0xdc00..<0xe000).contains(low),
        let scalar = Unicode.Scalar(0x10000 + (high - 0xd800) << 10 + (low - 0xdc00))
      else { throw error("a surrogate pair is incomplete") }
      return scalar
    default: throw error("an escape sequence is unknown")
    }
  }

  mutating func hexadecimal() throws(JSONValue.ParsingError) -> UInt32 {
    let digits = text[position...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw error("four hexadecimal digits are missing") }
    position += 4
    return value
  }

  mutating func number() throws(JSONValue.ParsingError) -> JSONValue {
    let characters = text[position...].prefix {
      switch $0 {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
      default: false
      }
    }
    let string = String(decoding: characters, as: UTF8.self)
    defer { position += characters.count }
    if let integer = Int(string) { return .integer(integer) }
    if let number = Double(string) { return .number(number) }
    throw error("a value is missing")
  }
}
