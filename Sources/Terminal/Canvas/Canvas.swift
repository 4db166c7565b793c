/// A grid of characters to draw on, independent of where it ends up: a terminal, a file, a test.
/// Drawing outside the grid or the current clip is silently ignored, and everything drawn inside
/// has passed through `printableCharacters`.
package struct Canvas: Sendable {
  package struct Cell: Hashable, Sendable {
    package var character: Character
    package var style: Style
    /// 1 or 2 columns; 0 for a cell covered by the wide character before it.
    package var width: UInt8

    package static let blank = Cell(character: " ", style: .plain, width: 1)
  }

  package let width: Int
  package let height: Int
  package let charset: Charset
  /// How plots on it draw their curves.
  package let dots: DotStyle
  package var glyphs: Glyphs { Glyphs(charset) }
  private var cells: [Cell]
  private var clip: Rectangle

  /// A blank grid; negative sizes count as zero.
  ///
  /// - Parameter dots: ignored in ASCII.
  package init(
    width: Int, height: Int, charset: Charset = .unicode, dots: DotStyle = .braille
  ) {
    self.width = max(0, width)
    self.height = max(0, height)
    self.charset = charset
    self.dots = charset == .ascii ? .ascii : dots
    cells = Array(repeating: .blank, count: self.width * self.height)
    clip = Rectangle(x: 0, y: 0, width: width, height: height)
  }

  /// The rows in which drawing has an effect.
  package var visibleRows: Range<Int> {
    clip.intersection(bounds).y..<clip.intersection(bounds).endY
  }

  package var bounds: Rectangle { Rectangle(x: 0, y: 0, width: width, height: height) }

  /// The cell at a position inside the grid.
  package subscript(x: Int, y: Int) -> Cell {
    precondition(bounds.contains(x: x, y: y), "\(x), \(y) is outside the canvas")
    return cells[y * width + x]
  }

  // MARK: Drawing

  /// Writes one line of text.
  ///
  /// - Parameter maximumWidth: in columns; longer text is cut off.
  /// - Returns: the column after the text, ignoring the clip; of text that leaves the grid, some
  ///   column outside of it.
  @discardableResult
  package mutating func put(
    _ text: String, x: Int, y: Int, style: Style = .plain, maximumWidth: Int = .max
  ) -> Int {
    var column = x
    var remaining = maximumWidth
    // What lies beyond the grid need not be looked at.
    let room = min(maximumWidth, max(0, width) + (x < 0 ? -max(x, -1_000_000) : 0))
    for printable in printableCharacters(of: text, charset: charset, columnLimit: room) {
      guard printable.width <= remaining else { break }
      remaining -= printable.width
      place(printable, x: column, y: y, style: style)
      column += printable.width
    }
    return column
  }

  /// Writes one line of styled spans.
  @discardableResult
  package mutating func put(
    _ line: [Span], x: Int, y: Int, maximumWidth: Int = .max
  ) -> Int {
    var column = x
    for span in line {
      column = put(
        span.text, x: column, y: y, style: span.style, maximumWidth: maximumWidth - (column - x))
    }
    return column
  }

  /// Fills an area with one character of width 1.
  package mutating func fill(
    _ area: Rectangle, with character: Character = " ", style: Style = .plain
  ) {
    guard
      let printable = printableCharacters(of: String(character), charset: charset).first,
      printable.width == 1
    else { return }
    let visible = area.intersection(clip)
    for y in visible.y..<visible.endY {
      for x in visible.x..<visible.endX {
        place(printable, x: x, y: y, style: style)
      }
    }
  }

  /// A line around an area, inside of it.
  package mutating func drawFrame(_ area: Rectangle, style: Style) {
    guard area.width > 1, area.height > 1 else { return }
    let (right, bottom) = (area.endX - 1, area.endY - 1)
    for x in area.x + 1..<right {
      put(glyphs.horizontal, x: x, y: area.y, style: style)
      put(glyphs.horizontal, x: x, y: bottom, style: style)
    }
    for y in area.y + 1..<bottom {
      put(glyphs.vertical, x: area.x, y: y, style: style)
      put(glyphs.vertical, x: right, y: y, style: style)
    }
    put(glyphs.cornerTopLeft, x: area.x, y: area.y, style: style)
    put(glyphs.cornerTopRight, x: right, y: area.y, style: style)
    put(glyphs.cornerBottomLeft, x: area.x, y: bottom, style: style)
    put(glyphs.cornerBottomRight, x: right, y: bottom, style: style)
  }

  /// Changes the style of existing characters.
  package mutating func restyle(_ area: Rectangle, _ change: (inout Style) -> Void) {
    let visible = area.intersection(clip)
    for y in visible.y..<visible.endY {
      for x in visible.x..<visible.endX {
        change(&cells[y * width + x].style)
      }
    }
  }

  /// Draws with the clip narrowed to `area`.
  package mutating func clipped(to area: Rectangle, _ draw: (inout Canvas) -> Void) {
    let outer = clip
    clip = clip.intersection(area)
    defer { clip = outer }
    draw(&self)
  }

  /// Copies part of another canvas to the upper left corner `x`, `y`: a page taller than the screen
  /// is drawn once and copied as it scrolls.
  package mutating func copy(
    from source: Canvas, _ area: Rectangle? = nil, toX x: Int, y: Int
  ) {
    let visible = (area ?? source.bounds).intersection(source.bounds)
    let offsetX = x - (area?.x ?? 0)
    let offsetY = y - (area?.y ?? 0)
    for row in visible.y..<visible.endY {
      for column in visible.x..<visible.endX {
        let cell = source.cells[row * source.width + column]
        guard cell.width > 0 else { continue }
        place(
          PrintableCharacter(character: cell.character, width: Int(cell.width)),
          x: column + offsetX, y: row + offsetY, style: cell.style)
      }
    }
  }

  /// The only function that writes characters to the grid. A wide character cut in half by the clip
  /// becomes blanks, and overwriting half of one blanks the other half.
  private mutating func place(
    _ printable: PrintableCharacter, x: Int, y: Int, style: Style
  ) {
    if printable.width == 2 {
      guard clip.contains(x: x, y: y), clip.contains(x: x + 1, y: y) else {
        let blank = PrintableCharacter(character: " ", width: 1)
        place(blank, x: x, y: y, style: style)
        place(blank, x: x + 1, y: y, style: style)
        return
      }
      blankOtherHalf(x: x, y: y)
      blankOtherHalf(x: x + 1, y: y)
      let index = y * width + x
      cells[index] = Cell(character: printable.character, style: style, width: 2)
      cells[index + 1] = Cell(character: " ", style: style, width: 0)
    } else {
      guard clip.contains(x: x, y: y) else { return }
      blankOtherHalf(x: x, y: y)
      cells[y * width + x] = Cell(character: printable.character, style: style, width: 1)
    }
  }

  /// If a wide character covers this cell, blanks its other half.
  private mutating func blankOtherHalf(x: Int, y: Int) {
    let index = y * width + x
    switch cells[index].width {
    case 0:
      cells[index - 1].character = " "
      cells[index - 1].width = 1
    case 2:
      cells[index + 1].width = 1
    default: break
    }
  }
}
