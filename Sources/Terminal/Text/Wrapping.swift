/// Breaks text into lines of at most `width` columns: between words where that is possible, inside
/// a word that is longer than a line, between wide characters, and always at a newline. The blanks
/// at a break vanish; those at the start of a line of the source stay.
///
/// - Parameters:
///   - indent: blanks in front of the first line, counted in its width.
///   - hangingIndent: blanks in front of every further line.
/// - Returns: the lines, printable and spelled in `charset`; none when `width` is less than 1. An
///   empty text gives one empty line.
package func wrap(
  _ spans: [Span], width: Int, indent: Int = 0, hangingIndent: Int = 0,
  charset: Charset = .unicode
) -> [[Span]] {
  guard width > 0 else { return [] }
  var lines: [[Span]] = []
  for source in sourceLines(of: spans, charset: charset) {
    var filler = LineFiller(
      width: width, indent: lines.isEmpty ? indent : hangingIndent, hangingIndent: hangingIndent)
    filler.fill(with: source)
    lines += filler.lines
  }
  return lines
}

/// As for spans, for text in one style.
package func wrap(
  _ text: String, style: Style = .plain, width: Int, indent: Int = 0, hangingIndent: Int = 0,
  charset: Charset = .unicode
) -> [[Span]] {
  wrap(
    [Span(text, style)], width: width, indent: indent, hangingIndent: hangingIndent,
    charset: charset)
}

private struct StyledCharacter {
  var printable: PrintableCharacter
  var style: Style
}

private func sourceLines(of spans: [Span], charset: Charset) -> [[StyledCharacter]] {
  var lines: [[StyledCharacter]] = [[]]
  for span in spans {
    let pieces = span.text.split(omittingEmptySubsequences: false, whereSeparator: \.endsLine)
    for (number, piece) in pieces.enumerated() {
      if number > 0 { lines.append([]) }
      for printable in printableCharacters(of: String(piece), charset: charset) {
        lines[lines.count - 1].append(StyledCharacter(printable: printable, style: span.style))
      }
    }
  }
  return lines
}

/// Puts words into lines, greedily.
private struct LineFiller {
  let width: Int
  let hangingIndent: Int
  var lines: [[Span]] = []
  private var line: [StyledCharacter] = []
  private var used: Int
  private var indent: Int

  init(width: Int, indent: Int, hangingIndent: Int) {
    self.width = width
    // An indent as wide as the line would leave no room for text.
    self.hangingIndent = max(0, min(hangingIndent, width - 1))
    self.indent = max(0, min(indent, width - 1))
    self.used = self.indent
  }

  mutating func fill(with characters: [StyledCharacter]) {
    var index = 0
    while index < characters.count {
      let blanksStart = index
      while index < characters.count, characters[index].printable.isBreakingSpace { index += 1 }
      let blanks = characters[blanksStart..<index]
      let wordStart = index
      while index < characters.count, !characters[index].printable.isBreakingSpace {
        index += 1
        // A line may be broken between wide characters.
        if characters[index - 1].printable.width == 2 { break }
      }
      add(word: characters[wordStart..<index], after: blanks)
    }
    finishLine()
  }

  private mutating func add(
    word: ArraySlice<StyledCharacter>, after blanks: ArraySlice<StyledCharacter>
  ) {
    let wordWidth = word.reduce(0) { $0 + $1.printable.width }
    if used + blanks.count + wordWidth <= width {
      line += blanks
      line += word
      used += blanks.count + wordWidth
      return
    }
    if !line.isEmpty { finishLine() }
    for character in word {
      if used + character.printable.width > width, !line.isEmpty { finishLine() }
      line.append(character)
      used += character.printable.width
    }
  }

  private mutating func finishLine() {
    var spans: [Span] = []
    if indent > 0, !line.isEmpty { spans.append(Span(String(repeating: " ", count: indent))) }
    while line.last?.printable.isBreakingSpace == true { line.removeLast() }
    for character in line {
      if spans.last?.style == character.style {
        spans[spans.count - 1].text.append(character.printable.character)
      } else {
        spans.append(Span(String(character.printable.character), character.style))
      }
    }
    lines.append(spans)
    line = []
    indent = hangingIndent
    used = indent
  }
}

extension Character {
  /// Whether it ends a line of a lesson or a cell. What else ends one in Unicode is a character like
  /// others.
  package var endsLine: Bool { self == "\n" || self == "\r\n" }
}
