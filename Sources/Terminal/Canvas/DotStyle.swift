/// How curves are drawn: the dots that a cell of the canvas holds, and the characters for them.
package enum DotStyle: Hashable, Sendable, CaseIterable {
  /// 2 × 4 dots: ⡠⠊. In most fonts, but with gaps between the dots.
  case braille
  /// 2 × 3 blocks without gaps: 🬞🬆. In newer fonts and terminals only.
  case sextants
  /// 2 × 2 blocks without gaps: ▗▘. In nearly all fonts.
  case blocks
  /// One character of the series: *.
  case ascii

  var dotsAcross: Int { self == .ascii ? 1 : 2 }

  var dotsDown: Int {
    switch self {
    case .braille: 4
    case .sextants: 3
    case .blocks: 2
    case .ascii: 1
    }
  }

  /// The bit of a dot in a cell's mask: row by row, from the upper left.
  func bit(x: Int, y: Int) -> UInt8 { 1 << UInt8(y * dotsAcross + x) }

  /// The character for a mask that is not 0; nil in ASCII, where the series decides.
  func glyph(_ mask: UInt8) -> Character? {
    let scalar: UInt32
    switch self {
    case .braille:
      // Unicode counts the upper six dots column by column, then the last row.
      var pattern: UInt32 = 0
      for (row, bits) in [(0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80)].enumerated() {
        if mask & bit(x: 0, y: row) != 0 { pattern |= UInt32(bits.0) }
        if mask & bit(x: 1, y: row) != 0 { pattern |= UInt32(bits.1) }
      }
      scalar = 0x2800 + pattern
    case .sextants:
      // The left half, the right half and the full block were in Unicode before.
      switch mask {
      case 0b010101: scalar = 0x258C
      case 0b101010: scalar = 0x2590
      case 0b111111: scalar = 0x2588
      default:
        let skipped: UInt32 = (mask > 0b010101 ? 1 : 0) + (mask > 0b101010 ? 1 : 0)
        scalar = 0x1FB00 + UInt32(mask) - 1 - skipped
      }
    case .blocks:
      let quadrants: [UInt32] = [
        0x20, 0x2598, 0x259D, 0x2580, 0x2596, 0x258C, 0x259E, 0x259B, 0x2597, 0x259A, 0x2590,
        0x259C,
        0x2584, 0x2599, 0x259F, 0x2588,
      ]
      scalar = quadrants[Int(mask) & 15]
    case .ascii: return nil
    }
    return Unicode.Scalar(scalar).map(Character.init)
  }
}
