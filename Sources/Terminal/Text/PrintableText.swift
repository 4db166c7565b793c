/// A character that is safe to send to a terminal: one base scalar with its combining marks.
package struct PrintableCharacter: Hashable, Sendable {
  package var character: Character
  /// 1 or 2 columns.
  package var width: Int
  /// A line may be broken here.
  package var isBreakingSpace = false
}

/// `text` as it appears on screen. All text drawn on a canvas passes through here.
///
/// Only printable scalars pass. Control characters become control pictures (escape is shown as ␛),
/// white space becomes a blank, and everything that could control the terminal or hide text
/// (bidirectional controls, invisible formatting, private and unassigned scalars) becomes �.
/// A character keeps at most three combining marks. With `.ascii` the result is pure ASCII.
package func printableCharacters(
  of text: String, charset: Charset = .unicode
) -> [PrintableCharacter] {
  var result: [PrintableCharacter] = []
  result.reserveCapacity(text.utf8.count)
  var marks = 0
  var previous: Unicode.Scalar?
  for scalar in text.unicodeScalars {
    defer { previous = scalar }
    if scalar.value >= 0x20 && scalar.value < 0x7F {
      result.append(
        PrintableCharacter(
          character: Character(scalar), width: 1, isBreakingSpace: scalar == " "))
      marks = 0
      continue
    }
    switch treatment(of: scalar) {
    case .shown where isCombining(scalar):
      guard charset == .unicode, marks < 3, let last = result.indices.last else { continue }
      let joined = String(result[last].character) + String(scalar)
      guard joined.count == 1, let character = joined.first else { continue }
      result[last].character = character
      marks += 1
    case .shown:
      marks = 0
      if charset == .ascii {
        for character in asciiSpelling(of: scalar, after: previous) {
          result.append(
            PrintableCharacter(character: character, width: 1, isBreakingSpace: character == " "))
        }
      } else {
        result.append(
          PrintableCharacter(character: Character(scalar), width: characterWidth(scalar)))
      }
    case .blank(let breaks):
      marks = 0
      result.append(PrintableCharacter(character: " ", width: 1, isBreakingSpace: breaks))
    case .replaced(let picture):
      marks = 0
      result.append(
        PrintableCharacter(
          character: charset == .ascii ? "?" : Character(picture), width: 1))
    case .dropped:
      continue
    }
  }
  return result
}

/// The number of columns that `text` takes.
package func displayWidth(of text: String, charset: Charset = .unicode) -> Int {
  printableCharacters(of: text, charset: charset).reduce(0) { $0 + $1.width }
}

/// `text` truncated to `width` columns, ending with an ellipsis if anything was cut.
package func truncated(_ text: String, toWidth width: Int, charset: Charset = .unicode) -> String {
  let characters = printableCharacters(of: text, charset: charset)
  guard characters.reduce(0, { $0 + $1.width }) > width else {
    return String(characters.map(\.character))
  }
  let ellipsis = Glyphs(charset).ellipsis
  let room = width - ellipsis.count
  guard room > 0 else { return String(ellipsis.prefix(max(0, width))) }
  var result = ""
  var used = 0
  for character in characters {
    guard used + character.width <= room else { break }
    result.append(character.character)
    used += character.width
  }
  return result + ellipsis
}

private enum Treatment {
  case shown
  case blank(breaks: Bool)
  case replaced(picture: Unicode.Scalar)
  case dropped
}

private func treatment(of scalar: Unicode.Scalar) -> Treatment {
  switch scalar.value {
  case 0x09, 0x0A, 0x0D: return .blank(breaks: true)
  case 0x00...0x1F: return .replaced(picture: Unicode.Scalar(0x2400 + scalar.value) ?? "�")
  case 0x7F: return .replaced(picture: "␡")
  // Soft hyphen, joiner and variation selectors only affect how their neighbours look.
  case 0xAD, 0x200D, 0xFE00...0xFE0F: return .dropped
  default: break
  }
  switch scalar.properties.generalCategory {
  case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
    return .replaced(picture: "�")
  case .spaceSeparator:
    // The no-break and narrow no-break spaces do not allow a line break.
    return .blank(breaks: scalar.value != 0xA0 && scalar.value != 0x202F)
  default:
    return .shown
  }
}
