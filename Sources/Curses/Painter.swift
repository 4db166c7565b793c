import CNCurses
import Glibc
import Terminal

/// Draws a canvas into the curses window.
struct Painter {
  private let window: UnsafeMutablePointer<WINDOW>
  private let colors: Int
  private let isUTF8: Bool
  /// The window's current contents; nil if unknown.
  private var displayed: Canvas?
  private var pairs: [ColorPair: Int32] = [:]
  /// Of the colours that have been used.
  private var numbers: [Color: Int32] = [:]
  /// Whether colour numbers are mixtures of red, green and blue, not entries of a palette.
  private var isDirect: Bool { colors >= 1 << 24 }

  private struct ColorPair: Hashable {
    var foreground: Int32
    var background: Int32
  }

  init(window: UnsafeMutablePointer<WINDOW>, colors: Int, isUTF8: Bool) {
    self.window = window
    self.colors = colors
    self.isUTF8 = isUTF8
  }

  mutating func invalidate() {
    displayed = nil
  }

  mutating func paint(_ canvas: Canvas) {
    let isSameSize = displayed?.width == canvas.width && displayed?.height == canvas.height
    if !isSameSize {
      displayed = nil
      werase(window)
    }
    let (width, height) = (Int(curses_width()), Int(curses_height()))
    for y in 0..<min(canvas.height, height) {
      if let displayed, (0..<canvas.width).allSatisfy({ displayed[$0, y] == canvas[$0, y] }) {
        continue
      }
      paintRow(y, of: canvas, width: min(width, canvas.width))
    }
    displayed = canvas
  }

  /// Adjacent cells of the same style are written together.
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
      // Reports failure for the last cell of the screen, where the cursor can't advance, but draws it.
      mvwaddnwstr(window, Int32(y), Int32(start), characters, Int32(characters.count))
    }
  }

  /// The canvas contains printable scalars only. If the C library disagrees about a width, or the
  /// locale lacks the character, a substitute keeps the columns aligned.
  private func append(_ cell: Canvas.Cell, room: Int, to characters: inout [wchar_t]) {
    guard cell.width > 0 else { return }
    var scalars = cell.character.unicodeScalars
    // Some C libraries give joiners a width.
    scalars.removeAll {
      $0.properties.isJoinControl && curses_character_width(wchar_t($0.value)) != 0
    }
    let widthsAgree = scalars.enumerated().allSatisfy { index, scalar in
      curses_character_width(wchar_t(scalar.value)) == (index == 0 ? Int32(cell.width) : 0)
    }
    let isShowable = isUTF8 ? widthsAgree : cell.character.isASCII
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
    if style.isItalic { attributes |= curses_italic }
    if style.isUnderlined { attributes |= curses_underline }
    if style.isReversed { attributes |= curses_reverse }
    let pair = ColorPair(
      foreground: number(of: style.foreground), background: number(of: style.background))
    return (attributes, self.pair(for: pair))
  }

  /// −1 is the terminal's default colour, also used if the terminal lacks the requested one.
  private mutating func number(of color: Color) -> Int32 {
    if let known = numbers[color] { return known }
    var number: Int32 = -1
    if isDirect, let (red, green, blue) = color.components {
      number = Int32(red) << 16 | Int32(green) << 8 | Int32(blue)
    } else if case .palette(let entry) = color.nearestInPalette, Int(entry) < colors {
      number = Int32(entry)
    }
    numbers[color] = number
    return number
  }

  private mutating func pair(for requested: ColorPair) -> Int32 {
    if requested.foreground < 0 && requested.background < 0 { return 0 }
    if let pair = pairs[requested] { return pair }
    let pair = Int32(pairs.count + 1)
    guard pair < curses_color_pairs(),
      init_extended_pair(pair, requested.foreground, requested.background) == OK
    else { return 0 }
    pairs[requested] = pair
    return pair
  }
}
