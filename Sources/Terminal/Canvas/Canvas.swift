/// A grid of characters to draw on; where it ends up (a terminal, a file, a test) is not its
/// business. Whatever is drawn outside of the grid or of the current clip is lost in silence, and
/// whatever is drawn inside has passed `printableCharacters`.
package struct Canvas: Sendable {
  package struct Cell: Hashable, Sendable {
    package var character: Character
    package var style: Style
    /// 1 or 2 columns; 0 for the cell that the wide character before it covers.
    package var width: UInt8

    package static let blank = Cell(character: " ", style: .plain, width: 1)
  }

  package let width: Int
  package let height: Int
  package let charset: Charset
  package var glyphs: Glyphs { Glyphs(charset) }
  private var cells: [Cell]
  private var clip: Rectangle

  /// A blank grid; negative sizes count as zero.
  package init(width: Int, height: Int, charset: Charset = .unicode) {
    self.width = max(0, width)
    self.height = max(0, height)
    self.charset = charset
    cells = Array(repeating: .blank, count: self.width * self.height)
    clip = Rectangle(x: 0, y: 0, width: width, height: height)
  }

  package var bounds: Rectangle { Rectangle(x: 0, y: 0, width: width, height: height) }

  /// The cell at a place inside the grid.
  package subscript(x: Int, y: Int) -> Cell {
    precondition(bounds.contains(x: x, y: y), "\(x), \(y) is outside of the canvas")
    return cells[y * width + x]
  }

  // MARK: Drawing

  /// Writes one line of text.
  ///
  /// - Parameter maximumWidth: the columns that it may take; the rest is cut off.
  /// - Returns: the column behind the text, as if there were no clip.
  @discardableResult
  package mutating func put(
    _ text: String, x: Int, y: Int, style: Style = .plain, maximumWidth: Int = .max
  ) -> Int {
    var column = x
    var room = maximumWidth
    for printable in printableCharacters(of: text, charset: charset) {
      guard printable.width <= room else { break }
      room -= printable.width
      place(printable, x: column, y: y, style: style)
      column += printable.width
    }
    return column
  }

  /// Writes one line of spans, as `put` does.
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

  /// Fills a part of the grid with one character of width 1.
  package mutating func fill(
    _ area: Rectangle, with character: Character = " ", style: Style = .plain
  ) {
    guard
      let printable = printableCharacters(of: String(character), charset: charset).first,
      printable.width == 1
    else { return }
    let part = area.intersection(clip)
    for y in part.y..<part.endY {
      for x in part.x..<part.endX {
        place(printable, x: x, y: y, style: style)
      }
    }
  }

  /// Changes the style of what is there already.
  package mutating func restyle(_ area: Rectangle, _ change: (inout Style) -> Void) {
    let part = area.intersection(clip)
    for y in part.y..<part.endY {
      for x in part.x..<part.endX {
        change(&cells[y * width + x].style)
      }
    }
  }

  /// Draws with everything outside of `area` protected.
  package mutating func clipped(to area: Rectangle, _ draw: (inout Canvas) -> Void) {
    let outer = clip
    clip = clip.intersection(area)
    defer { clip = outer }
    draw(&self)
  }

  /// Copies a part of another canvas, with its upper left corner at `x`, `y`: a page that is
  /// taller than the screen is drawn once and copied as it scrolls.
  package mutating func copy(
    from source: Canvas, _ area: Rectangle? = nil, toX x: Int, y: Int
  ) {
    let part = (area ?? source.bounds).intersection(source.bounds)
    let offsetX = x - (area?.x ?? 0)
    let offsetY = y - (area?.y ?? 0)
    for row in part.y..<part.endY {
      for column in part.x..<part.endX {
        let cell = source.cells[row * source.width + column]
        guard cell.width > 0 else { continue }
        place(
          PrintableCharacter(character: cell.character, width: Int(cell.width)),
          x: column + offsetX, y: row + offsetY, style: cell.style)
      }
    }
  }

  /// The only place that changes a character of the grid. A wide character that the clip cuts in
  /// half becomes a blank, and so does the other half of one that is overwritten.
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
      release(x: x, y: y)
      release(x: x + 1, y: y)
      let index = y * width + x
      cells[index] = Cell(character: printable.character, style: style, width: 2)
      cells[index + 1] = Cell(character: " ", style: style, width: 0)
    } else {
      guard clip.contains(x: x, y: y) else { return }
      release(x: x, y: y)
      cells[y * width + x] = Cell(character: printable.character, style: style, width: 1)
    }
  }

  /// Blanks the other half when a wide character covers this cell.
  private mutating func release(x: Int, y: Int) {
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
