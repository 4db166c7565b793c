/// Breaks text into lines of at most `width` columns: between words if possible, within words longer
/// than a line, between wide characters, and always at a newline. Blanks at a break are dropped;
/// those at the start of a source line are kept.
///
/// - Parameters:
///   - indent: blanks before the first line, included in its width.
///   - hangingIndent: blanks before each following line.
/// - Returns: the lines, printable and spelled in `charset`; none if `width` is less than 1. Empty
///   text gives one empty line.
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

/// Wraps text in a single style.
package func wrap(
  _ text: String, style: Style = .plain, width: Int, indent: Int = 0, hangingIndent: Int = 0,
  charset: Charset = .unicode
) -> [[Span]] {
  wrap(
    [Span(text, style)], width: width, indent: indent, hangingIndent: hangingIndent,
    charset: charset)
}

/// The number of lines that ``wrap(_:style:width:indent:hangingIndent:charset:)`` makes of a text.
/// Quick for ASCII text whose lines all fit, which is most of what a page has.
package func wrappedLineCount(
  of text: some StringProtocol, width: Int, indent: Int = 0, hangingIndent: Int = 0,
  charset: Charset = .unicode
) -> Int {
  let widest = width - max(indent, hangingIndent)
  var (lineCount, used) = (1, 0)
  for byte in text.utf8 {
    if byte == UInt8(ascii: "\n") {
      lineCount += 1
      used = 0
    } else {
      used += 1
      guard used <= widest, (32..<127).contains(byte) else {
        return wrap(
          String(text), width: width, indent: indent, hangingIndent: hangingIndent,
          charset: charset
        ).count
      }
    }
  }
  return width > 0 ? lineCount : 0
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

/// Fills lines greedily with words.
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
        // A line may break between wide characters.
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
  /// Whether it ends a line of a lesson or a cell. Unicode's other line separators count as ordinary
  /// characters.
  package var endsLine: Bool { self == "\n" || self == "\r\n" }
}
