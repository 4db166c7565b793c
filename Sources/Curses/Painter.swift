import CNCurses
import Glibc
import Terminal

/// Puts a canvas into the curses window.
struct Painter {
  private let window: UnsafeMutablePointer<WINDOW>
  private let colors: Int
  private let isUTF8: Bool
  /// What the window holds; nil when that is not known.
  private var shown: Canvas?
  private var pairs: [ColorPair: Int32] = [:]

  private struct ColorPair: Hashable {
    var foreground: Int32
    var background: Int32
  }

  init(window: UnsafeMutablePointer<WINDOW>, colors: Int, isUTF8: Bool) {
    self.window = window
    self.colors = colors
    self.isUTF8 = isUTF8
  }

  mutating func forget() {
    shown = nil
  }

  mutating func paint(_ canvas: Canvas) {
    let isSameSize = shown?.width == canvas.width && shown?.height == canvas.height
    if !isSameSize {
      shown = nil
      werase(window)
    }
    let (width, height) = (Int(curses_width()), Int(curses_height()))
    for y in 0..<min(canvas.height, height) {
      if let shown, (0..<canvas.width).allSatisfy({ shown[$0, y] == canvas[$0, y] }) { continue }
      paintRow(y, of: canvas, width: min(width, canvas.width))
    }
    shown = canvas
  }

  /// Cells of one style go out together.
  private mutating func paintRow(_ y: Int, of canvas: Canvas, width: Int) {
    var x = 0
    var characters: [wchar_t] = []
    while x < width {
      let style = canvas[x, y].style
      let start = x
      characters.removeAll(keepingCapacity: true)
      while x < width, canvas[x, y].style == style {
        append(canvas[x, y], room: width - x, to: &characters)
        x += 1
      }
      let (attributes, pair) = attributes(of: style)
      curses_set_attributes(window, attributes, pair)
      // Fails for the last cell of the screen, behind which the cursor can't go, and draws it.
      mvwaddnwstr(window, Int32(y), Int32(start), characters, Int32(characters.count))
    }
  }

  /// The canvas has let printable scalars through only. Where the C library counts other widths than
  /// we do, or the locale has no such character, a stand-in keeps the columns in line.
  private func append(_ cell: Canvas.Cell, room: Int, to characters: inout [wchar_t]) {
    guard cell.width > 0 else { return }
    let scalars = cell.character.unicodeScalars
    let isCounted = scalars.enumerated().allSatisfy { index, scalar in
      curses_character_width(wchar_t(scalar.value)) == (index == 0 ? Int32(cell.width) : 0)
    }
    let isShowable = isUTF8 ? isCounted : cell.character.isASCII
    if isShowable, Int(cell.width) <= room {
      characters += scalars.map { wchar_t($0.value) }
    } else {
      let substitute = wchar_t(UInt8(ascii: "?"))
      characters += Array(repeating: substitute, count: min(room, Int(cell.width)))
    }
  }

  private mutating func attributes(of style: Style) -> (attr_t, Int32) {
    var attributes: attr_t = 0
    if style.isBold { attributes |= curses_bold }
    if style.isDim { attributes |= curses_dim }
    if style.isUnderlined { attributes |= curses_underline }
    if style.isReversed { attributes |= curses_reverse }
    let pair = ColorPair(
      foreground: number(of: style.foreground), background: number(of: style.background))
    return (attributes, self.pair(for: pair))
  }

  /// −1 stands for the terminal's own colour, also where it does not have the one that is wanted.
  private func number(of color: Color) -> Int32 {
    guard case .palette(let number) = color, Int(number) < colors else { return -1 }
    return Int32(number)
  }

  private mutating func pair(for wanted: ColorPair) -> Int32 {
    if wanted.foreground < 0 && wanted.background < 0 { return 0 }
    if let pair = pairs[wanted] { return pair }
    let pair = Int32(pairs.count + 1)
    guard pair < curses_color_pairs(),
      init_extended_pair(pair, wanted.foreground, wanted.background) == OK
    else { return 0 }
    pairs[wanted] = pair
    return pair
  }
}
