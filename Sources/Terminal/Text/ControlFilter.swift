import Messages

/// Makes bytes of unknown origin safe for a terminal: controls are shown as "\x1b", line feeds and
/// tabs pass, and what is not UTF-8 is shown byte by byte.
///
/// Works on bytes as they come and allocates nothing, so a signal handler can use it.
package struct ControlFilter {
  /// The most bytes that one byte becomes: a character that was cut short and is shown byte by byte,
  /// and the byte that cut it short.
  package static let longestOutput = 16

  /// The bytes of an unfinished character, the first one in the upper bits.
  private var pending: UInt32 = 0
  private var pendingCount = 0
  private var missingCount = 0

  package init() {}

  /// - Parameters:
  ///   - output: takes ``longestOutput`` bytes and more.
  /// - Returns: how many bytes were put there.
  package mutating func put(_ byte: UInt8, into output: UnsafeMutableRawBufferPointer) -> Int {
    var writer = Writer(output: output)
    if missingCount > 0, byte & 0xC0 == 0x80 {
      pending = pending << 8 | UInt32(byte)
      pendingCount += 1
      missingCount -= 1
      if missingCount == 0 { finish(&writer) }
      return writer.count
    }
    flush(&writer)
    switch byte {
    case 0x0A, 0x09, 0x20...0x7E: writer.append(byte)
    case 0xC2...0xDF: begin(byte, missing: 1)
    case 0xE0...0xEF: begin(byte, missing: 2)
    case 0xF0...0xF4: begin(byte, missing: 3)
    default: writer.escape(byte)
    }
    return writer.count
  }

  private mutating func begin(_ byte: UInt8, missing: Int) {
    (pending, pendingCount, missingCount) = (UInt32(byte), 1, missing)
  }

  /// Writes a whole character.
  private mutating func finish(_ writer: inout Writer) {
    var value: UInt32 =
      switch pendingCount {
      case 2: pending >> 8 & 0x1F
      case 3: pending >> 16 & 0x0F
      default: pending >> 24 & 0x07
      }
    for index in stride(from: pendingCount - 2, through: 0, by: -1) {
      value = value << 6 | pending >> (8 * UInt32(index)) & 0x3F
    }
    guard let scalar = Unicode.Scalar(value), !scalar.isControl, value >= 0x80 else {
      flush(&writer)
      return
    }
    for index in stride(from: pendingCount - 1, through: 0, by: -1) {
      writer.append(UInt8(truncatingIfNeeded: pending >> (8 * UInt32(index))))
    }
    (pendingCount, missingCount) = (0, 0)
  }

  /// Shows the bytes of what is no character.
  private mutating func flush(_ writer: inout Writer) {
    for index in stride(from: pendingCount - 1, through: 0, by: -1) {
      writer.escape(UInt8(truncatingIfNeeded: pending >> (8 * UInt32(index))))
    }
    (pendingCount, missingCount) = (0, 0)
  }

  private struct Writer {
    let output: UnsafeMutableRawBufferPointer
    var count = 0

    mutating func append(_ byte: UInt8) {
      output[count] = byte
      count += 1
    }

    /// "\x1b"
    mutating func escape(_ byte: UInt8) {
      append(UInt8(ascii: "\\"))
      append(UInt8(ascii: "x"))
      append(digit(byte >> 4))
      append(digit(byte & 0xF))
    }

    private func digit(_ value: UInt8) -> UInt8 {
      value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
  }
}
