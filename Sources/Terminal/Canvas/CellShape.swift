/// A part of a cell that is filled, in units of which a cell has 20 × 40.
struct Box: Hashable {
  var x: Int
  var y: Int
  var width: Int
  var height: Int

  init(_ x: Int, _ y: Int, _ width: Int, _ height: Int) {
    (self.x, self.y, self.width, self.height) = (x, y, width, height)
  }
}

/// A character that is drawn rather than written: lines, blocks and Braille dots, which must meet those of
/// the neighbouring cells.
struct CellShape {
  var boxes: [Box]
  /// In percent.
  var opacity = 100

  /// Nil for other characters.
  init?(_ character: Character) {
    guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else {
      return nil
    }
    let value = Int(scalar.value)
    switch value {
    case 0x2500...0x257F:
      guard let boxes = Self.lines(character) else { return nil }
      self.boxes = boxes
    case 0x2580...0x259F:
      boxes = Self.blocks(value)
      if (0x2591...0x2593).contains(value) { opacity = 25 * (value - 0x2590) }
    case 0x2800...0x28FF: boxes = Self.dots(value - 0x2800)
    default: return nil
    }
  }

  private static func lines(_ character: Character) -> [Box]? {
    let (left, right) = (Box(0, 19, 11, 2), Box(9, 19, 11, 2))
    let (up, down) = (Box(9, 0, 2, 21), Box(9, 19, 2, 21))
    let (across, along) = (Box(0, 19, 20, 2), Box(9, 0, 2, 40))
    return switch character {
    case "─": [across]
    case "│": [along]
    case "━": [Box(0, 18, 20, 4)]
    case "┄": [Box(1, 19, 4, 2), Box(8, 19, 4, 2), Box(15, 19, 4, 2)]
    case "┊": [Box(9, 2, 2, 5), Box(9, 12, 2, 5), Box(9, 22, 2, 5), Box(9, 32, 2, 5)]
    case "┌": [right, down]
    case "┐": [left, down]
    case "└": [up, right]
    case "┘": [up, left]
    case "├": [along, right]
    case "┤": [left, along]
    case "┬": [across, down]
    case "┴": [across, up]
    case "┼": [across, along]
    default: nil
    }
  }

  private static func blocks(_ value: Int) -> [Box] {
    switch value {
    case 0x2580: return [Box(0, 0, 20, 20)]
    case 0x2581...0x2588:
      let height = 5 * (value - 0x2580)
      return [Box(0, 40 - height, 20, height)]
    case 0x2589...0x258F: return [Box(0, 0, (20 * (0x2590 - value) + 4) / 8, 40)]
    case 0x2590: return [Box(10, 0, 10, 40)]
    case 0x2591...0x2593: return [Box(0, 0, 20, 40)]
    case 0x2594: return [Box(0, 0, 20, 5)]
    case 0x2595: return [Box(17, 0, 3, 40)]
    default:
      // The quadrants that are filled: upper left 1, upper right 2, lower left 4, lower right 8.
      let masks = [4, 8, 1, 13, 9, 7, 11, 2, 6, 14]
      let mask = masks[value - 0x2596]
      return (0..<4).filter { mask & 1 << $0 != 0 }.map { Box($0 % 2 * 10, $0 / 2 * 20, 10, 20) }
    }
  }

  /// Unicode counts the upper six dots column by column, then the last row.
  private static func dots(_ pattern: Int) -> [Box] {
    let places = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]
    return places.enumerated().filter { pattern & 1 << $0.offset != 0 }.map { _, place in
      Box(2 + 10 * place.0, 2 + 10 * place.1, 6, 6)
    }
  }
}
