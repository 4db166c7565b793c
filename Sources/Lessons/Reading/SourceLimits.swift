/// Keeps hostile texts from costing cmark more memory or time than the machine has. Both limits
/// are far beyond what anyone would read.
enum SourceLimits {
  /// Quotes and lists inside one another.
  static let nesting = 50
  /// The text of a page, which is arranged anew whenever something on it changes.
  static let pageBytes = 1_000_000
  /// All tables together. cmark fills short rows up, so ten bytes can stand for thousands of cells.
  static let tableCells = 200_000
  static let tableColumns = 100

  /// The text without the marks of quotes and lists beyond `nesting` at the start of a line, and
  /// the lines that had such marks.
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
      // The innermost block counts, too.
      if count >= nesting && limit == nil { limit = rest.startIndex }
      rest = rest.dropFirst(length)
    }
    return limit.map { $0..<rest.startIndex }
  }

  /// The length of `>`, `-` with a space behind it, or `12.` likewise.
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

  /// The lines with dashes of each table that is too large; without them it is no table.
  static func rulesOfLargeTables(in source: SourceText, outline: BlockOutline) -> [[Int]] {
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
      let rules = lines.filter { isRule(source[$0]) }
      guard !rules.isEmpty else { continue }
      // Also a header with more columns than the rule announces takes cmark long to read.
      let columns = lines.lazy.map { source[$0].count { $0 == UInt8(ascii: "|") } + 1 }.max() ?? 1
      if columns > tableColumns || cells + columns * lines.count > tableCells {
        tables.append(rules)
      } else {
        cells += columns * lines.count
      }
    }
    return tables
  }

  /// Whether a line can be the `| --- | :-: |` below a table's header.
  private static func isRule(_ line: ArraySlice<UInt8>) -> Bool {
    // A quote's or a list's mark may stand in front.
    line.contains(UInt8(ascii: "-")) && line.contains(UInt8(ascii: "|"))
      && line.allSatisfy { $0.isSpace || $0.isDigit || "|-:>+*.)".utf8.contains($0) }
  }
}
