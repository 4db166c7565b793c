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

  /// The rows with their styles as SGR sequences (ECMA-48; colours of the 256-colour palette). Every
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
    if isUnderlined { codes.append("4") }
    if isReversed { codes.append("7") }
    if case .palette(let number) = foreground { codes.append("38;5;\(number)") }
    if case .palette(let number) = background { codes.append("48;5;\(number)") }
    return "\u{1B}[" + codes.joined(separator: ";") + "m"
  }
}
