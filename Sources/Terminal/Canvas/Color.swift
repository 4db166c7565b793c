/// A terminal colour: the default, a palette entry, or a mixture. 0–7 are the classic colours, 8–15 their
/// bright variants, 16–255 the colour cube and greys of 256-colour terminals.
package enum Color: Hashable, Sendable {
  case standard
  case palette(UInt8)
  case rgb(red: UInt8, green: UInt8, blue: UInt8)

  /// Red, green and blue from 0 to 255, as xterm mixes them; nil for the default and for the sixteen colours
  /// that each terminal chooses for itself.
  package var components: (red: UInt8, green: UInt8, blue: UInt8)? {
    switch self {
    case .standard: return nil
    case .rgb(let red, let green, let blue): return (red, green, blue)
    case .palette(let number):
      guard number >= 16 else { return nil }
      if number >= 232 {
        let level = 8 + 10 * (number - 232)
        return (level, level, level)
      }
      func level(_ step: UInt8) -> UInt8 { step == 0 ? 0 : 55 + 40 * step }
      let place = number - 16
      return (level(place / 36), level(place / 6 % 6), level(place % 6))
    }
  }

  /// The entry of the 256-colour palette that looks most like this colour; itself if it is one.
  package var nearestInPalette: Color { nearest(in: 16...255, lightnessWeight: 1) }

  /// Of the colours, without the greys, the one whose lightness and hue come nearest.
  var nearestInCube: Color { nearest(in: 16...231, lightnessWeight: 1.5) { $0.chroma > 0.05 } }

  /// - Parameter lightnessWeight: above 1 where the order of lightness matters more than the hue.
  private func nearest(
    in range: ClosedRange<UInt8>, lightnessWeight: Double,
    where isWanted: (Oklab) -> Bool = { _ in true }
  ) -> Color {
    guard case .rgb = self, let wanted = Oklab(self) else { return self }
    var best: (color: Color, distance: Double)?
    for number in range {
      guard let candidate = Oklab(.palette(number)), isWanted(candidate) else { continue }
      let distance = candidate.distance(to: wanted, lightnessWeight: lightnessWeight)
      if distance < best?.distance ?? .infinity { best = (.palette(number), distance) }
    }
    return best?.color ?? self
  }
}
