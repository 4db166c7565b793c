/// What stands for a piece of a formula while cmark parses the text around it: its number between
/// two noncharacters. Unicode keeps these out of texts; where one occurs all the same, it is
/// replaced beforehand, so a placeholder cannot be mistaken.
enum FormulaPlaceholder {
  // Swift takes no noncharacters in literals; the initialiser fails for surrogates only.
  static let opening = Unicode.Scalar(0xFDD0 as UInt32)!
  static let closing = Unicode.Scalar(0xFDD1 as UInt32)!

  static func text(_ number: Int) -> String { "\(opening)\(number)\(closing)" }

  /// Replaces both scalars by U+FFFD, which has as many bytes.
  static func removeReservedScalars(from bytes: inout [UInt8]) {
    var index = 0
    while index + 2 < bytes.count {
      if bytes[index] == 0xEF, bytes[index + 1] == 0xB7,
        bytes[index + 2] == 0x90 || bytes[index + 2] == 0x91
      {
        bytes[index + 1] = 0xBF
        bytes[index + 2] = 0xBD
      }
      index += 1
    }
  }
}
