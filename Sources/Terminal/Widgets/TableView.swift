/// A table with aligned columns. If it is too wide, the widest columns shrink first and their text
/// wraps.
package struct TableView: Sendable {
  package enum Alignment: Hashable, Sendable { case left, center, right }

  package var headers: [[Span]]
  package var rows: [[[Span]]]
  /// One for each column; missing ones count as left-aligned.
  package var alignments: [Alignment]

  package init(headers: [[Span]], rows: [[[Span]]], alignments: [Alignment] = []) {
    self.headers = headers
    self.rows = rows
    self.alignments = alignments
  }

  /// A table of plain text; numeric columns are right-aligned.
  package init(headers: [String], rows: [[String]]) {
    let count = max(headers.count, rows.map(\.count).max() ?? 0)
    self.init(
      headers: headers.map { [Span($0)] }, rows: rows.map { $0.map { [Span($0)] } },
      alignments: (0..<count).map { column in
        let cells = rows.compactMap { column < $0.count ? $0[column] : nil }
        return !cells.isEmpty && cells.allSatisfy(looksNumeric) ? .right : .left
      })
  }

  package func height(forWidth width: Int, charset: Charset = .unicode) -> Int {
    let widths = columnWidths(forWidth: width, charset: charset)
    guard !widths.isEmpty else { return 0 }
    func height(_ row: [[Span]]) -> Int {
      lines(of: row, widths: widths, charset: charset).map(\.count).max() ?? 1
    }
    return (headers.isEmpty ? 0 : height(headers) + 1) + rows.reduce(0) { $0 + height($1) }
  }

  package func draw(into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme) {
    let widths = columnWidths(forWidth: rectangle.width, charset: canvas.charset)
    guard !widths.isEmpty, !rectangle.isEmpty else { return }
    canvas.clipped(to: rectangle) { canvas in
      var y = rectangle.y
      if !headers.isEmpty {
        let bold = headers.map { $0.map { Span($0.text, $0.style.merging(theme.strong)) } }
        y += draw(bold, widths: widths, into: &canvas, x: rectangle.x, y: y)
        var x = rectangle.x
        for width in widths {
          for column in x..<(x + width) {
            canvas.put(canvas.glyphs.horizontal, x: column, y: y, style: theme.axis)
          }
          x += width + 2
        }
        y += 1
      }
      for row in rows where y < rectangle.endY {
        y += draw(row, widths: widths, into: &canvas, x: rectangle.x, y: y)
      }
    }
  }

  // MARK: Layout

  private var columnCount: Int { max(headers.count, rows.map(\.count).max() ?? 0) }

  /// Natural widths, with the widest reduced until all fit with two blanks between them; none is
  /// reduced below 3.
  private func columnWidths(forWidth width: Int, charset: Charset) -> [Int] {
    var widths = Array(repeating: 1, count: columnCount)
    for row in [headers] + rows {
      for (column, cell) in row.enumerated() {
        let natural = displayWidth(of: cell.map(\.text).joined(), charset: charset)
        widths[column] = max(widths[column], natural)
      }
    }
    var excess = widths.reduce(0, +) + 2 * max(0, widths.count - 1) - max(0, width)
    while excess > 0, let widest = widths.max(), widest > 3 {
      let column = widths.lastIndex(of: widest) ?? 0
      let next = widths.filter { $0 < widest }.max() ?? 3
      let cut = min(excess, max(1, (widest - max(next, 3)) / 2))
      widths[column] -= cut
      excess -= cut
    }
    return widths
  }

  private func lines(of row: [[Span]], widths: [Int], charset: Charset) -> [[[Span]]] {
    zip(row, widths).map { wrap($0, width: $1, charset: charset) }
  }

  /// - Returns: the number of canvas rows used.
  private func draw(
    _ row: [[Span]], widths: [Int], into canvas: inout Canvas, x: Int, y: Int
  ) -> Int {
    let cells = lines(of: row, widths: widths, charset: canvas.charset)
    var x = x
    for (column, cell) in cells.enumerated() {
      for (number, line) in cell.enumerated() {
        let used = displayWidth(of: line.map(\.text).joined(), charset: canvas.charset)
        let room = max(0, widths[column] - used)
        let alignment = column < alignments.count ? alignments[column] : .left
        let offset =
          switch alignment {
          case .left: 0
          case .center: room / 2
          case .right: room
          }
        canvas.put(line, x: x + offset, y: y + number, maximumWidth: widths[column])
      }
      x += widths[column] + 2
    }
    return max(1, cells.map(\.count).max() ?? 1)
  }
}

private func looksNumeric(_ text: String) -> Bool {
  text.contains(where: \.isNumber)
    && text.allSatisfy { $0.isNumber || "+-−.,eE%×:±∞ ".contains($0) }
}

extension Style {
  /// This style with the attributes of `other` added; existing colours take precedence.
  package func merging(_ other: Style) -> Style {
    Style(
      foreground: foreground == .standard ? other.foreground : foreground,
      background: background == .standard ? other.background : background,
      isBold: isBold || other.isBold, isDim: isDim || other.isDim,
      isUnderlined: isUnderlined || other.isUnderlined,
      isReversed: isReversed || other.isReversed)
  }
}
