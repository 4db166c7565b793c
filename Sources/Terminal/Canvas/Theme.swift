/// The style of each kind of element; colour numbers appear nowhere else. Colour is never the only
/// carrier of meaning: with `.monochrome` no page loses information.
package struct Theme: Hashable, Sendable {
  package enum Background: Hashable, Sendable { case dark, light }

  package var title = Style(isBold: true)
  package var heading = Style(isBold: true)
  package var prose = Style.plain
  package var strong = Style(isBold: true)
  package var emphasis = Style(isItalic: true)
  package var link = Style(isUnderlined: true)
  package var dim = Style(isDim: true)
  /// Code within prose, and in a cell what is called.
  package var code = Style.plain
  /// In a cell, the other names.
  package var name = Style.plain
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
  /// One for each series of a plot, in order; never empty. They differ for colour-blind eyes, too, and are
  /// not the colour of the focus.
  package var series = Array(repeating: Style.plain, count: 6)
  /// Behind the series: the range over which each scatters.
  package var bands = Array(repeating: Style(isDim: true), count: 6)
  /// From the lowest to the highest value of a heatmap that is drawn in shades; never empty.
  package var heat = [Style.plain]
  /// The same for one that is drawn in colours alone; empty in terminals that have not enough of them.
  package var heatScale: [Color] = []

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
      heatScale = HeatScale.colors(on: background, colors: colors)
      heat = heatScale.map { Style(foreground: $0) }
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
    name = palette.name.map { colored($0) } ?? .plain
    keyword = palette.keyword.map { colored($0) } ?? Style(isBold: true)
    literal = palette.literal.map { colored($0) } ?? .plain
    math = colored(palette.code)
    accent = colored(palette.accent)
    focus = colored(palette.focus, isBold: true)
    error = colored(palette.error, isBold: true)
    warning = colored(palette.warning)
    success = colored(palette.success)
    series = palette.series.map { colored($0) }
    bands = palette.bands?.map { colored($0) } ?? bands
    heat = palette.heat.map { colored($0) }
  }
}

private struct Palette {
  var accent: UInt8
  /// Code within prose, and functions.
  var code: UInt8
  /// Other names in code; nil for the colour of text.
  var name: UInt8?
  /// Nil for bold.
  var keyword: UInt8?
  /// Nil for the colour of text.
  var literal: UInt8?
  /// Of nothing else: the student looks for it.
  var focus: UInt8
  var error: UInt8
  var warning: UInt8
  var success: UInt8
  /// Nil to use the terminal's own dim text.
  var grey: UInt8?
  var series: [UInt8]
  /// Darker or paler than the series; nil to dim.
  var bands: [UInt8]?
  /// Only where there are not enough colours for a scale of them.
  var heat: [UInt8] = []

  static let dark = Palette(
    accent: 81, code: 117, name: 252, keyword: 176, literal: 114, focus: 215, error: 203,
    warning: 227,
    success: 114, grey: 245, series: [81, 228, 141, 167, 255, 35],
    bands: [24, 100, 60, 95, 240, 22])
  static let light = Palette(
    accent: 25, code: 24, name: 236, keyword: 90, literal: 22, focus: 130, error: 160, warning: 58,
    success: 22, grey: 242, series: [25, 88, 129, 238, 22, 19],
    bands: [153, 181, 183, 250, 151, 147])
  static let classicOnDark = Palette(
    accent: 6, code: 6, name: nil, keyword: 5, literal: 2, focus: 3, error: 1, warning: 3,
    success: 2,
    grey: nil,
    series: [6, 2, 5, 7, 1, 4], bands: nil, heat: [4, 6, 2, 3, 1])
  /// On white paper, text in green, yellow, magenta or cyan is too pale to read in most terminals.
  static let classicOnLight = Palette(
    accent: 4, code: 4, name: nil, keyword: nil, literal: nil, focus: 1, error: 1, warning: 4,
    success: 4, grey: nil,
    series: [4, 2, 5, 6, 0, 3], bands: nil, heat: [6, 2, 4, 5, 1])
}
