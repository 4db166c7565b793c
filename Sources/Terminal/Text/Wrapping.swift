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
  for source in sourceLines(of: spans) {
    let first = lines.isEmpty ? indent : hangingIndent
    if let ascii = ASCIILine(source) {
      lines += ascii.wrapped(width: width, indent: first, hangingIndent: hangingIndent)
    } else {
      var filler = LineFiller(width: width, indent: first, hangingIndent: hangingIndent)
      filler.fill(with: styledCharacters(of: source, charset: charset))
      lines += filler.lines
    }
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

/// The first lines, the last of which ends with an ellipsis if there were more.
package func firstLines(
  _ lines: [[Span]], count: Int, width: Int, charset: Charset = .unicode
) -> [[Span]] {
  guard lines.count > max(1, count), var last = lines.prefix(max(1, count)).last else {
    return lines
  }
  let ellipsis = Glyphs(charset).ellipsis
  let style = last.last?.style ?? .plain
  let used = displayWidth(of: last.map(\.text).joined(), charset: charset)
  if used + 1 + ellipsis.count <= width {
    last.append(Span(" " + ellipsis, style))
  } else if let end = last.popLast() {
    let room = width - displayWidth(of: last.map(\.text).joined(), charset: charset)
    // One character more than there is room for, so that it is cut.
    last.append(
      Span(truncated(end.text + ellipsis, toWidth: max(0, room - 1), charset: charset), style))
  }
  return lines.prefix(max(1, count) - 1) + [last]
}

/// The number of lines that ``wrap(_:style:width:indent:hangingIndent:charset:)`` makes of a text.
/// Quick for ASCII text, which is most of what a page has.
package func wrappedLineCount(
  of text: some StringProtocol, width: Int, indent: Int = 0, hangingIndent: Int = 0,
  charset: Charset = .unicode
) -> Int {
  guard width > 0 else { return 0 }
  var count = 0
  for source in sourceLines(of: [Span(String(text))]) {
    let first = count == 0 ? indent : hangingIndent
    if let ascii = ASCIILine(source) {
      count += ascii.ranges(width: width, indent: first, hangingIndent: hangingIndent).count
    } else {
      var filler = LineFiller(width: width, indent: first, hangingIndent: hangingIndent)
      filler.fill(with: styledCharacters(of: source, charset: charset))
      count += filler.lines.count
    }
  }
  return count
}

private struct StyledCharacter {
  var printable: PrintableCharacter
  var style: Style
}

/// Split at line breaks. A carriage return before a line feed belongs to the break.
private func sourceLines(of spans: [Span]) -> [[Span]] {
  var lines: [[Span]] = [[]]
  for span in spans {
    guard span.text.utf8.contains(UInt8(ascii: "\n")) else {
      lines[lines.count - 1].append(span)
      continue
    }
    let pieces = span.text.utf8.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (number, piece) in pieces.enumerated() {
      if number > 0 { lines.append([]) }
      let isBroken = number + 1 < pieces.count
      let text = isBroken && piece.last == UInt8(ascii: "\r") ? piece.dropLast() : piece
      lines[lines.count - 1].append(Span(String(Substring(text)), span.style))
    }
  }
  return lines
}

private func styledCharacters(of line: [Span], charset: Charset) -> [StyledCharacter] {
  line.flatMap { span in
    printableCharacters(of: span.text, charset: charset).map {
      StyledCharacter(printable: $0, style: span.style)
    }
  }
}

/// A line of printable ASCII, which is wrapped byte by byte: the same lines as `LineFiller` makes,
/// some fifty times as fast.
private struct ASCIILine {
  private var bytes: [UInt8] = []
  /// Where each style begins.
  private var starts: [(offset: Int, style: Style)] = []

  /// Nil for other text.
  init?(_ spans: [Span]) {
    guard spans.allSatisfy(\.text.isPrintableASCII) else { return nil }
    for span in spans where !span.text.isEmpty {
      if starts.last?.style != span.style { starts.append((bytes.count, span.style)) }
      bytes += span.text.utf8
    }
  }

  func wrapped(width: Int, indent: Int, hangingIndent: Int) -> [[Span]] {
    var style = 0
    var lines: [[Span]] = []
    for range in ranges(width: width, indent: indent, hangingIndent: hangingIndent) {
      let blanks = min(lines.isEmpty ? indent : hangingIndent, width - 1)
      var spans: [Span] = []
      if blanks > 0, !range.isEmpty { spans.append(Span(String(repeating: " ", count: blanks))) }
      var start = range.lowerBound
      while start < range.upperBound {
        while style + 1 < starts.count, starts[style + 1].offset <= start { style += 1 }
        let next = style + 1 < starts.count ? starts[style + 1].offset : bytes.count
        let end = min(next, range.upperBound)
        let text = String(decoding: bytes[start..<end], as: UTF8.self)
        if spans.last?.style == starts[style].style {
          spans[spans.count - 1].text += text
        } else {
          spans.append(Span(text, starts[style].style))
        }
        start = end
      }
      lines.append(spans)
    }
    return lines
  }

  /// The bytes of each line; at least one line.
  func ranges(width: Int, indent: Int, hangingIndent: Int) -> [Range<Int>] {
    let blank = UInt8(ascii: " ")
    let hangingIndent = max(0, min(hangingIndent, width - 1))
    var used = max(0, min(indent, width - 1))
    var lines: [Range<Int>] = []
    var line: Range<Int>?
    var index = 0
    while index < bytes.count {
      let blanksStart = index
      while index < bytes.count, bytes[index] == blank { index += 1 }
      var wordStart = index
      while index < bytes.count, bytes[index] != blank { index += 1 }
      // Blanks at the end of a text are dropped.
      if wordStart == index { break }
      if used + index - blanksStart <= width {
        line = (line?.lowerBound ?? blanksStart)..<index
        used += index - blanksStart
        continue
      }
      if let line {
        lines.append(line)
        used = hangingIndent
      }
      while index - wordStart > width - used {
        lines.append(wordStart..<wordStart + width - used)
        wordStart += width - used
        used = hangingIndent
      }
      line = wordStart..<index
      used += index - wordStart
    }
    lines.append(line ?? bytes.count..<bytes.count)
    return lines
  }
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
        let last = characters[index - 1].printable
        // A line may break between wide characters.
        if last.width == 2 || last.allowsBreakAfter { break }
      }
      add(word: characters[wordStart..<index], after: blanks)
    }
    finishLine()
  }

  private mutating func add(
    word: ArraySlice<StyledCharacter>, after blanks: ArraySlice<StyledCharacter>
  ) {
    // Blanks at the end of a text are dropped.
    guard !word.isEmpty else { return }
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
