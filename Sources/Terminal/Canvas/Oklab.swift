import Glibc

/// A colour by how it is seen: equal distances look equally different.
///
/// B. Ottosson, "A perceptual color space for image processing", 2020.
struct Oklab {
  /// 0 for black, 1 for white.
  var lightness: Double
  /// From green (negative) to red.
  var a: Double
  /// From blue (negative) to yellow.
  var b: Double

  init(lightness: Double, a: Double, b: Double) {
    (self.lightness, self.a, self.b) = (lightness, a, b)
  }

  /// - Parameter hue: in degrees, counted from red over yellow and green to blue.
  init(lightness: Double, chroma: Double, hue: Double) {
    self.init(
      lightness: lightness, a: chroma * cos(hue * .pi / 180), b: chroma * sin(hue * .pi / 180))
  }

  /// Nil for colours that the terminal chooses.
  init?(_ color: Color) {
    guard let (red, green, blue) = color.components else { return nil }
    func linear(_ byte: UInt8) -> Double {
      let value = Double(byte) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    let (r, g, b) = (linear(red), linear(green), linear(blue))
    let l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    let m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    let s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    self.init(
      lightness: 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
      a: 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      b: 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s)
  }

  /// As red, green and blue; what no screen can show is moved to the nearest that it can.
  var color: Color {
    let l = pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3)
    let m = pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3)
    let s = pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3)
    func byte(_ linear: Double) -> UInt8 {
      let value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow(linear, 1 / 2.4) - 0.055
      return UInt8((255 * max(0, min(1, value))).rounded())
    }
    return .rgb(
      red: byte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
      green: byte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
      blue: byte(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s))
  }

  /// How far it is from grey.
  var chroma: Double { (a * a + b * b).squareRoot() }

  func distance(to other: Oklab, lightnessWeight: Double = 1) -> Double {
    let (x, y, z) = (lightnessWeight * (lightness - other.lightness), a - other.a, b - other.b)
    return (x * x + y * y + z * z).squareRoot()
  }
}

/// The colours of levels from the lowest to the highest: lightness changes evenly, so that equal steps of the
/// level look equal, with or without the colour. From violet over blue and green to yellow; orange is the focus's.
enum HeatScale {
  static let count = 32

  /// - Parameters:
  ///   - background: the lowest level is the one that lies next to it.
  ///   - colors: of the terminal; entries of the palette where it cannot mix its own.
  static func colors(on background: Theme.Background, colors: Int) -> [Color] {
    switch (background, colors >= 1 << 24) {
    case (.dark, true): mixedOnDark
    case (.dark, false): cubeOnDark
    case (.light, true): mixedOnLight
    case (.light, false): cubeOnLight
    }
  }

  // Themes are made for each frame; the search through the palette takes milliseconds.
  private static let mixedOnDark = mixed(on: .dark)
  private static let mixedOnLight = mixed(on: .light)
  private static let cubeOnDark = mixedOnDark.map(\.nearestInCube)
  private static let cubeOnLight = mixedOnLight.map(\.nearestInCube)

  private static func mixed(on background: Theme.Background) -> [Color] {
    (0..<count).map { step in
      let level = Double(step) / Double(count - 1)
      let lightness = background == .dark ? 0.22 + 0.72 * level : 0.94 - 0.72 * level
      // The lightness decides on the hue: yellow is a light colour, violet a dark one.
      let place = (lightness - 0.22) / 0.72
      let chroma = 0.11 + 0.05 * sin(.pi * place)
      return Oklab(lightness: lightness, chroma: chroma, hue: 300 - 195 * place).color
    }
  }
}
