/// A lesson's text as lines of bytes, with line endings normalised and the scalars reserved for
/// `FormulaPlaceholder` replaced.
///
/// Bytes, because cmark counts bytes, and processing ten megabytes of Characters would take seconds.
struct SourceText {
  private(set) var bytes: [UInt8]
  /// The offset of each line, followed by the offset of the end of the text.
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

  /// The bytes of a line, from 1, without the line feed. Empty outside the text.
  subscript(line: Int) -> ArraySlice<UInt8> {
    guard line >= 1, line <= lineCount else { return [] }
    return bytes[starts[line - 1]..<starts[line] - 1]
  }

  /// Whether a line contains only white space and quote marks, and so ends a paragraph.
  func isBlank(_ line: Int) -> Bool {
    self[line].allSatisfy { $0.isSpace || $0 == .greater }
  }

  /// The same text with its first lines blanked.
  func blankingLines(through last: Int) -> SourceText {
    guard last > 0 else { return self }
    var blank = String(repeating: "\n", count: last)
    blank += String(decoding: bytes[offset(ofLine: last + 1)...], as: UTF8.self)
    return SourceText(blank)
  }

  /// The offset of a line in `bytes`.
  func offset(ofLine line: Int) -> Int {
    starts[min(max(line - 1, 0), lineCount)]
  }

  /// Some lines without the blank ones around them; nil when all are blank.
  func text(ofLines lines: Range<Int>) -> String? {
    func isBlank(_ line: Int) -> Bool { self[line].allSatisfy(\.isSpace) }
    guard let first = lines.first(where: { !isBlank($0) }),
      let last = lines.last(where: { !isBlank($0) })
    else { return nil }
    return String(
      decoding: bytes[offset(ofLine: first)..<offset(ofLine: last + 1) - 1], as: UTF8.self)
  }

  /// The line of a byte, from 1.
  func line(ofByte offset: Int) -> Int {
    var low = 0
    var high = max(lineCount - 1, 0)
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= offset { low = middle } else { high = middle - 1 }
    }
    return low + 1
  }

  /// The line and column of a byte; both from 1, columns in Unicode scalars.
  func position(ofByte offset: Int) -> SourcePosition {
    let line = line(ofByte: offset)
    let start = starts[line - 1]
    return SourcePosition(line: line, column: columns(in: start..<max(offset, start)) + 1)
  }

  /// The number of Unicode scalars that begin in a range of bytes.
  func columns(in range: Range<Int>) -> Int {
    // Counts all but continuation bytes.
    bytes[range].count { $0 & 0xC0 != 0x80 }
  }

  /// The first occurrence of `pattern` at or after `offset`, ending by `end`.
  func firstIndex(of pattern: some Collection<UInt8>, from offset: Int, to end: Int) -> Int? {
    guard let first = pattern.first, offset < end else { return nil }
    var start = offset
    while let candidate = bytes[start..<end].firstIndex(of: first) {
      if bytes[candidate..<end].starts(with: pattern) { return candidate }
      start = candidate + 1
    }
    return nil
  }

  /// The column of a line's first non-blank character.
  func indentation(ofLine line: Int) -> Int {
    self[line].prefix(while: \.isSpace).count + 1
  }
}

/// A position in a lesson's file. Both count from 1; columns are in Unicode scalars, as in Python.
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
