import Messages

/// A canvas as a picture in SVG, for documents. Its colours follow the viewer's preference for dark or
/// light, where the viewer has one.
///
/// Text stays text, in whatever monospaced font there is, and each run has its exact width. Lines, blocks
/// and Braille dots are shapes, so that they meet in every font. All coordinates are whole numbers: a
/// cell has 20 × 40 units, in which the dots of a Braille character form a square grid.
package struct CanvasPicture {
  private let dark: Canvas
  private let light: Canvas
  private let title: String

  private static let cellWidth = 20
  private static let cellHeight = 40
  /// Around the canvas.
  private static let margin = 20
  /// Pixels for each unit: a cell is 9 pixels wide.
  private static let scale = 0.45
  /// The advance of most monospaced fonts is 0.6 of it.
  private static let fontSize = 33

  /// - Parameters:
  ///   - dark: with the styles for a dark background.
  ///   - light: the same characters with those for a light one.
  ///   - title: what the picture shows, for those who do not see it.
  package init(dark: Canvas, light: Canvas, title: String) {
    precondition(
      dark.width == light.width && dark.height == light.height, "both show the same characters")
    self.dark = dark
    self.light = light
    self.title = title
  }

  package var svg: String {
    let (width, height) = (
      dark.width * Self.cellWidth + 2 * Self.margin,
      dark.height * Self.cellHeight + 2 * Self.margin
    )
    var content = Content()
    for y in 0..<dark.height { draw(row: y, into: &content) }
    func pixels(_ units: Int) -> String { fixed(Double(units) * Self.scale, decimals: 0) }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" role="img" width="\(pixels(width))" \
      height="\(pixels(height))" viewBox="0 0 \(width) \(height)">
      <title>\(title.escapedForMarkup)</title>
      <style>
      text{font:\(Self.fontSize)px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre}
      .b{font-weight:bold}.i{font-style:italic}.u{text-decoration:underline}.d{opacity:.65}
      \(content.colors(\.dark))
      @media (prefers-color-scheme:light){
      \(content.colors(\.light))
      }
      </style>
      <rect class="\(content.name(of: .paper))" width="\(width)" height="\(height)" rx="16"/>
      \(content.shapes)\(content.text)</svg>

      """
  }

  // MARK: Cells

  /// A colour on either background.
  fileprivate struct Ink: Hashable {
    var dark: String
    var light: String

    static let paper = Ink(dark: "#101216", light: "#fafaf8")
    static let standard = Ink(dark: "#d7dade", light: "#1e1e1e")

    init(dark: String, light: String) { (self.dark, self.light) = (dark, light) }

    init(_ dark: Color, _ light: Color, standard: Ink) {
      self.dark = dark.hexadecimal ?? standard.dark
      self.light = light.hexadecimal ?? standard.light
    }
  }

  private struct Look: Hashable {
    var ink: Ink
    var paper: Ink
    var style: Style

    init(_ dark: Style, _ light: Style) {
      ink = Ink(dark.foreground, light.foreground, standard: .standard)
      paper = Ink(dark.background, light.background, standard: .paper)
      if dark.isReversed { (ink, paper) = (paper, ink) }
      style = dark
    }
  }

  private func draw(row y: Int, into content: inout Content) {
    let top = Self.margin + y * Self.cellHeight
    var run = Run()
    func finishRun() {
      if let element = run.element(baseline: top + 29, content: &content) {
        content.text += element
      }
      run = Run()
    }
    for x in 0..<dark.width {
      let cell = dark[x, y]
      guard cell.width > 0 else { continue }
      let look = Look(cell.style, light[x, y].style)
      let left = Self.margin + x * Self.cellWidth
      if look.paper != .paper {
        content.add(
          Box(0, 0, Int(cell.width) * Self.cellWidth, Self.cellHeight), at: (left, top), look.paper)
      }
      if let shape = CellShape(cell.character) {
        finishRun()
        for box in shape.boxes {
          content.add(
            box, at: (left, top), look.ink, opacity: look.style.isDim ? 65 : shape.opacity)
        }
        continue
      }
      // Blanks at a run's end are not written, and longer gaps part runs: viewers may drop blanks.
      if cell.character == " " {
        if run.text.last == " " { finishRun() }
        if !run.text.isEmpty { run.append(" ", width: 1) }
        continue
      }
      let isSymbol = cell.character.unicodeScalars.contains { $0.mayHaveAnotherWidth }
      if isSymbol || run.isSymbol || run.key != Self.key(look) { finishRun() }
      if run.text.isEmpty {
        run = Run(x: left, key: Self.key(look), isSymbol: isSymbol)
      }
      run.append(cell.character, width: Int(cell.width))
    }
    finishRun()
  }

  fileprivate struct TextKey: Hashable {
    var ink: Ink
    var style: Style
  }

  private static func key(_ look: Look) -> TextKey {
    var style = Style.plain
    style.isBold = look.style.isBold
    style.isItalic = look.style.isItalic
    style.isUnderlined = look.style.isUnderlined
    style.isDim = look.style.isDim
    return TextKey(ink: look.ink, style: style)
  }

  /// Characters beside each other in one style.
  private struct Run {
    var x = 0
    var key: TextKey?
    var isSymbol = false
    var text = ""
    var width = 0

    init() {}

    init(x: Int, key: TextKey, isSymbol: Bool) {
      self.x = x
      self.key = key
      self.isSymbol = isSymbol
    }

    mutating func append(_ character: Character, width: Int) {
      text.append(character)
      self.width += width
    }

    func element(baseline: Int, content: inout Content) -> String? {
      var (text, width) = (text, width)
      while text.last == " " {
        text.removeLast()
        width -= 1
      }
      guard let key, !text.isEmpty else { return nil }
      var classes = [content.name(of: key.ink)]
      if key.style.isBold { classes.append("b") }
      if key.style.isItalic { classes.append("i") }
      if key.style.isUnderlined { classes.append("u") }
      if key.style.isDim { classes.append("d") }
      return "<text class=\"\(classes.joined(separator: " "))\" x=\"\(x)\" y=\"\(baseline)\" "
        + "textLength=\"\(width * CanvasPicture.cellWidth)\" lengthAdjust=\"spacingAndGlyphs\">"
        + "\(text.escapedForMarkup)</text>\n"
    }
  }
}

/// What a picture is made of: shapes by their colours, then text.
private struct Content {
  private struct Layer: Hashable {
    var ink: CanvasPicture.Ink
    var opacity: Int
  }

  private var inks: [CanvasPicture.Ink] = []
  private var names: [CanvasPicture.Ink: String] = [:]
  private var layers: [Layer] = []
  private var paths: [Layer: String] = [:]
  /// The box that was added last to a layer, which the next one may continue.
  private var open: [Layer: (box: Box, x: Int, y: Int)] = [:]
  var text = ""

  mutating func name(of ink: CanvasPicture.Ink) -> String {
    if let name = names[ink] { return name }
    let name = "c\(inks.count)"
    inks.append(ink)
    names[ink] = name
    return name
  }

  /// - Parameter opacity: in percent.
  mutating func add(
    _ box: Box, at place: (x: Int, y: Int), _ ink: CanvasPicture.Ink, opacity: Int = 100
  ) {
    _ = name(of: ink)
    let layer = Layer(ink: ink, opacity: opacity)
    if paths[layer] == nil {
      layers.append(layer)
      paths[layer] = ""
    }
    var new = (box: box, x: place.x + box.x, y: place.y + box.y)
    if let old = open[layer] {
      if old.y == new.y, old.box.height == box.height, old.x + old.box.width == new.x {
        new = (Box(0, 0, old.box.width + box.width, box.height), old.x, old.y)
      } else {
        paths[layer]? += Self.path(old)
      }
    }
    open[layer] = new
  }

  private static func path(_ part: (box: Box, x: Int, y: Int)) -> String {
    "M\(part.x) \(part.y)h\(part.box.width)v\(part.box.height)h-\(part.box.width)z"
  }

  var shapes: String {
    layers.map { layer in
      let path = (paths[layer] ?? "") + (open[layer].map(Self.path) ?? "")
      let opacity =
        layer.opacity == 100
        ? "" : " opacity=\"\(fixed(Double(layer.opacity) / 100, decimals: 2))\""
      return "<path class=\"\(names[layer.ink] ?? "")\"\(opacity) d=\"\(path)\"/>\n"
    }.joined()
  }

  mutating func colors(_ color: KeyPath<CanvasPicture.Ink, String>) -> String {
    _ = name(of: .paper)
    return inks.map { ".\(names[$0] ?? ""){fill:\($0[keyPath: color])}" }.joined()
  }
}

extension Color {
  /// "#5fd7ff"; nil for the default.
  fileprivate var hexadecimal: String? {
    if case .palette(let number) = self, number < 16 { return Self.classic[Int(number)] }
    guard let (red, green, blue) = components else { return nil }
    return "#"
      + [red, green, blue].map { byte in
        let digits = String(byte, radix: 16)
        return digits.count < 2 ? "0" + digits : digits
      }.joined()
  }

  /// The sixteen that each terminal chooses for itself.
  private static let classic = [
    "#000000", "#cd3131", "#0dbc79", "#d2b428", "#3c78d2", "#bc3fbc", "#11a8cd", "#dcdcdc",
    "#6e6e6e", "#f14c4c", "#23d18b", "#f5f543", "#5096fa", "#d670d6", "#29b8db", "#ffffff",
  ]
}

extension Unicode.Scalar {
  /// Arrows, keys, geometric shapes and signs, which many fonts lack: those of another font may be wider.
  fileprivate var mayHaveAnotherWidth: Bool {
    switch value {
    case 0x2190...0x23FF, 0x2460...0x24FF, 0x25A0...0x27FF, 0x2900...0x2BFF, 0x1F000...: true
    default: value == 0x2016
    }
  }
}
