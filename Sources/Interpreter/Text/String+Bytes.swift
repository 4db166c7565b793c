import Concurrency
import Glibc

// Python's view of a text is a sequence of scalars; ours are UTF-8, so that most of the work is done
// on bytes.

extension String {
  /// The UTF-8 bytes, without a copy.
  package func withBytes<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    var text = self
    return try text.withUTF8(body)
  }

  /// Negative, 0 or positive as the text is before, equal to or after another one, by the code
  /// points, whose order UTF-8 preserves.
  func order(relativeTo other: String) -> Int {
    withBytes { a in
      other.withBytes { b in
        guard let first = a.baseAddress, let second = b.baseAddress else {
          return a.count - b.count
        }
        let order = memcmp(first, second, min(a.count, b.count))
        return order == 0 ? a.count - b.count : Int(order)
      }
    }
  }

  /// Whether both have the same scalars; to Swift "é" equals "e" with an accent.
  func hasSameBytes(as other: String) -> Bool {
    utf8.count == other.utf8.count && order(relativeTo: other) == 0
  }

  /// Whether the bytes from an offset on begin with those of another text.
  package func hasBytes(of part: String, at offset: Int) -> Bool {
    guard offset >= 0, utf8.count - offset >= part.utf8.count else { return false }
    return withBytes { text in
      part.withBytes { part in
        guard let first = text.baseAddress, let second = part.baseAddress else { return true }
        return memcmp(first + offset, second, part.count) == 0
      }
    }
  }

  /// Python's `len(text)`. The standard library's count of scalars takes seconds for a gigabyte.
  var scalarCount: Int {
    withBytes { bytes in
      var count = 0
      // Every byte that does not continue a scalar begins one.
      for byte in bytes where byte & 0xc0 != 0x80 { count += 1 }
      return count
    }
  }

  /// The scalars at these positions as a text.
  ///
  /// - Precondition: all of them exist.
  func scalars(at positions: PythonRange) throws -> String {
    let count = utf8.count
    if scalarCount == count {
      try Budget.reserve(Double(positions.count), for: "the text")
      return try withBytes { bytes in
        try String(unsafeUninitializedCapacity: positions.count) { target in
          for index in 0..<positions.count {
            try Budget.check(step: index)
            target[index] = bytes[positions[index]]
          }
          return positions.count
        }
      }
    }
    if positions.step == 1 {
      let start = unicodeScalars.index(startIndex, offsetBy: positions.start)
      let end = unicodeScalars.index(start, offsetBy: positions.count)
      try Budget.reserve(Double(utf8.distance(from: start, to: end)), for: "the text")
      return String(unicodeScalars[start..<end])
    }
    try Budget.reserve(4 * Double(count), for: "the characters of a text of \(count) bytes")
    let scalars = Array(unicodeScalars)
    var part = String.UnicodeScalarView()
    for index in 0..<positions.count {
      try Budget.check(step: index)
      part.append(scalars[positions[index]])
    }
    return String(part)
  }

  /// The scalar at a position.
  ///
  /// - Precondition: it exists.
  func scalar(at position: Int) -> String {
    if scalarCount == utf8.count { return String(UnicodeScalar(withBytes { $0[position] })) }
    return String(
      unicodeScalars[unicodeScalars.index(unicodeScalars.startIndex, offsetBy: position)])
  }
}

extension Unicode.Scalar {
  /// Python's `isspace`.
  package var isPythonSpace: Bool {
    // The properties of a scalar take long to look up.
    value < 128
      ? value == 0x20 || (0x09...0x0d).contains(value) || (0x1c...0x1f).contains(value)
      : properties.isWhitespace
  }
}
