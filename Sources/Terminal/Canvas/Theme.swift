/// The style of each kind of element; colour numbers appear nowhere else. Colour is never the only
/// carrier of meaning: with `.monochrome` no page loses information.
package struct Theme: Hashable, Sendable {
  package enum Background: Hashable, Sendable { case dark, light }

  package var title = Style(isBold: true)
  package var heading = Style(isBold: true)
  package var prose = Style.plain
  package var strong = Style(isBold: true)
  package var emphasis = Style(isUnderlined: true)
  package var link = Style(isUnderlined: true)
  package var dim = Style(isDim: true)
  package var code = Style.plain
  package var keyword = Style(isBold: true)
  package var literal = Style.plain
  package var math = Style.plain
  package var accent = Style(isBold: true)
  package var focus = Style(isBold: true)
  package var selection = Style(isReversed: true)
  package var error = Style(isBold: true)
  package var warning = Style(isBold: true)
  package var success = Style(isBold: true)
  package var axis = Style(isDim: true)
  package var marker = Style.plain
  package var cursor = Style(isBold: true)
  /// One for each series of a plot, in order; never empty.
  package var series = Array(repeating: Style.plain, count: 6)
  /// From the lowest to the highest value of a heatmap; never empty.
  package var heat = [Style.plain]

  /// Bold, dim, underlined and reversed only.
  package static let monochrome = Theme()

  private init() {}

  /// The theme for a terminal with this many colours: fewer than 8 count as none, fewer than 256 as
  /// the eight classic ones.
  package init(background: Background, colors: Int) {
    guard colors >= 8 else {
      self = .monochrome
      return
    }
    let isDark = background == .dark
    if colors >= 256 {
      self.init(isDark ? Palette.dark : Palette.light)
    } else {
      self.init(isDark ? Palette.classicOnDark : Palette.classicOnLight)
    }
  }

  private init(_ palette: Palette) {
    func colored(_ number: UInt8, isBold: Bool = false) -> Style {
      Style(foreground: .palette(number), isBold: isBold)
    }
    heading = colored(palette.accent, isBold: true)
    if let grey = palette.grey {
      dim = colored(grey)
      axis = colored(grey)
    }
    link.foreground = .palette(palette.accent)
    code = colored(palette.code)
    keyword = colored(palette.keyword)
    literal = colored(palette.success)
    math = colored(palette.code)
    accent = colored(palette.accent)
    focus = colored(palette.focus, isBold: true)
    error = colored(palette.error, isBold: true)
    warning = colored(palette.warning)
    success = colored(palette.success)
    marker = colored(palette.warning)
    cursor = colored(palette.focus, isBold: true)
    series = palette.series.map { colored($0) }
    heat = palette.heat.map { colored($0) }
  }
}

private struct Palette {
  var accent: UInt8
  var code: UInt8
  var keyword: UInt8
  var focus: UInt8
  var error: UInt8
  var warning: UInt8
  var success: UInt8
  /// Nil to use the terminal's own dim text.
  var grey: UInt8?
  var series: [UInt8]
  var heat: [UInt8]

  static let dark = Palette(
    accent: 81, code: 152, keyword: 176, focus: 215, error: 203, warning: 221, success: 114,
    grey: 245, series: [81, 215, 114, 212, 228, 141],
    heat: [17, 54, 91, 127, 162, 197, 203, 209, 215, 222, 229])
  static let light = Palette(
    accent: 25, code: 24, keyword: 90, focus: 130, error: 160, warning: 130, success: 28,
    grey: 242, series: [25, 166, 28, 162, 94, 91],
    heat: [230, 222, 215, 209, 203, 197, 162, 127, 91, 54, 17])
  static let classicOnDark = Palette(
    accent: 6, code: 6, keyword: 5, focus: 3, error: 1, warning: 3, success: 2, grey: nil,
    series: [6, 3, 2, 5, 1, 7], heat: [4, 6, 2, 3, 1])
  static let classicOnLight = Palette(
    accent: 4, code: 4, keyword: 5, focus: 1, error: 1, warning: 5, success: 2, grey: nil,
    series: [4, 1, 2, 5, 6, 0], heat: [6, 2, 4, 5, 1])
}
