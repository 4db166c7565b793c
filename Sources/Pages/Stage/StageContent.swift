import Lessons
import Notebook
import Terminal

/// What is shown together with the thing that has the focus: all that can be set, and all that changes with it.
struct StageContent {
  /// A thing on the stage.
  struct Entry {
    var item: PageItem
    /// Whether it is there however little room there is.
    var isRequired: Bool
    /// What goes first when there is not room for all: the highest.
    var rank: Int
  }

  /// Sliders, choices and switches, one row each.
  private(set) var widgets: [Entry] = []
  /// Side by side if need be.
  private(set) var figures: [Entry] = []
  /// Everything else that cells show, below each other.
  private(set) var others: [Entry] = []
  /// Sentences of the prose with values that change, and the verdicts of tasks.
  private(set) var texts: [Entry] = []
  /// The blocks of the page that any of this comes from.
  private(set) var blocks: Set<Int> = []

  /// Nil where the focus changes nothing, and is best seen among the prose.
  init?(
    focus: FocusTarget, page: Page, items: PageItems, dependencies: PageDependencies
  ) {
    guard items.snapshot.output(for: focus) != nil else { return nil }
    func isSource(_ id: String) -> Bool {
      items.snapshot.cells[id]?.pageOutputs(cell: id).contains { output in
        switch output {
        case .focusable(_, .widget), .focusable(_, .trainer), .focusable(_, .permission): true
        default: false
        }
      } ?? false
    }
    let group = dependencies.group(of: focus.cell, on: page, isSource: isSource)
    for section in page.sections {
      for (index, cell) in section.cells
      where group.contains(cell.id) && !items.tasks.contains(cell.id) {
        let results = items.results(of: cell, inBlock: index)
        guard !results.isEmpty else { continue }
        blocks.insert(index)
        for item in results { add(item, isOwn: cell.id == focus.cell, focus: focus) }
      }
    }
    moveNearestFiguresFirst(focus)
    addTexts(page, group, items)
  }

  private mutating func add(_ item: PageItem, isOwn: Bool, focus: FocusTarget) {
    var entry = Entry(item: item, isRequired: item.target == focus, rank: 0)
    switch item.kind {
    case .widget:
      entry.isRequired = entry.isRequired || isOwn
      entry.rank = 1
      widgets.append(entry)
    case .figure:
      entry.rank = isOwn ? 2 : 4
      figures.append(entry)
    case .message, .text, .permission, .stepper:
      entry.rank = isOwn ? 3 : 5
      others.append(entry)
    case .player:
      entry.rank = isOwn ? 4 : 6
      others.append(entry)
    default:
      entry.rank = isOwn ? 3 : 7
      others.append(entry)
    }
  }

  /// The figure with the focus, else the first one, and its neighbour are there in any case.
  private mutating func moveNearestFiguresFirst(_ focus: FocusTarget) {
    guard !figures.isEmpty else { return }
    let own = figures.firstIndex { $0.item.target == focus }
    let first =
      own ?? figures.firstIndex { $0.item.target?.cell == focus.cell } ?? 0
    figures[first].isRequired = own != nil || widgets.contains { $0.item.target == focus }
    figures[first].rank = 0
    let neighbour = first + 1 < figures.count ? first + 1 : first - 1
    if neighbour >= 0 { figures[neighbour].rank = min(figures[neighbour].rank, 1) }
  }

  // MARK: Prose

  private mutating func addTexts(_ page: Page, _ group: Set<String>, _ items: PageItems) {
    for (index, block) in page.blocks.enumerated() {
      if case .callout(kind: "TASK", let blocks) = block,
        block.cells.contains(where: { group.contains($0.id) })
      {
        self.blocks.insert(index)
        texts.append(
          Entry(item: items.verdictItem(blocks, inBlock: index), isRequired: true, rank: 0))
        continue
      }
      let sentences = block.sentences(with: group)
      guard !sentences.isEmpty, items.covers[index] == nil else { continue }
      self.blocks.insert(index)
      texts.append(
        Entry(
          item: items.sentencesItem(sentences, inBlock: index), isRequired: false, rank: 3))
    }
  }
}

extension PageItems {
  /// The rows of prose that a stage takes over from one block.
  private static let sentenceRows = 2

