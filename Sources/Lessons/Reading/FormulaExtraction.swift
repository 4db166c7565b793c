/// Replaces the formulas in a lesson's text by placeholders, so that cmark does not take their `_` and
/// `*` for emphasis or their lines for lists.
///
/// Each placeholder stands for the part of a formula on one line, so line numbers and quote marks are
/// preserved. `$` opens a formula if no space follows and no letter or digit precedes; the next `$`
/// closes it if no space precedes and no digit follows, so "$5 and $6" stays money. Dollars in code
/// are literal, as is `\$`.
struct FormulaExtraction {
  /// The text with placeholders.
  private(set) var bytes: [UInt8] = []
  private(set) var formulas = ExtractedFormulas()
  /// The positions of `$$` without a closing `$$`.
  private(set) var unclosed: [SourcePosition] = []
  /// The positions of `\(` and `\[` that are closed in the same text: formulas elsewhere, brackets here.
  private(set) var foreignMarks: [SourcePosition] = []

  private let source: SourceText
  private let outline: BlockOutline

  init(from source: SourceText, outline: BlockOutline, dropping dropped: Set<Int>) {
    self.source = source
    self.outline = outline
    bytes.reserveCapacity(source.bytes.count)
    var line = 1
    while line <= source.lineCount {
      if dropped.contains(line) {
        bytes.append(.lineFeed)
        line += 1
      } else if outline.isVerbatim[line] || source.isBlank(line) {
        bytes += source[line]
        bytes.append(.lineFeed)
        line += 1
      } else {
        line = extract(fromLine: line)
      }
    }
  }

  /// Copies the text block that starts on `line`, with placeholders for formulas; returns the line
  /// after it.
  private mutating func extract(fromLine line: Int) -> Int {
    var textEnd = source.offset(ofLine: outline.lastLineOfText[line] + 1)
    var position = source.offset(ofLine: line)
    var copied = position
    // Lengths of backtick runs known to have no closing run in this text.
    var unmatchedRuns: Set<Int> = []
    while position < textEnd {
      switch source.bytes[position] {
      case .backslash:
        noteForeignMark(at: position, textEnd: textEnd)
        position += 2
      case .backtick:
        let length = source.bytes[position..<textEnd].prefix { $0 == .backtick }.count
        position += length
        // cmark's limit is also 80.
        guard length <= 80, !unmatchedRuns.contains(length) else { continue }
        if let end = endOfCodeSpan(marks: length, from: position, to: textEnd) {
          position = end
        } else {
          unmatchedRuns.insert(length)
        }
      case .dollar:
        guard let formula = formula(at: position, textEnd: textEnd) else {
          position += source.bytes[position..<textEnd].prefix { $0 == .dollar }.count
          continue
        }
        bytes += source.bytes[copied..<position]
        append(formula)
        position = formula.range.upperBound
        copied = position
        if position > textEnd {
          // A displayed formula may contain lines that look like other blocks: continue after it.
          let last = source.line(ofByte: position)
          textEnd = source.offset(ofLine: outline.lastLineOfText[last] + 1)
          unmatchedRuns = []
        }
      default: position += 1
      }
    }
    bytes += source.bytes[copied..<textEnd]
    return source.line(ofByte: textEnd - 1) + 1
  }

  private mutating func noteForeignMark(at start: Int, textEnd: Int) {
    let closings: [UInt8: UInt8] = [
      UInt8(ascii: "("): UInt8(ascii: ")"), UInt8(ascii: "["): UInt8(ascii: "]"),
    ]
    // A formula is short, and a hostile text has many brackets.
    let end = min(textEnd, start + 500)
    guard start + 2 < end, foreignMarks.count < 100,
      let closing = closings[source.bytes[start + 1]],
      source.firstIndex(of: [.backslash, closing], from: start + 2, to: end) != nil
    else { return }
    foreignMarks.append(source.position(ofByte: start))
  }

  /// The end of a code span, given where its text starts.
  private func endOfCodeSpan(marks: Int, from start: Int, to end: Int) -> Int? {
    var position = start
    while let run = source.bytes[position..<end].firstIndex(of: .backtick) {
      let length = source.bytes[run..<end].prefix { $0 == .backtick }.count
      if length == marks { return run + length }
      position = run + length
    }
    return nil
  }

  private struct FormulaSource {
    var range: Range<Int>
    var marks: Int
  }

  private mutating func formula(at start: Int, textEnd: Int) -> FormulaSource? {
    if source.bytes[start + 1] == .dollar { return displayedFormula(at: start) }
    let text = source.bytes
    if start > 0, text[start - 1].isLetter || text[start - 1].isDigit { return nil }
    if text[start + 1].isSpace || text[start + 1] == .lineFeed { return nil }
    guard let end = closingDollar(from: start + 1, to: textEnd) else { return nil }
    let before = text[end - 1]
    if before.isSpace || before == .lineFeed { return nil }
    if end + 1 < text.count, text[end + 1].isDigit { return nil }
    return FormulaSource(range: start..<end + 1, marks: 1)
  }

  private mutating func displayedFormula(at start: Int) -> FormulaSource? {
    let line = source.line(ofByte: start)
    let last = outline.lastLineOfParagraph[line]
    let paragraphEnd = source.offset(ofLine: last + 1)
    var position = start + 2
    while let end = closingDollar(from: position, to: paragraphEnd, allowingCode: true) {
      guard source.bytes[end + 1] == .dollar else {
        position = end + 1
        continue
      }
      let isEmpty = source.bytes[start + 2..<end].allSatisfy { $0.isSpace || $0 == .lineFeed }
      return isEmpty ? nil : FormulaSource(range: start..<end + 2, marks: 2)
    }
    unclosed.append(source.position(ofByte: start))
    return nil
  }

  /// The next unescaped `$`, unless a code span might start before it.
  private func closingDollar(from start: Int, to end: Int, allowingCode: Bool = false) -> Int? {
    var position = start
    while position < end {
      switch source.bytes[position] {
      case .dollar: return position
      case .backtick where !allowingCode: return nil
      case .backslash: position += 2
      default: position += 1
      }
    }
    return nil
  }

  private mutating func append(_ formula: FormulaSource) {
    let firstLine = source.line(ofByte: formula.range.lowerBound)
    let lastLine = source.line(ofByte: formula.range.upperBound - 1)
    let quoteDepth = source[firstLine].prefix { $0.isSpace || $0 == .greater }
      .count { $0 == .greater }
    var parts: [String] = []
    for line in firstLine...lastLine {
      var start = max(source.offset(ofLine: line), formula.range.lowerBound)
      let end = min(source.offset(ofLine: line + 1) - 1, formula.range.upperBound)
      if line > firstLine {
        // Keep the marks and indentation of the surrounding quote or list.
        var depth = 0
        bytes.append(.lineFeed)
        while start < end {
          let byte = source.bytes[start]
          guard byte.isSpace || (byte == .greater && depth < quoteDepth) else { break }
          if byte == .greater { depth += 1 }
          bytes.append(byte)
          start += 1
        }
      }
      let part = String(decoding: source.bytes[start..<max(start, end)], as: UTF8.self)
      bytes += FormulaPlaceholder.text(formulas.parts.count + parts.count).utf8
      parts.append(part)
    }
    formulas.append(parts, marks: formula.marks)
  }
}
