/// A table with aligned columns. Text wraps at words, and numbers are never broken in two. Columns
/// that do not fit beside each other follow in blocks below, or are scrolled to.
package struct TableView: Sendable {
  package enum Alignment: Hashable, Sendable { case left, center, right }

  /// How a table is shown that is wider than the page.
  package enum Overflow: Hashable, Sendable {
    /// All columns, in blocks below each other.
    case blocks
    /// As many columns as fit, from this one on, and a mark at each edge for the others.
    case scrolled(from: Int)
  }

  package var headers: [[Span]]
  package var rows: [[[Span]]]
  /// One for each column; missing ones count as left-aligned.
  package var alignments: [Alignment]
  package var overflow = Overflow.blocks

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
        let cells = rows.lazy.compactMap { column < $0.count ? $0[column] : nil }
        return !cells.isEmpty && cells.allSatisfy(looksNumeric) ? .right : .left
      })
  }

  /// A table whose columns have their widths.
  package struct Fitted {
    let table: TableView
    let layout: TableLayout

    package var width: Int { layout.width }

    /// The last column that scrolling can start from; 0 if the table fits or does not scroll.
    package var lastFirstColumn: Int { table.overflow == .blocks ? 0 : layout.lastFirstColumn }

    /// The lines of the table, styled.
    package func lines(theme: Theme = .monochrome) -> [[Span]] {
      table.lines(layout, theme: theme)
    }
  }

  /// O(text of the table).
  package func fitted(toWidth width: Int, charset: Charset = .unicode) -> Fitted {
    Fitted(table: self, layout: TableLayout(self, width: width, charset: charset))
  }

  // MARK: Lines

  private func lines(_ layout: TableLayout, theme: Theme) -> [[Span]] {
    guard layout.columnCount > 0, layout.width > 0 else { return [] }
    switch overflow {
    case .blocks:
      return layout.groups.flatMap { group -> [[Span]] in
        let lines = lines(of: group, layout, theme: theme)
        if group.lowerBound == 0 { return lines }
        let dash = layout.charset == .unicode ? "–" : "-"
        let range =
          group.count == 1
          ? "\(group.lowerBound + 1)" : "\(group.lowerBound + 1)\(dash)\(group.upperBound)"
        let full = "column\(group.count == 1 ? "" : "s") \(range) of \(layout.columnCount)"
        let caption = truncated(
          full.count <= layout.width ? full : "\(range)/\(layout.columnCount)",
          toWidth: layout.width, charset: layout.charset)
        return [[Span(caption, theme.dim)]] + lines
      }
    case .scrolled(let first):
      return lines(of: layout.group(from: min(first, layout.lastFirstColumn)), layout, theme: theme)
    }
  }

  private func lines(
    of columns: Range<Int>, _ layout: TableLayout, theme: Theme
  ) -> [[Span]] {
    let widths = layout.widths(of: columns)
    var result: [[Span]] = []
    if !headers.isEmpty {
      let bold = headers.map { $0.map { Span($0.text, $0.style.merging(theme.strong)) } }
      result += lines(of: bold, columns, widths, layout)
    }
    let rule = rule(columns, widths, layout, theme: theme)
    if !headers.isEmpty || rule.count > 1 { result.append(rule) }
    for row in rows { result += lines(of: row, columns, widths, layout) }
    return result
  }

  /// Below the headers. Says how many columns are beyond either edge, when scrolling.
  private func rule(
    _ columns: Range<Int>, _ widths: [Int], _ layout: TableLayout, theme: Theme
  ) -> [Span] {
    let glyphs = Glyphs(layout.charset)
    var line = widths.map { String(repeating: glyphs.horizontal, count: $0) }
      .joined(separator: "  ")
    var (start, end) = ("", "")
    if case .scrolled = overflow {
      if columns.lowerBound > 0 { start = "\(glyphs.choiceStart) \(columns.lowerBound) more " }
      let after = layout.columnCount - columns.upperBound
      if after > 0 { end = " \(after) more \(glyphs.separator)" }
    }
    guard !start.isEmpty || !end.isEmpty else { return [Span(line, theme.axis)] }
    let room = max(0, layout.width - start.count - end.count)
    line = String(line.dropFirst(start.count).prefix(room))
    line += String(repeating: " ", count: max(0, room - line.count))
    return [Span(start, theme.accent), Span(line, theme.axis), Span(end, theme.accent)]
  }

  private func lines(
    of row: [[Span]], _ columns: Range<Int>, _ widths: [Int], _ layout: TableLayout
  ) -> [[Span]] {
    let cells = zip(columns, widths).map { column, width in
      column < row.count ? layout.wrapped(row[column], width: width) : []
    }
    return (0..<max(1, cells.map(\.count).max() ?? 1)).map { number in
      var line: [Span] = []
      // Blanks are held back, so that none end a line.
      var blanks = 0
      for (index, cell) in cells.enumerated() {
        let text = number < cell.count ? cell[number] : []
        let used = displayWidth(of: text.map(\.text).joined(), charset: layout.charset)
        let room = max(0, widths[index] - used)
        let column = columns.lowerBound + index
        let offset =
          switch column < alignments.count ? alignments[column] : .left {
          case .left: 0
          case .center: room / 2
          case .right: room
          }
        if used > 0 {
          blanks += offset
          if blanks > 0 { line.append(Span(String(repeating: " ", count: blanks))) }
          line += text
          blanks = room - offset
        } else {
          blanks += widths[index]
        }
        blanks += TableLayout.gap
      }
      return line
    }
  }
}

func looksNumeric(_ text: some StringProtocol) -> Bool {
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
      isItalic: isItalic || other.isItalic,
      isUnderlined: isUnderlined || other.isUnderlined,
      isReversed: isReversed || other.isReversed)
  }
}
