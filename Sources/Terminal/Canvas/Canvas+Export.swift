extension Canvas {
  /// The characters without their styles: one line per row, trailing blanks removed.
  package var text: String {
    var result = ""
    for y in 0..<height {
      var line = ""
      for x in 0..<width where self[x, y].width > 0 {
        line.append(self[x, y].character)
      }
      while line.last == " " { line.removeLast() }
      result += line
      result += "\n"
    }
    return result
  }

  /// The rows with their styles as SGR sequences (ECMA-48; colours of the 256-colour palette, or mixed ones). Every
  /// row ends by resetting to the plain style.
  package var ansi: String {
    var result = ""
    for y in 0..<height {
      var current = Style.plain
      for x in 0..<(lastVisibleColumn(ofRow: y) + 1) where self[x, y].width > 0 {
        let cell = self[x, y]
        if cell.style != current {
          result += cell.style.sgr
          current = cell.style
        }
        result.append(cell.character)
      }
      if current != .plain { result += Style.plain.sgr }
      result += "\n"
    }
    return result
  }

  /// −1 if the row is blank.
  private func lastVisibleColumn(ofRow y: Int) -> Int {
    var x = width - 1
    while x >= 0, self[x, y] == .blank { x -= 1 }
    return x
  }
}

extension Style {
  /// The sequence that sets this style, whatever the current one.
  fileprivate var sgr: String {
    var codes = ["0"]
    if isBold { codes.append("1") }
    if isDim { codes.append("2") }
    if isItalic { codes.append("3") }
    if isUnderlined { codes.append("4") }
    if isReversed { codes.append("7") }
    codes += foreground.sgr(38) + background.sgr(48)
    return "\u{1B}[" + codes.joined(separator: ";") + "m"
  }
}

extension Color {
  /// - Parameter code: 38 for the foreground, 48 for the background.
  fileprivate func sgr(_ code: Int) -> [String] {
    switch self {
    case .standard: []
    case .palette(let number): ["\(code);5;\(number)"]
    case .rgb(let red, let green, let blue): ["\(code);2;\(red);\(green);\(blue)"]
    }
  }
}
