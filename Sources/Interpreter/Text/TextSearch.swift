import Concurrency
import Messages

/// Finds the occurrences of a text in others in time proportional to both lengths: the algorithm of
/// Knuth, Morris and Pratt.
///
/// It compares bytes: Swift would treat a letter and a following combining accent as one character.
package struct TextSearch {
  private let part: [UInt8]
  /// For each prefix of the part, the length of its longest proper prefix that is also its suffix.
  private let borders: [UInt32]

  /// How many bytes are searched between two looks at the clock.
  private static let pieceLength = 1 << 18

  /// - Precondition: the part is not empty.
  package init(for part: String) throws {
    let count = part.utf8.count
    precondition(count > 0, "the empty text occurs everywhere")
    try Budget.reserve(5 * Double(count), for: "the search for a text of \(Quantity(count)) bytes")
    let part = Array(part.utf8)
    var borders = [UInt32](repeating: 0, count: count)
    try part.withUnsafeBufferPointer { part in
      try borders.withUnsafeMutableBufferPointer { borders in
        var length = 0
        for index in 1..<max(1, part.count) {
          if index % Self.pieceLength == 0 { try Budget.check() }
          while length > 0, part[index] != part[length] { length = Int(borders[length - 1]) }
          if part[index] == part[length] { length += 1 }
          borders[index] = UInt32(length)
        }
      }
    }
    self.part = part
    self.borders = borders
  }

  /// Calls `body` with the offset at which each occurrence begins, from left to right, without
  /// overlaps, until it returns false.
  package func forEachMatch(in text: UnsafeBufferPointer<UInt8>, _ body: (Int) -> Bool) throws {
    guard part.count <= text.count else { return }
    try part.withUnsafeBufferPointer { part in
      try borders.withUnsafeBufferPointer { borders in
        var length = 0
        for start in stride(from: 0, to: text.count, by: Self.pieceLength) {
          try Budget.check()
          for index in start..<min(start + Self.pieceLength, text.count) {
            while length > 0, text[index] != part[length] { length = Int(borders[length - 1]) }
            if text[index] == part[length] { length += 1 }
            guard length == part.count else { continue }
            guard body(index + 1 - length) else { return }
            length = 0
          }
        }
      }
    }
  }
}

extension String {
  /// How often a text occurs, without overlaps.
  ///
  /// - Precondition: `part` is not empty.
  package func count(of part: String) throws -> Int {
    guard part.utf8.count <= utf8.count else { return 0 }
    let search = try TextSearch(for: part)
    var count = 0
    try withBytes { bytes in
      try search.forEachMatch(in: bytes) { _ in
        count += 1
        return true
      }
    }
    return count
  }

  /// Python's `part in text`.
  func containsText(_ part: String) throws -> Bool {
    guard !part.isEmpty else { return true }
    guard part.utf8.count <= utf8.count else { return false }
    let search = try TextSearch(for: part)
    var isFound = false
    try withBytes { bytes in
      try search.forEachMatch(in: bytes) { _ in
        isFound = true
        return false
      }
    }
    return isFound
  }
}
