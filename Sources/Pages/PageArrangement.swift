import Lessons
import Notebook
import Terminal

/// The layout of a page on a canvas as tall as the page.
package struct PageArrangement {
  struct Placed {
    var item: PageItem
    var frame: Rectangle
    /// Of the page, that the item comes from.
    var block: Int

    var isCode: Bool { item.target?.isCode == true }
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
  private(set) var placed: [Placed] = []
  /// What stands still while the page scrolls, in rows of the screen: the stage of what has the focus.
  private(set) var stage: StageLayout?
  /// The columns of the screen in which the page scrolls beside the stage; 0 if it covers the page.
  private(set) var columnsBesideStage = Int.max
  /// The rows of the page with all that belongs to the focus, where one screen has room for them.
  package private(set) var focusSpan: Range<Int>?
  /// Whether what has the focus covers the page.
  package var coversPage: Bool { columnsBesideStage == 0 }
  /// The names of what the stage has no room for.
  package var hiddenOnStage: [String] { stage?.hidden ?? [] }
  /// Placing stops once the page is taller.
  private var limit = Int.max
  /// Whether two plots stand side by side where their column is wide enough.
  private var pairsFigures = true
  /// The number of rows of plots.
  private var plotRowCount = 0
  /// The height of the column of plots beside the prose; nil where they are below it.
  private var plotColumnHeight: Int?

  /// From this width on, outputs are beside the prose.
  package static let twoColumnWidth = 120
  private static let proseWidth = 88
  /// The minimum width of two plots side by side.
  private static let figureWidth = 36

  /// The rows of a plot without a legend: eight for the data, and the frame.
  static let plotHeight = 11

  /// Arranges a page with cells open and spacing between outputs if all of it fits the screen, else with
  /// less of both. Plots, or else waveforms, then grow into the remaining rows.
  ///
  /// - Parameter dependencies: nil where nothing is put on a stage.
  package init(
    page: Page, snapshot: Snapshot, state: PageState, look: PageLook,
    dependencies: PageDependencies? = nil
  ) {
    let covers = page.covers(state)
    let tasks = Set(page.tasks)
    let made = MadeItems()
    func items(_ density: Density, plotHeight: Int, waveHeight: Int? = nil) -> PageItems {
      PageItems(
        snapshot: snapshot, state: state, look: look, isDense: density.isDense,
        opensCells: density.opensCells, plotHeight: plotHeight, waveHeight: waveHeight,
        covers: covers, tasks: tasks, made: made)
    }
    func arranged(
      _ density: Density, plotHeight: Int, waveHeight: Int? = nil, limit: Int? = nil,
      pairsFigures: Bool = true
    ) -> PageArrangement {
      PageArrangement(
        page: page, limit: limit, pairsFigures: pairsFigures,
        items: items(density, plotHeight: plotHeight, waveHeight: waveHeight))
    }
    guard let room = look.height else {
      self = arranged(.loose, plotHeight: Self.plotHeight)
      return
    }
    let dense = items(.dense, plotHeight: Self.plotHeight)
    let screen = Rectangle(x: 0, y: 0, width: max(0, look.width - 1), height: room)
    if let item = dense.blindTestItem {
      self = arranged(.dense, plotHeight: Self.plotHeight)
      stage = StageLayout(item, in: screen)
      columnsBesideStage = 0
      return
    }
    if state.isZoomed, let focus = state.focus {
      let zoomed =
        dense.zoomItem(focus).map { StageLayout($0, in: screen) }
        ?? dependencies.flatMap { stage(page, dense, dependencies: $0, in: screen)?.layout }
      if let zoomed {
        self = arranged(.dense, plotHeight: Self.plotHeight)
        stage = zoomed
        columnsBesideStage = 0
        return
      }
    }
    let lowest = max(dense.leastDataRows + 3, min(Self.plotHeight, room))
    var density = Density.loose
    for attempt in Density.all {
      density = attempt
      self = arranged(attempt, plotHeight: lowest, limit: attempt == .dense ? nil : room)
      if height <= room { break }
    }
    guard height <= room else {
      if let dependencies, state.hasStage { putOnStage(page, dense, dependencies, room: room) }
      return
    }
    let playerCount = placed.count { $0.item.kind == .player }
    guard plotRowCount > 0 else {
      guard playerCount > 0 else { return }
      let least = density.isDense ? 2 : 3
      let rows = least + (room - (plotColumnHeight ?? height)) / playerCount
      let grown = arranged(
        density, plotHeight: lowest, waveHeight: max(least, min(Self.largestWave, rows)))
      if grown.height <= room { self = grown }
      return
    }
    // Outputs beside the prose fill the height of the screen, below each other if they can.
    for pairsFigures in cellColumnWidth == nil ? [true] : [false, true] {
      let low = arranged(density, plotHeight: lowest, pairsFigures: pairsFigures)
      let free = room - (low.plotColumnHeight ?? low.height)
      guard free >= 0, low.height <= room, low.plotRowCount > 0 else { continue }
      let grown = arranged(
        density, plotHeight: lowest + free / low.plotRowCount, pairsFigures: pairsFigures)
      self = grown.height <= room ? grown : low
      return
    }
  }

  /// The most rows of a waveform.
  private static let largestWave = 12

  /// How much of a page is open.
  private struct Density: Equatable {
    var isDense: Bool
    var opensCells: Bool

    static let loose = Density(isDense: false, opensCells: true)
    static let dense = Density(isDense: true, opensCells: false)
    /// In the order in which they are tried. In two columns the outputs may be dense beside open cells.
    static let all = [
      loose, Density(isDense: false, opensCells: false), Density(isDense: true, opensCells: true),
      dense,
    ]
  }

  /// Puts what has the focus on a stage, unless one screen of the page shows all that belongs to it.
  private mutating func putOnStage(
    _ page: Page, _ items: PageItems, _ dependencies: PageDependencies, room: Int
  ) {
    let width = max(0, items.look.width - 1)
    let left = cellColumnWidth.map { $0 + 3 } ?? 0
    let area = Rectangle(x: left, y: 0, width: width - left, height: room)
    guard let staged = self.stage(page, items, dependencies: dependencies, in: area) else { return }
    if let span = staged.span, span.count <= room, cellColumnWidth == nil {
      focusSpan = span
      return
    }
    stage = staged.layout
    columnsBesideStage = left
  }

  /// The rows from the first to the last item of some blocks.
  func rows(ofBlocks blocks: Set<Int>) -> Range<Int>? {
    let frames = placed.filter { blocks.contains($0.block) && !$0.isCode }.map(\.frame)
    guard let top = frames.map(\.y).min(), let end = frames.map(\.endY).max() else { return nil }
    return top..<end
  }

  /// - Parameter limit: placing stops once the page is taller than this.
  private init(page: Page, limit: Int?, pairsFigures: Bool, items: PageItems) {
    self.limit = limit ?? .max
    self.pairsFigures = pairsFigures
    let look = items.look
    let inside = max(0, look.width - 1)
    // A page of prose alone needs no second column.
    let hasOutputs = page.cells.contains { !$0.isStatic && !items.tasks.contains($0.id) }
    if look.width >= Self.twoColumnWidth, hasOutputs {
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
    let shown =
      stage?.placed.first { $0.item.target == target }
      ?? placed.first { $0.item.target == target }.map { ($0.item, $0.frame) }
    return shown.flatMap { $0.item.lastColumn?($0.frame.width) } ?? 0
  }

  /// What can have the focus, and where it is on a screen whose first row is row `top` of the page.
  package func frames(from top: Int) -> [(target: FocusTarget, frame: Rectangle)] {
    shown(from: top).compactMap { item, frame in item.target.map { ($0, frame) } }
  }

  /// What is at a place of that screen: a thing that can have the focus, and which part of it.
  package func part(
    atX x: Int, y: Int, from top: Int, state: PageState
  ) -> (target: FocusTarget, part: PagePart?, row: Int)? {
    for (item, frame) in shown(from: top) where frame.contains(x: x, y: y) {
      guard let target = item.target, item.lastColumn?(frame.width) != 0 else { continue }
      return (target, item.part(x, y, frame, state), y - frame.y)
    }
    return nil
  }

  /// The position in a slider or a sound that is nearest to a column of that screen: where something is
  /// dragged to, which may be outside its rail.
  ///
  /// - Parameter row: of the thing, where the drag began.
  package func position(
    in target: FocusTarget, atX x: Int, row: Int, from top: Int, state: PageState
  ) -> Double? {
    guard let (item, frame) = shown(from: top).first(where: { $0.0.target == target }),
      frame.width > 0
    else { return nil }
    let inside = max(frame.x, min(frame.endX - 1, x))
    for distance in 0..<frame.width {
      for column in [inside - distance, inside + distance] {
        if case .position(let position)? = item.part(column, frame.y + row, frame, state) {
          return position
        }
      }
    }
    return nil
  }

  private func shown(from top: Int) -> [(PageItem, Rectangle)] {
    let onPage = placed.filter { $0.frame.x < columnsBesideStage }.map { placed in
      (
        placed.item,
        Rectangle(
          x: placed.frame.x, y: placed.frame.y - top, width: placed.frame.width,
          height: placed.frame.height)
      )
    }
    return onPage + (stage?.placed.map { ($0.item, $0.frame) } ?? [])
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
        if let code { place(code, ofBlock: index, in: &column, isDense: items.isDense) }
        place(results, ofBlock: index, in: &column, isDense: items.isDense)
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
          place(code, ofBlock: index, in: &leftColumn, isDense: items.isDense)
        }
        let results = items.results(of: cell, inBlock: index)
        // A cell without results must not take room from the plots above.
        if rightColumn.y < top, results.contains(where: { $0.height(right.width) > 0 }) {
          rightColumn.y = top
          rightColumn.last = nil
        }
        place(results, ofBlock: index, in: &rightColumn, isDense: items.isDense)
      }
    }
    plotColumnHeight = rightColumn.y
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
      place(
        item, ofBlock: index, x: frame.x, width: frame.width, in: &column, isDense: items.isDense)
      blockRows[index] = placed.last?.frame.y ?? 0
    }
  }

  private mutating func place(
    _ items: [PageItem], ofBlock block: Int, in column: inout Column, isDense: Bool
  ) {
    var index = 0
    while index < items.count {
      let item = items[index]
      let half = (column.frame.width - 2) / 2
      if pairsFigures, item.kind == .figure, index + 1 < items.count,
        items[index + 1].kind == .figure,
        half >= Self.figureWidth
      {
        let neighbour = items[index + 1]
        place(
          item, ofBlock: block, x: column.frame.x, width: half, in: &column, isDense: isDense)
        guard let first = placed.last?.frame else { return }
        let width = column.frame.width - half - 2
        let frame = Rectangle(
          x: column.frame.x + half + 2, y: first.y, width: width, height: neighbour.height(width))
        append(neighbour, frame, block)
        column.y = max(column.y, frame.endY)
        index += 2
      } else {
        place(item, ofBlock: block, in: &column, isDense: isDense)
        index += 1
      }
    }
  }

  private mutating func place(
    _ item: PageItem, ofBlock block: Int, in column: inout Column, isDense: Bool
  ) {
    place(
      item, ofBlock: block, x: column.frame.x, width: column.frame.width, in: &column,
      isDense: isDense)
  }

  private mutating func place(
    _ item: PageItem, ofBlock block: Int, x: Int, width: Int, in column: inout Column,
    isDense: Bool
  ) {
    let itemHeight = item.height(width)
    guard itemHeight > 0 else { return }
    if let last = column.last, Self.needsGap(last, item.kind, isDense: isDense) { column.y += 1 }
    let frame = Rectangle(x: x, y: column.y, width: width, height: itemHeight)
    append(item, frame, block)
    column.y = frame.endY
    column.last = item.kind
    plotRowCount += item.plotRowCount(width)
  }

  private mutating func append(_ item: PageItem, _ frame: Rectangle, _ block: Int) {
    placed.append(Placed(item: item, frame: frame, block: block))
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
}
