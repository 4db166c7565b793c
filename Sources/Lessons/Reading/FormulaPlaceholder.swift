/// Stands for part of a formula while cmark parses the surrounding text: a number between two
/// noncharacters. Unicode does not use these in text, and any that occur are replaced first, so
/// placeholders are unambiguous.
enum FormulaPlaceholder {
  // Swift does not allow noncharacters in literals. The initialiser fails only for surrogates.
  static let opening = Unicode.Scalar(0xFDD0 as UInt32)!
  static let closing = Unicode.Scalar(0xFDD1 as UInt32)!

  static func text(_ number: Int) -> String { "\(opening)\(number)\(closing)" }

  /// Replaces both scalars by U+FFFD, which has the same length in UTF-8.
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
