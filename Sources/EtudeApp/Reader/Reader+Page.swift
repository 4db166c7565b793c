import Glibc
import Lessons
import Pages
import Terminal

extension Reader {
  mutating func perform(_ command: Command) -> [Action] {
    if case .digit(let digit) = command {
      pageDigits = String((pageDigits + String(digit)).suffix(4))
      return []
    }
    let number = Int(pageDigits)
    pageDigits = ""
    if !command.isSmallMove { isCelebrating = false }
    switch command {
    // The page
    case .digit, .deleteBackward: return []
    case .scrollScreen(let screens):
      leaveStage()
      return scroll(screens: screens)
    case .scrollLine(let lines):
      leaveStage()
      scroll = min(max(0, scroll + lines), lastScroll)
    case .turnPage(let pages): return turn(pages)
    case .goToTop:
      if let number { return jump(toPage: number - 1) }
      leaveStage()
      scroll = 0
    case .goToEnd:
      leaveStage()
      scroll = lastScroll
    case .jump:
      if let number { return jump(toPage: number - 1) }
      if case .prediction? = contexts.first {
        notice = "the number of an answer chooses it, and s skips the question"
      }
    case .goBack: return goBack()
    case .moveFocus(let steps): moveFocus(by: steps)
    case .leave:
      if state.isZoomed {
        state.isZoomed = false
      } else if state.focus != nil {
        state.focus = nil
      } else {
        state.search = nil
      }

    // What has the focus
    case .adjust(let steps): return adjustWidget(by: steps)
    case .enlarge:
      state.isZoomed.toggle()
      state.inspectTraining(in: snapshot)
    case .typeValue: if let focus = state.focus { overlay = .prompt(Prompt(.value(focus))) }
    case .resetWidget: return resetFocusedWidget()
    case .pan, .zoom, .zoomAll, .plotCursor, .moveCursor: changePlot(command)
    case .step, .animate, .flip: changeStepper(command)
    case .scrollColumns(let columns): scrollTable(by: columns)
    case .playOrPause, .seek, .selectTrack, .matchLoudness, .loop, .writeSound, .changeVolume:
      return changeSound(command)
    case .blindTest(let command): return blindTest(command)
    case .answer(let choice): answer(choice)
    case .train(let command): return train(command)
    case .permit: return state.focus.map { [.session(.permit(cell: $0.cell))] } ?? []
    case .goToCause: return goToCause()
    case .fold: foldFocusedCell()
    case .restoreCell: return restoreFocusedCell()

    // Overlays
    case .open(let kind):
      open(kind)
      if kind == .devices { return [.lookUpDevices] }
    case .close: overlay = nil
    case .moveSelection(let lines): moveSelection(by: lines)
    case .changeOption(let steps): return changeOption(by: steps)
    case .accept: return accept()
    case .startOver:
      overlay = nil
      return [.startOver]

    // Cells
    case .openEditor: openEditor()
    case .openExternalEditor: return openExternalEditor()
    // Only reached while no editor is open.
    case .edit: break

    // Everywhere
    case .describePictures:
      state.describesPictures.toggle()
      notice =
        state.describesPictures ? "each plot has a line in words" : "plots speak for themselves"
      keepScrollInside()
    case .switchMouse: return switchMouse()
    case .nextMatch(let steps): return goToMatch(steps)
    case .reload: return end(by: .reload)
    case .copy: return copy()
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .quit: return end(by: .quit)
    }
    return []
  }

  /// Asks for confirmation while a network is training.
  private mutating func end(by end: TrainingEnd) -> [Action] {
    guard trainingProgress != nil else { return [end.action] }
    overlay = .confirmEnd(end)
    return []
  }

  // MARK: Scrolling and turning

  /// Whoever scrolls reads on, from where the thing on the stage stands on the page.
  private mutating func leaveStage() {
    guard arrangement.coversPage else { return }
    state.focus = nil
    state.isZoomed = false
  }

  /// Scrolls by screens that overlap by one line; at the end of the page turns the page.
  private mutating func scroll(screens: Int) -> [Action] {
    let target = scroll + screens * max(1, bodyHeight - 1)
    if screens > 0, scroll >= lastScroll { return turn(1) }
    if screens < 0, scroll == 0 {
      guard pageIndex > 0 else { return turn(-1) }
      let actions = turn(-1)
      scroll = lastScroll
      return actions
    }
    scroll = min(max(0, target), lastScroll)
    return []
  }

