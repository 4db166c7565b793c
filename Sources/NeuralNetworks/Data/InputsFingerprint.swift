/// Stands for the inputs of a data set that are not kept: 128 bits that differ whenever one bit of the
/// inputs does, but for accidents that never happen.
package struct InputsFingerprint: Hashable, Sendable {
  private let words: (UInt64, UInt64)

  /// O(inputs).
  package init(of inputs: [Float]) {
    // Two multiplications by odd numbers, each mixed down by a shift; the two differ in both.
    var (first, second) = (0x9E37_79B9_7F4A_7C15 as UInt64, 0xC2B2_AE3D_27D4_EB4F as UInt64)
    for value in inputs {
      let bits = UInt64(value.bitPattern)
      first = (first ^ bits) &* 0xFF51_AFD7_ED55_8CCD
      first ^= first >> 32
      second = (second &+ bits) &* 0xC4CE_B9FE_1A85_EC53
      second ^= second >> 29
    }
    words = (first, second ^ UInt64(inputs.count))
  }

  /// - Parameter text: as `description` writes it.
  package init?(_ text: String) {
    guard text.utf8.count == 32, let first = UInt64(text.prefix(16), radix: 16),
      let second = UInt64(text.suffix(16), radix: 16)
    else { return nil }
    words = (first, second)
  }

  package static func == (a: Self, b: Self) -> Bool { a.words == b.words }

  package func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

extension InputsFingerprint: CustomStringConvertible {
  package var description: String {
    [words.0, words.1].map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
