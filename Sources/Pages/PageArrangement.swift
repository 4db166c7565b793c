import Lessons
import Notebook
import Terminal

/// The layout of a page on a canvas as tall as the page.
package struct PageArrangement {
  private struct Placed {
    var item: PageItem
    var frame: Rectangle
  }

  package private(set) var height = 0
  /// The focus targets and their rows: interactive outputs in reading order, then code cells, since
  /// Tab is mostly pressed for a slider.
  package private(set) var targets: [(target: FocusTarget, rows: Range<Int>)] = []
  /// The first row of each block; for a cell, of its text or results.
  package private(set) var blockRows: [Int: Int] = [:]
  /// The width of the column with prose and cells when outputs are beside it; nil when they are
  /// below.
  package private(set) var cellColumnWidth: Int?
  private var placed: [Placed] = []
  /// Placing stops once the page is taller.
  private var limit = Int.max
  /// The number of rows of plots.
  private var plotRowCount = 0

  /// From this width on, outputs are beside the prose.
  package static let twoColumnWidth = 120
  private static let proseWidth = 88
  /// The minimum width of two plots side by side.
  private static let figureWidth = 36

  /// The minimum and maximum rows of a plot.
  private static let plotHeights = 7...14

  /// Arranges a page with cells open and spacing between outputs if all of it fits the screen, else
  /// densely. Plots then grow into the remaining rows.
  package init(page: Page, snapshot: Snapshot, state: PageState, look: PageLook) {
    let covers = page.covers(state)
    let tasks = Set(page.tasks)
    let made = MadeItems()
    func arranged(isDense: Bool, plotHeight: Int, limit: Int? = nil) -> PageArrangement {
      PageArrangement(
        page: page, limit: limit,
        items: PageItems(
          snapshot: snapshot, state: state, look: look, isDense: isDense, plotHeight: plotHeight,
          covers: covers, tasks: tasks, made: made))
    }
    guard let room = look.height else {
      self = arranged(isDense: false, plotHeight: 10)
      return
    }
    let lowest = Self.plotHeights.lowerBound
    var isDense = false
    self = arranged(isDense: false, plotHeight: lowest + 1, limit: room)
    if height > room {
      isDense = true
      self = arranged(isDense: true, plotHeight: lowest)
    }
    guard plotRowCount > 0, height < room else { return }
    let growth = (room - height) / plotRowCount
    let grown = min(Self.plotHeights.upperBound, (isDense ? lowest : lowest + 1) + growth)
    self = arranged(isDense: isDense, plotHeight: grown)
  }

  /// - Parameter limit: placing stops once the page is taller than this.
  private init(page: Page, limit: Int?, items: PageItems) {
    self.limit = limit ?? .max
    let look = items.look
    let inside = max(0, look.width - 1)
    if look.width >= Self.twoColumnWidth {
      let left = min(Self.proseWidth + 1, inside * 9 / 20)
      cellColumnWidth = left
      arrangeInTwoColumns(
        page, items, left: Rectangle(x: 0, y: 0, width: left, height: 0),
        right: Rectangle(x: left + 3, y: 0, width: inside - left - 3, height: 0))
    } else {
      arrangeInOneColumn(page, items, width: inside)
    }
    let all = placed.compactMap { placed -> (target: FocusTarget, rows: Range<Int>)? in
      guard let target = placed.item.target, placed.item.lastColumn?(placed.frame.width) != 0
      else { return nil }
      return (target, placed.frame.y..<placed.frame.endY)
    }
    targets = all.filter { !$0.target.isCode } + all.filter { $0.target.isCode }
  }

  /// The last column that a table can be scrolled to; 0 if all of it is visible.
  package func lastColumn(ofTable target: FocusTarget) -> Int {
    guard let placed = placed.first(where: { $0.item.target == target }) else { return 0 }
    return placed.item.lastColumn?(placed.frame.width) ?? 0
  }

  // MARK: Arranging

  private mutating func arrangeInOneColumn(_ page: Page, _ items: PageItems, width: Int) {
    var column = Column(frame: Rectangle(x: 0, y: 0, width: width, height: 0))
    for section in page.sections where height <= limit {
      place(section.prose, items, in: &column)
      for (index, cell) in section.cells {
        let code = items.code(of: cell)
        let results = items.results(of: cell, inBlock: index)
        blockRows[index] = blockRows[index] ?? column.y
        if let code { place(code, in: &column, isDense: items.isDense) }
        place(results, in: &column, isDense: items.isDense)
      }
    }
  }

  /// Prose and cells on the left, their outputs on the right beside them, or below earlier outputs.
  private mutating func arrangeInTwoColumns(
    _ page: Page, _ items: PageItems, left: Rectangle, right: Rectangle
  ) {
    var (leftColumn, rightColumn) = (Column(frame: left), Column(frame: right))
    for section in page.sections where height <= limit {
      let top = leftColumn.last == nil ? 0 : leftColumn.y + 1
      place(section.prose, items, in: &leftColumn)
      for (index, cell) in section.cells {
        blockRows[index] = blockRows[index] ?? leftColumn.y
        if let code = items.code(of: cell) {
          place(code, in: &leftColumn, isDense: items.isDense)
        }
        let results = items.results(of: cell, inBlock: index)
        if rightColumn.y < top {
          rightColumn.y = top
          rightColumn.last = nil
        }
        place(results, in: &rightColumn, isDense: items.isDense)
      }
    }
  }

  private struct Column {
    var frame: Rectangle
    var y = 0
    /// The kind of the item above; nil at the top.
    var last: PageItem.Kind?
  }

  private mutating func place(
    _ prose: [(index: Int, block: Block)], _ items: PageItems, in column: inout Column
  ) {
    for (index, block) in prose {
      let item = items.item(for: block, at: index)
      let frame = Rectangle(
        x: column.frame.x + 1, y: 0,
        width: min(Self.proseWidth, column.frame.width - 1), height: 0)
      place(item, x: frame.x, width: frame.width, in: &column, isDense: items.isDense)
      blockRows[index] = placed.last?.frame.y ?? 0
    }
  }

  private mutating func place(_ items: [PageItem], in column: inout Column, isDense: Bool) {
    var index = 0
    while index < items.count {
      let item = items[index]
      let half = (column.frame.width - 2) / 2
      if item.kind == .figure, index + 1 < items.count, items[index + 1].kind == .figure,
        half >= Self.figureWidth
      {
        let neighbour = items[index + 1]
        place(item, x: column.frame.x, width: half, in: &column, isDense: isDense)
        guard let first = placed.last?.frame else { return }
        let width = column.frame.width - half - 2
        let frame = Rectangle(
          x: column.frame.x + half + 2, y: first.y, width: width, height: neighbour.height(width))
        append(neighbour, frame)
        column.y = max(column.y, frame.endY)
        index += 2
      } else {
        place(item, in: &column, isDense: isDense)
        index += 1
      }
    }
  }

  private mutating func place(_ item: PageItem, in column: inout Column, isDense: Bool) {
    place(item, x: column.frame.x, width: column.frame.width, in: &column, isDense: isDense)
  }

  private mutating func place(
    _ item: PageItem, x: Int, width: Int, in column: inout Column, isDense: Bool
  ) {
    let itemHeight = item.height(width)
    guard itemHeight > 0 else { return }
    if let last = column.last, Self.needsGap(last, item.kind, isDense: isDense) { column.y += 1 }
    let frame = Rectangle(x: x, y: column.y, width: width, height: itemHeight)
    append(item, frame)
    column.y = frame.endY
    column.last = item.kind
    plotRowCount += item.plotRowCount(width)
  }

  private mutating func append(_ item: PageItem, _ frame: Rectangle) {
    placed.append(Placed(item: item, frame: frame))
    height = max(height, frame.endY)
  }

  /// Whether a blank line separates two items.
  private static func needsGap(
    _ above: PageItem.Kind, _ below: PageItem.Kind, isDense: Bool
  ) -> Bool {
    switch (above, below) {
    case (.heading, _): false
    case (.prose, .prose), (_, .heading): true
    case (_, .prose): true
    case (.prose, _), (.code, _): !isDense && below != .widget
    case (.widget, .widget), (.text, .text), (.message, .message), (.text, .message),
      (.trainer, .trainer):
      false
    default: !isDense
    }
  }

  // MARK: Drawing

  /// Draws the page from row `top` on into a rectangle of the canvas.
  ///
  /// - Parameters:
  ///   - state: the current focus, playheads and steps.
  ///   - editable: the cell that `e` edits, which is labelled with that key.
  package func draw(
    into canvas: inout Canvas, in area: Rectangle, from top: Int, look: PageLook,
    state: PageState, editable: String? = nil
  ) {
    canvas.clipped(to: area) { canvas in
      for placed in placed
      where placed.frame.endY > top && placed.frame.y < top + area.height {
        var frame = placed.frame
        frame.x += area.x
        frame.y += area.y - top
        placed.item.draw(&canvas, frame, state)
        if placed.item.isStale { canvas.restyle(frame) { $0 = look.theme.dim } }
        if let editable, placed.item.target == .code(cell: editable) {
          canvas.putAtEnd("e edit", of: frame, style: look.theme.dim)
        }
      }
      if let search = state.search, !search.isEmpty {
        markMatches(of: search, into: &canvas, in: area, look)
      }
    }
  }

  private func markMatches(
    of search: String, into canvas: inout Canvas, in area: Rectangle, _ look: PageLook
  ) {
    let wanted = Array(search.lowercased())
    for y in area.y..<area.endY {
      let row = (area.x..<area.endX).map { canvas[$0, y].character.lowercased() }
      guard row.count >= wanted.count else { continue }
      for start in 0...(row.count - wanted.count)
      where zip(wanted, row[start...]).allSatisfy({ String($0) == $1 }) {
        canvas.restyle(
          Rectangle(x: area.x + start, y: y, width: wanted.count, height: 1)
        ) { $0 = $0.with(look.theme.selection) }
      }
    }
  }
}

extension Canvas {
  /// At the end of a rectangle's first row, if there is room.
  fileprivate mutating func putAtEnd(_ text: String, of frame: Rectangle, style: Style) {
    let x = frame.endX - text.count
    let room = Rectangle(x: x - 2, y: frame.y, width: text.count + 2, height: 1)
    guard room.x > frame.x, bounds.intersection(room) == room,
      (room.x..<room.endX).allSatisfy({ self[$0, room.y] == .blank })
    else { return }
    put(text, x: x, y: frame.y, style: style)
  }
}
