/// A lesson's text as lines of bytes, with line ends made the same and the scalars that stand for
/// formulas (`FormulaPlaceholder`) taken out of use.
///
/// Bytes, because cmark counts in bytes and ten megabytes of Characters would take seconds.
struct SourceText {
  private(set) var bytes: [UInt8]
  /// Where each line starts; the last entry is where a line after the last one would.
  private var starts: [Int]

  init(_ text: String) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 1)
    var wasReturn = false
    for byte in text.utf8 {
      if byte == .lineFeed && wasReturn {
        wasReturn = false
        continue
      }
      wasReturn = byte == .carriageReturn
      bytes.append(wasReturn ? .lineFeed : byte == 0 ? .space : byte)
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    if !bytes.isEmpty && bytes.last != .lineFeed { bytes.append(.lineFeed) }
    FormulaPlaceholder.removeReservedScalars(from: &bytes)

    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == .lineFeed { starts.append(offset + 1) }
    self.bytes = bytes
    self.starts = starts
  }

  var lineCount: Int { starts.count - 1 }

  /// The bytes of a line, from 1, without its line end. Empty outside the text.
  subscript(line: Int) -> ArraySlice<UInt8> {
    guard line >= 1, line <= lineCount else { return [] }
    return bytes[starts[line - 1]..<starts[line] - 1]
  }

  /// Whether a line ends a paragraph: nothing but space and a quote's marks.
  func isBlank(_ line: Int) -> Bool {
    self[line].allSatisfy { $0.isSpace || $0 == .greater }
  }

  /// The same text with nothing on its first lines.
  func blankingLines(through last: Int) -> SourceText {
    guard last > 0 else { return self }
    var blank = String(repeating: "\n", count: last)
    blank += String(decoding: bytes[offset(ofLine: last + 1)...], as: UTF8.self)
    return SourceText(blank)
  }

  /// Where a line starts in `bytes`.
  func offset(ofLine line: Int) -> Int {
    starts[min(max(line - 1, 0), lineCount)]
  }

  /// The line that a byte stands on, from 1.
  func line(ofByte offset: Int) -> Int {
    var low = 0
    var high = max(lineCount - 1, 0)
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= offset { low = middle } else { high = middle - 1 }
    }
    return low + 1
  }

  /// The place of a byte, in lines and Unicode scalars from 1.
  func position(ofByte offset: Int) -> SourcePosition {
    let line = line(ofByte: offset)
    let start = starts[line - 1]
    return SourcePosition(line: line, column: columns(in: start..<max(offset, start)) + 1)
  }

  /// How many Unicode scalars begin in a part of the text.
  func columns(in range: Range<Int>) -> Int {
    // A scalar's first byte is one that does not continue another.
    bytes[range].count { $0 & 0xC0 != 0x80 }
  }

  /// The first place of `pattern` at or after `offset`, before `end`.
  func firstIndex(of pattern: some Collection<UInt8>, from offset: Int, to end: Int) -> Int? {
    guard let first = pattern.first, offset < end else { return nil }
    var start = offset
    while let candidate = bytes[start..<end].firstIndex(of: first) {
      if bytes[candidate..<end].starts(with: pattern) { return candidate }
      start = candidate + 1
    }
    return nil
  }

  /// The column of a line's first character that is not a space.
  func indentation(ofLine line: Int) -> Int {
    self[line].prefix(while: \.isSpace).count + 1
  }
}

/// A place in a lesson's file. Both count from 1; columns count Unicode scalars, as Python does.
struct SourcePosition: Hashable {
  var line: Int
  var column: Int
}

extension UInt8 {
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let dollar = UInt8(ascii: "$")
  static let backtick = UInt8(ascii: "`")
  static let backslash = UInt8(ascii: "\\")
  static let greater = UInt8(ascii: ">")

  var isSpace: Bool { self == .space || self == .tab }
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
  var isLetter: Bool { (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "z") }
}