  private mutating func turn(_ pages: Int) -> [Action] {
    let target = pageIndex + pages
    guard lesson.pages.indices.contains(target) else {
      notice = pages > 0 ? "this is the last page" : "this is the first page"
      return []
    }
    return show(page: target)
  }

  // MARK: Focus

  /// Moves to the next target, wrapping around; without a focus, to a visible one.
  private mutating func moveFocus(by steps: Int) {
    let targets = arrangement.targets
    guard !targets.isEmpty else {
      notice = "nothing on this page can take the focus"
      return
    }
    let screen = scroll..<(scroll + bodyHeight)
    let next: Int
    if let focus = state.focus, let index = targets.firstIndex(where: { $0.target == focus }) {
      next = (index + steps + targets.count) % targets.count
    } else if steps > 0 {
      next = targets.firstIndex { $0.rows.overlaps(screen) } ?? 0
    } else {
      next = targets.lastIndex { $0.rows.overlaps(screen) } ?? targets.count - 1
    }
    state.focus = targets[next].target
    state.isZoomed = false
    scrollToFocus()
  }

  private mutating func foldFocusedCell() {
    guard let focus = state.focus, let cell = page.cells.first(where: { $0.id == focus.cell })
    else { return }
    let rows = arrangement.targets.first { $0.target == focus }?.rows.count ?? 1
    let lines = cell.source.split(separator: "\n", omittingEmptySubsequences: false).count
    let isOpen = state.openCells[cell.id] ?? (rows > 1 || lines == 1)
    state.openCells[cell.id] = !isOpen
    scrollToFocus()
  }

  // MARK: Search

  /// The pages and blocks whose text contains the search text, in order; block −1 is the title.
  func matches(of search: String) -> [(page: Int, block: Int)] {
    let wanted = search.lowercased()
    let text = ProseText(
      theme: .monochrome, charset: .unicode, inlineValues: snapshot.inlineValues)
    var result: [(page: Int, block: Int)] = []
    for (number, page) in lesson.pages.enumerated() {
      if page.title.lowercased().contains(wanted) { result.append((number, -1)) }
      for (index, block) in page.blocks.enumerated() {
        if text.text(of: block).lowercased().includes(wanted) { result.append((number, index)) }
      }
    }
    return result
  }

  /// To the next match (`steps` 1), the previous one (−1), or the first from here on (0).
  mutating func goToMatch(_ steps: Int) -> [Action] {
    guard let search = state.search else { return [] }
    let matches = matches(of: search)
    guard !matches.isEmpty else {
      state.search = nil
      notice = "\"\(search)\" does not occur in this lesson"
      return []
    }
    let here = searchBlock ?? (pageIndex, -2)
    let next: Int
    if steps < 0 {
      next = matches.lastIndex { ($0.page, $0.block) < here } ?? matches.count - 1
    } else {
      next = matches.firstIndex { ($0.page, $0.block) > here } ?? 0
    }
    let match = matches[next]
    let actions = match.page == pageIndex ? [] : show(page: match.page)
    searchBlock = match
    leaveStage()
    if match.block >= 0, case .cell(let cell) = page.blocks[match.block] {
      state.openCells[cell.id] = true
    }
    scrollToMatch()
    isFollowingMatch = true
    notice = "match \(next + 1) of \(matches.count)"
    return actions
  }

  mutating func scrollToMatch() {
    guard let searchBlock, searchBlock.page == pageIndex else { return }
    let row = arrangement.blockRows[searchBlock.block] ?? 0
    if row < scroll || row >= scroll + bodyHeight - 2 { scroll = max(0, row - 2) }
    keepScrollInside()
  }
}

extension Command {
  /// Whether it moves something a little: the praise for a task stays while the student plays on.
  fileprivate var isSmallMove: Bool {
    switch self {
    case .adjust, .scrollLine, .scrollScreen, .step, .moveCursor: true
    default: false
    }
  }
}

extension String {
  /// As `contains`, which compares characters one by one: bytes are enough for what has one spelling,
  /// and much faster.
  fileprivate func includes(_ wanted: String) -> Bool {
    guard wanted.utf8.allSatisfy({ $0 < 0x80 }) else { return contains(wanted) }
    return withCString { text in wanted.withCString { strstr(text, $0) != nil } }
  }
}
