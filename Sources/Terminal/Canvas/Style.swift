/// How a cell of the canvas looks.
package struct Style: Hashable, Sendable {
  package var foreground: Color
  package var background: Color
  package var isBold: Bool
  package var isDim: Bool
  package var isUnderlined: Bool
  package var isReversed: Bool

  package init(
    foreground: Color = .standard, background: Color = .standard, isBold: Bool = false,
    isDim: Bool = false, isUnderlined: Bool = false, isReversed: Bool = false
  ) {
    self.foreground = foreground
    self.background = background
    self.isBold = isBold
    self.isDim = isDim
    self.isUnderlined = isUnderlined
    self.isReversed = isReversed
  }

  package static let plain = Style()
}

/// A terminal colour: the default, or a palette entry. 0–7 are the classic colours, 8–15 their
/// bright variants, 16–255 the colour cube and greys of 256-colour terminals.
package enum Color: Hashable, Sendable {
  case standard
  case palette(UInt8)
}
