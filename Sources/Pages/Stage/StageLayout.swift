import Terminal

/// Where the things on a stage stand: all of them in the given rows, or the most important ones and a line
/// that names the others.
struct StageLayout {
  private(set) var placed: [(item: PageItem, frame: Rectangle)] = []
  /// The names of what did not fit.
  private(set) var hidden: [String] = []

  private struct Row {
    var items: [PageItem]
    var height: Int
  }

  private static let gap = 2
  /// The narrowest plot with an axis that can be read.
  private static let narrowest = 36

  init(
    _ content: StageContent, in area: Rectangle, charset: Charset, makeLine: ([String]) -> PageItem
  ) {
    let most = max(1, min(3, (area.width + Self.gap) / (Self.narrowest + Self.gap)))
    var best: (rows: [Row], hidden: [String], quality: Double)?
    for columns in 1...most where columns == 1 || content.figures.count >= columns {
      let (rows, hidden) = Self.rows(of: content, in: area, columns: columns, makeLine: makeLine)
      let figures = rows.filter { $0.items.first?.kind == .figure }
      let width = (area.width - (columns - 1) * Self.gap) / columns
      let height = figures.map(\.height).min() ?? 0
      // Three times as wide as high in characters looks right.
      let quality = min(Double(height), Double(width) / 3)
      if let best, (best.hidden.count, -best.quality) <= (hidden.count, -quality) { continue }
      best = (rows, hidden, quality)
    }
    guard let best else { return }
    hidden = best.hidden
    var y = area.y
    for row in best.rows {
      let width = (area.width - (row.items.count - 1) * Self.gap) / row.items.count
      for (index, item) in row.items.enumerated() {
        let x = area.x + index * (width + Self.gap)
        let isLast = index + 1 == row.items.count
        placed.append(
          (
            item,
            Rectangle(
              x: x, y: y, width: isLast ? area.endX - x : width,
              height: min(row.height, max(0, area.endY - y)))
          ))
      }
      y += row.height
    }
  }

  /// One thing alone.
  init(_ item: PageItem, in area: Rectangle) { placed = [(item, area)] }

  /// The rows from the top to the bottom, as high as there is room for.
  private static func rows(
    of content: StageContent, in area: Rectangle, columns: Int, makeLine: ([String]) -> PageItem
  ) -> ([Row], hidden: [String]) {
    let entries = content.widgets + content.figures + content.others + content.texts
    let figures = content.widgets.count..<(content.widgets.count + content.figures.count)
    var shown = Set(entries.indices)
    func hidden() -> [String] {
      entries.indices.filter { !shown.contains($0) }.compactMap { entries[$0].item.name }
    }
    func rows() -> [Row] {
      func items(_ range: Range<Int>) -> [PageItem] {
        range.filter(shown.contains).map { entries[$0].item }
      }
      var rows = items(0..<figures.lowerBound).map { row([$0], width: area.width) }
      let plots = items(figures)
      for start in stride(from: 0, to: plots.count, by: columns) {
        rows.append(
          row(Array(plots[start..<min(start + columns, plots.count)]), width: area.width))
      }
      rows += items(figures.upperBound..<entries.count).map { row([$0], width: area.width) }
      let names = hidden()
      if !names.isEmpty { rows.append(row([makeLine(names)], width: area.width)) }
      return rows
    }
    func fits() -> Bool { rows().reduce(0) { $0 + $1.height } <= area.height }
    // The least important go first, and come back where a smaller one would do.
    let droppable = entries.indices.filter { !entries[$0].isRequired }
      .sorted { (entries[$0].rank, $0) > (entries[$1].rank, $1) }
    var dropped: [Int] = []
    for index in droppable where !fits() {
      shown.remove(index)
      dropped.append(index)
    }
    for index in dropped.reversed() {
      shown.insert(index)
      if !fits() { shown.remove(index) }
    }
    var result = rows()
    stretch(&result, by: area.height - result.reduce(0) { $0 + $1.height })
    return (result, hidden())
  }

  private static func row(_ items: [PageItem], width: Int) -> Row {
    let width = (width - (items.count - 1) * gap) / max(1, items.count)
    return Row(
      items: items, height: items.map { $0.stageHeight?(width) ?? $0.height(width) }.max() ?? 0)
  }

  /// Shares rows that are left among pictures; a player takes few of them.
  private static func stretch(_ rows: inout [Row], by count: Int) {
    guard count > 0 else { return }
    var left = count
    for index in rows.indices where rows[index].items.first?.kind == .player && left > 0 {
      let more = min(left, rows.contains { $0.items.first?.isElastic == true } ? 1 : 6)
      rows[index].height += more
      left -= more
    }
    let elastic = rows.indices.filter { rows[$0].items.first?.isElastic == true }
    guard !elastic.isEmpty else { return }
    for (number, index) in elastic.enumerated() {
      rows[index].height += left / elastic.count + (number < left % elastic.count ? 1 : 0)
    }
  }
}
