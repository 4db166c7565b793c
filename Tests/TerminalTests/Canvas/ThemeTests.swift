import Glibc
import Terminal
import Testing

/// Whether colours can be read and told apart, by numbers.
struct ThemeTests {
  private typealias Linear = SIMD3<Double>

  /// The lightest dark background and the darkest light one that are common.
  private static func paper(_ background: Theme.Background) -> Linear {
    background == .dark ? linear(30, 30, 30) : linear(250, 250, 248)
  }

  private static func linear(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Linear {
    func linear(_ byte: UInt8) -> Double {
      let value = Double(byte) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return Linear(linear(red), linear(green), linear(blue))
  }

  private static func linear(_ color: Color) throws -> Linear {
    let (red, green, blue) = try #require(color.components)
    return linear(red, green, blue)
  }

  private static func luminance(_ color: Linear) -> Double {
    (color * Linear(0.2126, 0.7152, 0.0722)).sum()
  }

  /// As the Web Content Accessibility Guidelines define it.
  private static func contrast(_ a: Linear, _ b: Linear) -> Double {
    let (first, second) = (luminance(a) + 0.05, luminance(b) + 0.05)
    return max(first, second) / min(first, second)
  }

  private static func lab(_ color: Linear) -> SIMD3<Double> {
    let color = color.clamped(lowerBound: .zero, upperBound: .one)
    let l = cbrt((color * Linear(0.4122214708, 0.5363325363, 0.0514459929)).sum())
    let m = cbrt((color * Linear(0.2119034982, 0.6806995451, 0.1073969566)).sum())
    let s = cbrt((color * Linear(0.0883024619, 0.2817188376, 0.6299787005)).sum())
    return SIMD3(
      0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s)
  }

  /// The rows of what eyes without one kind of cone see: G. Machado and others, "A physiologically-based
  /// model for simulation of color vision deficiency", 2009.
  private static let eyes: [[Linear]] = [
    [Linear(1, 0, 0), Linear(0, 1, 0), Linear(0, 0, 1)],
    [
      Linear(0.152286, 1.052583, -0.204868), Linear(0.114503, 0.786281, 0.099216),
      Linear(-0.003882, -0.048116, 1.051998),
    ],
    [
      Linear(0.367322, 0.860646, -0.227968), Linear(0.280085, 0.672501, 0.047413),
      Linear(-0.011820, 0.042940, 0.968881),
    ],
    [
      Linear(1.255528, -0.076749, -0.178779), Linear(-0.078411, 0.930809, 0.147602),
      Linear(0.004733, 0.691367, 0.303900),
    ],
  ]

  /// For the eyes that see the least difference.
  private static func distance(_ a: Linear, _ b: Linear) -> Double {
    eyes.map { rows in
      func seen(_ color: Linear) -> SIMD3<Double> {
        lab(Linear((rows[0] * color).sum(), (rows[1] * color).sum(), (rows[2] * color).sum()))
      }
      let difference = seen(a) - seen(b)
      return (difference * difference).sum().squareRoot()
    }.min() ?? 0
  }

  @Test("Text and curves have a contrast of 4.5 to 1", arguments: [Theme.Background.dark, .light])
  func contrast(background: Theme.Background) throws {
    let theme = Theme(background: background, colors: 256)
    let styles: [(String, Style)] =
      [
        ("title", theme.title), ("heading", theme.heading), ("link", theme.link),
        ("dim", theme.dim), ("code", theme.code), ("name", theme.name),
        ("keyword", theme.keyword), ("literal", theme.literal), ("math", theme.math),
        ("accent", theme.accent), ("focus", theme.focus), ("error", theme.error),
        ("warning", theme.warning), ("success", theme.success), ("axis", theme.axis),
        ("marker", theme.marker), ("cursor", theme.cursor),
      ] + theme.series.enumerated().map { ("series \($0)", $1) }
    for (name, style) in styles where style.foreground != .standard {
      let contrast = Self.contrast(
        try Self.linear(style.foreground), Self.paper(background))
      #expect(contrast >= 4.5, "\(name): \(contrast)")
    }
  }

  @Test("On white paper the eight classic colours can be read, too", arguments: [8, 16])
  func classicContrast(colors: Int) throws {
    let theme = Theme(background: .light, colors: colors)
    // Red and blue of xterm, of the PC's console, and of Visual Studio Code.
    let inks: [UInt8: [Linear]] = [
      1: [Self.linear(205, 0, 0), Self.linear(170, 0, 0), Self.linear(205, 49, 49)],
      4: [Self.linear(0, 0, 238), Self.linear(0, 0, 170), Self.linear(36, 114, 200)],
    ]
    let styles: [(String, Style)] = [
      ("heading", theme.heading), ("link", theme.link), ("code", theme.code), ("name", theme.name),
      ("keyword", theme.keyword), ("literal", theme.literal), ("math", theme.math),
      ("accent", theme.accent), ("focus", theme.focus), ("error", theme.error),
      ("warning", theme.warning), ("success", theme.success),
    ]
    for (name, style) in styles where style.foreground != .standard {
      guard case .palette(let number) = style.foreground, let inks = inks[number] else {
        Issue.record("\(name): \(style.foreground)")
        continue
      }
      for ink in inks {
        let contrast = Self.contrast(ink, Self.paper(.light))
        #expect(contrast >= 4.5, "\(name): \(contrast)")
      }
    }
    // What tells them apart without a colour.
    #expect(theme.keyword.isBold && theme.literal == .plain)
  }

  @Test(
    "The focus has a colour of its own, for any eyes", arguments: [Theme.Background.dark, .light])
  func focus(background: Theme.Background) throws {
    let theme = Theme(background: background, colors: 256)
    let focus = try Self.linear(theme.focus.foreground)
    for (index, style) in theme.series.enumerated() {
      let distance = Self.distance(try Self.linear(style.foreground), focus)
      #expect(distance > 0.07, "series \(index): \(distance)")
    }
    for style in [theme.warning, theme.marker, theme.accent, theme.code] + theme.series {
      #expect(style.foreground != theme.focus.foreground)
    }
    for colors in [8, 16] {
      let theme = Theme(background: background, colors: colors)
      #expect(!theme.series.contains { $0.foreground == theme.focus.foreground })
    }
  }

  @Test(
    "The first four series differ for any eyes", arguments: [Theme.Background.dark, .light])
  func series(background: Theme.Background) throws {
    let series = try Theme(background: background, colors: 256).series.prefix(4)
      .map { try Self.linear($0.foreground) }
    for (index, color) in series.enumerated() {
      for other in series[..<index] { #expect(Self.distance(color, other) > 0.08, "\(index)") }
    }
  }

  @Test(
    "The colours of levels grow evenly lighter, or darker, also as palette entries",
    arguments: [Theme.Background.dark, .light], [256, 1 << 24])
  func heatScale(background: Theme.Background, colors: Int) throws {
    let lightness = try Theme(background: background, colors: colors).heatScale
      .map { Self.lab(try Self.linear($0)).x }
    #expect(lightness.count >= 16)
    let sign = background == .dark ? 1.0 : -1
    let steps = zip(lightness, lightness.dropFirst()).map { sign * ($1 - $0) }
    // The palette has few dark colours.
    let slack = colors == 256 ? 0.09 : 0.005
    #expect(steps.allSatisfy { $0 > (colors == 256 ? -0.03 : 0) }, "\(steps)")
    #expect(steps.allSatisfy { $0 < 0.04 + slack }, "\(steps)")
    #expect(sign * (lightness[lightness.count - 1] - lightness[0]) > 0.6)
  }

  @Test("Emphasis is not underlined as a link is")
  func emphasis() {
    for theme in [Theme.monochrome, Theme(background: .dark, colors: 256)] {
      #expect(!theme.emphasis.isUnderlined && theme.emphasis != theme.strong)
      #expect(theme.link.isUnderlined)
    }
  }

  @Test("Mixed colours come as near as the palette allows")
  func nearestInPalette() {
    #expect(Color.rgb(red: 95, green: 215, blue: 255).nearestInPalette == .palette(81))
    #expect(Color.rgb(red: 255, green: 174, blue: 96).nearestInPalette == .palette(215))
    #expect(Color.palette(3).nearestInPalette == .palette(3))
    #expect(Color.standard.nearestInPalette == .standard)
  }
}
