import Terminal

/// The options of the reader, and the capabilities of the terminal.
package struct Appearance: Hashable, Sendable {
  package var background: Theme.Background
  /// Whether the student has chosen the colours: what the terminal says is no news then.
  private(set) var isBackgroundChosen = false
  /// 0 without colour.
  package var colors: Int
  package var isColored: Bool
  package var charset: Charset
  /// Whether the terminal supports more than ASCII.
  package var hasUnicode: Bool
  /// How curves are drawn where there is more than ASCII.
  package var dots = DotStyle.braille
  package var hasSound = true
  /// Off unless asked for: the terminal's own selecting of text then works as usual.
  package var usesMouse = false

  package init(background: Theme.Background, colors: Int, hasUnicode: Bool) {
    self.background = background
    self.colors = colors
    isColored = colors >= 8
    charset = hasUnicode ? .unicode : .ascii
    self.hasUnicode = hasUnicode
  }

  package var theme: Theme { Theme(background: background, colors: isColored ? colors : 0) }

  // MARK: As a list of options

  /// Name, setting, and a note about it.
  var options: [(name: String, setting: String, remark: String)] {
    [
      (
        "colours", isColored ? (background == .dark ? "for dark" : "for light") : "none",
        colors >= 8 ? "the background of your terminal" : "this terminal has none"
      ),
      (
        "characters", charset == .unicode ? "Unicode" : "ASCII",
        hasUnicode ? "ASCII for fonts without dots and lines" : "this terminal shows ASCII only"
      ),
      (
        "curves", charset == .unicode ? dots.name : "characters",
        charset == .unicode ? dots.remark : "one for each curve, in ASCII"
      ),
      ("sound", hasSound ? "on" : "off", "when off, the playhead still moves"),
      ("mouse", usesMouse ? "on" : "off", "when on, Shift with the mouse selects text"),
    ]
  }

  /// Moves an option to its next (1) or previous (−1) setting.
  mutating func change(option index: Int, by steps: Int) {
    switch index {
    case 0 where colors >= 8:
      isBackgroundChosen = true
      let current = isColored ? (background == .dark ? 0 : 1) : 2
      let next = ((current + steps) % 3 + 3) % 3
      isColored = next < 2
      if isColored { background = next == 0 ? .dark : .light }
    case 1 where hasUnicode: charset = charset == .unicode ? .ascii : .unicode
    case 2 where charset == .unicode:
      let styles: [DotStyle] = [.braille, .sextants, .blocks]
      let current = styles.firstIndex(of: dots) ?? 0
      dots = styles[((current + steps) % styles.count + styles.count) % styles.count]
    case 3: hasSound.toggle()
    case 4: usesMouse.toggle()
    default: break
    }
  }
}

extension DotStyle {
  /// As the options name it.
  fileprivate var name: String {
    switch self {
    case .braille: "dots"
    case .sextants: "sextants"
    case .blocks: "blocks"
    case .ascii: "characters"
    }
  }

  fileprivate var remark: String {
    switch self {
    case .braille: "eight a character, in nearly all fonts"
    case .sextants: "six a character, solid; newer terminals draw them"
    case .blocks: "four a character, solid, in all fonts"
    case .ascii: "one a character"
    }
  }
}
