/// A character that is safe to send to a terminal: one base scalar with its combining marks.
package struct PrintableCharacter: Hashable, Sendable {
  package var character: Character
  /// 1 or 2 columns.
  package var width: Int
  /// A line may be broken here.
  package var isBreakingSpace = false
  /// A line may be broken after this character, within a word: a zero-width space follows.
  package var allowsBreakAfter = false
}

/// `text` as it appears on screen. All text drawn on a canvas passes through here.
///
/// Only printable scalars pass. Control characters become control pictures (escape is shown as ␛),
/// white space becomes a blank, and what has no picture (private and unassigned scalars) becomes �.
/// Invisible formatting leaves no mark; bidirectional controls are dropped, so that nothing is drawn
/// in another order. Joiners stay with the letter before them, whose form they decide.
/// A character keeps at most three combining marks. With `.ascii` the result is pure ASCII.
///
/// - Parameter columnLimit: the rest of a text is left out after the first character beyond it.
package func printableCharacters(
  of text: some StringProtocol, charset: Charset = .unicode, columnLimit: Int = .max
) -> [PrintableCharacter] {
  var result: [PrintableCharacter] = []
  result.reserveCapacity(min(text.utf8.count, max(0, columnLimit)))
  var marks = 0
  var previous: Unicode.Scalar?
  // Without the last character, whose marks may still follow.
  var (columns, counted) = (0, 0)
  for scalar in text.unicodeScalars {
    defer { previous = scalar }
    while counted + 1 < result.count {
      columns += result[counted].width
      counted += 1
    }
    if columns > columnLimit { break }
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
    case .joined:
      // Between emoji a joiner would change the width of both, as terminals do not agree on.
      guard charset == .unicode, marks < 3, let last = result.indices.last,
        let base = result[last].character.unicodeScalars.first, base.isCursive
      else { continue }
      let joined = String(result[last].character) + String(scalar)
      guard joined.count == 1, let character = joined.first else { continue }
      result[last].character = character
      marks += 1
    case .breaking:
      if let last = result.indices.last { result[last].allowsBreakAfter = true }
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
package func displayWidth(of text: some StringProtocol, charset: Charset = .unicode) -> Int {
  text.isPrintableASCII
    ? text.utf8.count
    : printableCharacters(of: text, charset: charset).reduce(0) { $0 + $1.width }
}

extension StringProtocol {
  /// Whether all of it is shown as it is, in one column for each byte; quick for long texts.
  var isPrintableASCII: Bool {
    utf8.withContiguousStorageIfAvailable { $0.allSatisfy { $0 >= 0x20 && $0 < 0x7F } }
      ?? utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }
}

/// `text` truncated to `width` columns, ending with an ellipsis if anything was cut; O(width).
package func truncated(_ text: String, toWidth width: Int, charset: Charset = .unicode) -> String {
  let characters = printableCharacters(of: text, charset: charset, columnLimit: max(0, width))
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
  /// Joins its neighbours, or keeps them apart.
  case joined
  /// Leaves no mark, and allows a line break.
  case breaking
  case dropped
}

private func treatment(of scalar: Unicode.Scalar) -> Treatment {
  switch scalar.value {
  // Tab, the two halves of a line break, and next line.
  case 0x09, 0x0A, 0x0D, 0x85: return .blank(breaks: true)
  case 0x00...0x1F: return .replaced(picture: Unicode.Scalar(0x2400 + scalar.value) ?? "�")
  case 0x7F: return .replaced(picture: "␡")
  case 0x200B: return .breaking
  case 0x200C, 0x200D: return .joined
  // Variation selectors only affect how their neighbours look.
  case 0xFE00...0xFE0F: return .dropped
  default: break
  }
  switch scalar.properties.generalCategory {
  case .lineSeparator, .paragraphSeparator: return .blank(breaks: true)
  case .format, .unassigned:
    // Annotations between lines are invisible, too.
    return scalar.properties.isDefaultIgnorableCodePoint || (0xFFF9...0xFFFB).contains(scalar.value)
      ? .dropped : .replaced(picture: "�")
  case .control, .surrogate, .privateUse: return .replaced(picture: "�")
  case .spaceSeparator:
    // The no-break and narrow no-break spaces do not allow a line break.
    return .blank(breaks: scalar.value != 0xA0 && scalar.value != 0x202F)
  default:
    return .shown
  }
}

extension Unicode.Scalar {
  /// Whether joiners have a meaning after it: letters and marks of Arabic, Indic and other scripts.
  fileprivate var isCursive: Bool {
    guard value >= 0x600, value < 0x2000 || (0xA800..<0xAC00).contains(value) || value > 0x10A00
    else { return false }
    switch properties.generalCategory {
    case .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark: return true
    default: return false
    }
  }
}