  /// Sentences of a block, as many as fit into few lines.
  fileprivate func sentencesItem(_ sentences: [Inline], inBlock index: Int) -> PageItem {
    let text = prose(ofBlock: index)
    return .lines(kind: .text) { width, _ in
      let lines = text.lines(of: .paragraph(sentences), width: width - 1)
      return firstLines(
        lines, count: Self.sentenceRows, width: width - 1, charset: look.charset
      ).map { [Span(" ")] + $0 }
    }
  }

  /// The most rows of a task, and of what is missing: an author's longest task needs some of a plot's rows.
  private static let (taskRows, hintRows) = (5, 2)

  /// `○ Task: bring the mark to 200 Hz. Not yet: …`, as many rows as both need; of a task that is done, one.
  fileprivate func verdictItem(_ blocks: [Block], inBlock index: Int) -> PageItem {
    let text = prose(ofBlock: index)
    let ids = blocks.flatMap(\.cells).filter { !$0.isStatic }.map(\.id)
    let isDone = !ids.isEmpty && ids.allSatisfy(state.progress.doneTasks.contains)
    let checks = text.isCovered ? [] : snapshot.checks(ofTask: ids, state)
    let hint = isDone ? nil : checks.first { !$0.isPassed }?.hint
    let mark = isDone ? glyphs.checkMark : glyphs.openMark
    let style = isDone ? theme.success : theme.accent
    let task = text.text(of: blocks.first { $0.cells.isEmpty } ?? .paragraph([]))
    return .lines(kind: .text) { width, _ in
      let lines = wrap(
        [Span("\(mark) Task\(isDone ? " done" : ""): ", style), Span(task, theme.prose)],
        width: width - 1, hangingIndent: 2, charset: look.charset)
      let missing =
        hint.map {
          wrap(
            "  not yet: \($0)", style: theme.dim, width: width - 1, hangingIndent: 2,
            charset: look.charset)
        } ?? []
      let taskRows = isDone ? 1 : Self.taskRows
      return
        (firstLines(lines, count: taskRows, width: width - 1, charset: look.charset)
        + firstLines(missing, count: Self.hintRows, width: width - 1, charset: look.charset))
        .map { [Span(" ")] + $0 }
    }
  }
}

extension Block {
  /// The sentences of paragraphs and lists that hold one of the values, with a space after each.
  fileprivate func sentences(with values: Set<String>) -> [Inline] {
    switch self {
    case .paragraph(let inlines):
      inlines.sentences.filter { $0.contains { $0.holds(values) } }.flatMap { $0 }
    case .list(_, let items): items.flatMap(\.blocks).flatMap { $0.sentences(with: values) }
    case .quote(let blocks): blocks.flatMap { $0.sentences(with: values) }
    case .callout(_, let blocks): blocks.flatMap { $0.sentences(with: values) }
    case .heading, .prediction, .table, .code, .cell, .mathematics, .problem: []
    }
  }
}

extension Inline {
  fileprivate func holds(_ values: Set<String>) -> Bool {
    switch self {
    case .value(let value): values.contains(value.id)
    case .emphasis(let inner), .strong(let inner), .strikethrough(let inner), .link(let inner, _):
      inner.contains { $0.holds(values) }
    case .text, .code, .mathematics, .lineBreak, .softBreak: false
    }
  }
}

extension [Inline] {
  /// Cut after full stops and question marks in plain text.
  fileprivate var sentences: [[Inline]] {
    var result: [[Inline]] = []
    var current: [Inline] = []
    func isEnd(_ character: Character) -> Bool { ".?!".contains(character) }
    for inline in self {
      switch inline {
      case .text(let text):
        var rest = Substring(text)
        while let space = rest.indices.dropFirst().first(where: {
          rest[$0] == " " && isEnd(rest[rest.index(before: $0)])
        }) {
          current.append(.text(String(rest[...space])))
          result.append(current)
          current = []
          rest = rest[rest.index(after: space)...]
        }
        if !rest.isEmpty { current.append(.text(String(rest))) }
      case .softBreak, .lineBreak:
        current.append(.softBreak)
        if current.count > 1, case .text(let text) = current[current.count - 2],
          text.last.map(isEnd) == true
        {
          result.append(current)
          current = []
        }
      default: current.append(inline)
      }
    }
    if !current.isEmpty { result.append(current + [.text(" ")]) }
    return result
  }
}
