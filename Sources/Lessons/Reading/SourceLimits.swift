/// Limits that keep hostile texts from exhausting memory or time in cmark, far beyond what a lesson
/// needs.
enum SourceLimits {
  /// The maximum nesting of quotes and lists.
  static let nesting = 50
  /// The size of a page, which is laid out again whenever something on it changes.
  static let pageBytes = 500_000
  /// The text of a paragraph, a title or a table's cell, which is wrapped as one.
  static let paragraphBytes = 20_000
  static let titleBytes = 300
  /// A code block that is shown, not run.
  static let codeBytes = 50_000
  /// In all tables together. cmark pads short rows, so ten bytes can become thousands of cells.
  static let tableCells = 200_000
  static let tableColumns = 100
  static let tableRows = 2000

  /// The text without quote and list marks beyond `nesting` at the start of lines, and the lines that
  /// had such marks.
  static func limitingNesting(of source: SourceText) -> (SourceText, lines: [Int]) {
    var cuts: [(line: Int, marks: Range<Int>)] = []
    for line in stride(from: 1, through: source.lineCount, by: 1) {
      if let marks = surplusMarks(in: source[line]) { cuts.append((line, marks)) }
    }
    guard !cuts.isEmpty else { return (source, []) }
    var bytes: [UInt8] = []
    var copied = 0
    for cut in cuts {
      bytes += source.bytes[copied..<cut.marks.lowerBound]
      copied = cut.marks.upperBound
    }
    bytes += source.bytes[copied...]
    return (SourceText(String(decoding: bytes, as: UTF8.self)), cuts.map(\.line))
  }

  private static func surplusMarks(in line: ArraySlice<UInt8>) -> Range<Int>? {
    var rest = line
    var count = 0
    var limit: Int?
    while true {
      rest = rest.drop(while: \.isSpace)
      guard let length = lengthOfMark(rest) else { break }
      count += 1
      // The innermost block counts as a level too.
      if count >= nesting && limit == nil { limit = rest.startIndex }
      rest = rest.dropFirst(length)
    }
    return limit.map { $0..<rest.startIndex }
  }

  /// The length of the mark `>`, or `-` or `12.` followed by a space.
  private static func lengthOfMark(_ text: ArraySlice<UInt8>) -> Int? {
    guard let first = text.first else { return nil }
    if first == .greater { return 1 }
    let digits = text.prefix(9).prefix(while: \.isDigit).count
    let bullets = digits == 0 ? Array("-+*".utf8) : Array(".)".utf8)
    let rest = text.dropFirst(digits)
    guard let bullet = rest.first, bullets.contains(bullet),
      let next = rest.dropFirst().first, next.isSpace
    else { return nil }
    return digits + 1
  }

  /// The delimiter rows of each table that is too large; without them it is not parsed as a table.
  static func delimiterRowsOfLargeTables(in source: SourceText, outline: BlockOutline) -> [[Int]] {
    var tables: [[Int]] = []
    var cells = 0
    var line = 1
    while line <= source.lineCount {
      guard !outline.isVerbatim[line], !source.isBlank(line) else {
        line += 1
        continue
      }
      let lines = line...outline.lastLineOfParagraph[line]
      line = lines.upperBound + 1
      let delimiterRows = lines.filter { isDelimiterRow(source[$0]) }
      guard !delimiterRows.isEmpty else { continue }
      // A header with more columns than its delimiter row also takes cmark a long time.
      let columns = lines.lazy.map { source[$0].count { $0 == UInt8(ascii: "|") } + 1 }.max() ?? 1
      if columns > tableColumns || cells + columns * lines.count > tableCells {
        tables.append(delimiterRows)
      } else {
        cells += columns * lines.count
      }
    }
    return tables
  }

  /// Whether a line can be a delimiter row, `| --- | :-: |`, below a table's header.
  private static func isDelimiterRow(_ line: ArraySlice<UInt8>) -> Bool {
    // Quote and list marks may precede it.
    line.contains(UInt8(ascii: "-")) && line.contains(UInt8(ascii: "|"))
      && line.allSatisfy { $0.isSpace || $0.isDigit || "|-:>+*.)".utf8.contains($0) }
  }
}
