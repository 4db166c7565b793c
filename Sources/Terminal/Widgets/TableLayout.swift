/// How wide the columns of a table are, and which of them fit beside each other.
struct TableLayout {
  let width: Int
  let charset: Charset
  /// Of each column: on one line, and at least.
  private let natural: [Int]
  private let minimum: [Int]

  /// Blanks between columns.
  static let gap = 2
  /// Words that are longer may be broken, the first of these lengths that makes the columns fit;
  /// numbers never are.
  private static let longestWords = [24, 16, 10]
  /// A column of text gets this much before another column is put beside it.
  private static let comfortable = 20

  /// O(text of the table).
  init(_ table: TableView, width: Int, charset: Charset) {
    self.width = max(0, width)
    self.charset = charset
    let count = max(table.headers.count, table.rows.map(\.count).max() ?? 0)
    var natural = Array(repeating: 1, count: count)
    // Of each column the longest number, and the longest other word.
    var numbers = natural
    var words = natural
    for row in [table.headers] + table.rows {
      for (column, cell) in row.enumerated() {
        let text = cell.count == 1 ? cell[0].text : cell.map(\.text).joined()
        natural[column] = max(natural[column], displayWidth(of: text, charset: charset))
        for word in text.split(separator: " ") {
          let length = displayWidth(of: word, charset: charset)
          guard length > min(numbers[column], words[column]) else { continue }
          if looksNumeric(word) {
            numbers[column] = max(numbers[column], length)
          } else {
            words[column] = max(words[column], length)
          }
        }
      }
    }
    // Nothing is wider than the page.
    let widest = natural
    self.natural = widest.map { min($0, max(1, width)) }
    func minimum(longestWord: Int) -> [Int] {
      widest.indices.map {
        min(widest[$0], max(1, width), max(numbers[$0], min(words[$0], longestWord)))
      }
    }
    let candidates = Self.longestWords.map(minimum)
    let gaps = Self.gap * max(0, natural.count - 1)
    self.minimum =
      candidates.first { $0.reduce(gaps, +) <= width } ?? candidates[0]
  }

  var columnCount: Int { natural.count }

  private func total(_ widths: some Collection<Int>) -> Int {
    widths.reduce(0, +) + Self.gap * max(0, widths.count - 1)
  }

  /// All columns, a group for each block: one if they fit.
  var groups: [Range<Int>] {
    var groups: [Range<Int>] = []
    var start = 0
    while start < columnCount {
      let group = group(from: start)
      groups.append(group)
      start = group.upperBound
    }
    return groups
  }

  /// The columns from `first` on that fit beside each other: at least one.
  func group(from first: Int) -> Range<Int> {
    guard first < columnCount else { return columnCount..<columnCount }
    if total(minimum[first...]) <= width { return first..<columnCount }
    var end = first + 1
    var used = needed(first)
    while end < columnCount, used + Self.gap + needed(end) <= width {
      used += Self.gap + needed(end)
      end += 1
    }
    return first..<end
  }

  private func needed(_ column: Int) -> Int {
    min(natural[column], max(minimum[column], Self.comfortable))
  }

  /// The first column from which on everything fits.
  var lastFirstColumn: Int {
    if total(minimum) <= width { return 0 }
    var first = max(0, columnCount - 1)
    while first > 0, group(from: first - 1).upperBound == columnCount { first -= 1 }
    return first
  }

  /// Natural widths, of which the widest shrink until all fit.
  func widths(of columns: Range<Int>) -> [Int] {
    var widths = Array(natural[columns])
    let minimum = Array(minimum[columns])
    var excess = total(widths) - width
    while excess > 0 {
      let shrinking = widths.indices.filter { widths[$0] > minimum[$0] }
      guard let widest = shrinking.map({ widths[$0] }).max(),
        let column = shrinking.last(where: { widths[$0] == widest })
      else { break }
      let next = shrinking.map { widths[$0] }.filter { $0 < widest }.max() ?? 0
      let surplus = widest - max(next, minimum[column])
      let cut = min(excess, max(1, surplus / 2))
      widths[column] -= cut
      excess -= cut
    }
    return widths
  }

  func wrapped(_ cell: [Span], width: Int) -> [[Span]] {
    wrap(cell, width: width, charset: charset)
  }
}
