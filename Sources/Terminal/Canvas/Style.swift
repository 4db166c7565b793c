/// How a cell of the canvas looks.
package struct Style: Hashable, Sendable {
  package var foreground: Color
  package var background: Color
  package var isBold: Bool
  package var isDim: Bool
  /// Slanted, in terminals that can.
  package var isItalic: Bool
  package var isUnderlined: Bool
  package var isReversed: Bool

  package init(
    foreground: Color = .standard, background: Color = .standard, isBold: Bool = false,
    isDim: Bool = false, isItalic: Bool = false, isUnderlined: Bool = false,
    isReversed: Bool = false
  ) {
    self.foreground = foreground
    self.background = background
    self.isBold = isBold
    self.isDim = isDim
    self.isItalic = isItalic
    self.isUnderlined = isUnderlined
    self.isReversed = isReversed
  }

  package static let plain = Style()
}
