import CellLanguage
import Lessons
import Messages
import Notebook
import Terminal

/// Makes the items of a page from its content and the state of the view.
struct PageItems {
  let snapshot: Snapshot
  let state: PageState
  let look: PageLook
  /// The page does not fit the screen: no spacing between outputs.
  let isDense: Bool
  /// Whether there is room for longer cells.
  let opensCells: Bool
  /// The rows of a plot without the text below it.
  let plotHeight: Int
  /// The rows of a waveform; nil for as few as look well.
  let waveHeight: Int?
  /// The blocks whose outputs and values an open question covers.
  let covers: [Int: Cover]
  /// The cells that check tasks.
  let tasks: Set<String>
  /// Shared by the attempts to arrange a page, which differ in the space between the items.
  let made: MadeItems

  /// The fewest rows of a plot between its axes: eight, if the screen has room.
  var leastDataRows: Int { max(3, min(8, (look.height ?? 24) - 14)) }

  var theme: Theme { look.theme }
  var glyphs: Glyphs { look.glyphs }

  /// The prose renderer of a block.
  func prose(ofBlock index: Int) -> ProseText {
    var prose = prose
    prose.isCovered = covers[index] != nil
    return prose
  }

  var prose: ProseText {
    ProseText(theme: theme, charset: look.charset, inlineValues: snapshot.inlineValues)
  }

  /// A cell of so many lines is open, one of more lines where the whole page then fits the screen; a long
  /// one is folded until it is opened.
  private static let (shortCell, longestOpenCell) = (3, 12)

  // MARK: The cell's text

  func code(of cell: LessonCell) -> PageItem? {
    guard cell.display != .hidden else { return nil }
    let lineCount = cell.source.utf8.reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    let isShort =
      cell.display == .shown
      && lineCount <= (opensCells ? Self.longestOpenCell : Self.shortCell)
    let isOpen = state.openCells[cell.id] ?? (cell.isStatic ? cell.display == .shown : isShort)
    let target = FocusTarget.code(cell: cell.id)
    let edited = state.progress.edits[cell.id] == nil ? "" : " edited"
    var item = PageItem.lines(
      kind: .code, target: target,
      height: { width in
        isOpen ? prose.codeLineCount(cell.source, width: width - 2 - edited.count) : 1
      }
    ) { width, isFocused in
      let mark = Span(
        isFocused ? glyphs.focus : isOpen ? glyphs.unfolded : glyphs.folded,
        isFocused ? theme.focus : theme.dim)
      let room = width - 2 - edited.count
      var code =
        isOpen
        ? prose.codeLines(cell.source, language: "python", width: room)
        : [foldedLine(cell.source.lines, width: room)]
      if !edited.isEmpty {
        let first = code.first ?? []
        let used = displayWidth(of: first.map(\.text).joined(), charset: look.charset)
        let gap = String(repeating: " ", count: max(0, room - used))
        code = [first + [Span(gap), Span(edited, theme.accent)]] + code.dropFirst()
      }
      return code.enumerated().map {
        [$0 == 0 || isFocused ? mark : Span(" "), Span(" ")] + $1
      }
    }
    item.part = { x, y, frame, _ in y == frame.y && x < frame.x + 2 ? .button : nil }
    return item
  }

  /// The most informative line: the first that is not a widget, an import or a comment.
  private func foldedLine(_ lines: [Substring], width: Int) -> [Span] {
    let informative = lines.first { line in
      let isPlain = ["slider(", "choice(", "toggle(", "choose_device("].allSatisfy {
        !line.contains($0)
      }
      return isPlain && !line.isEmpty && line.first != "#" && line.first != " "
        && !line.hasPrefix("import ") && !line.hasPrefix("from ")
    }
    let line = informative ?? lines.first ?? ""
    let count = lines.filter { !$0.isEmpty }.count
    let lineCount = count > 1 ? " \(count) lines" : ""
    let needed =
      min(displayWidth(of: line.prefix(width + 1), charset: look.charset), width + 1)
      + lineCount.count + 2
    // A truncated line already ends in an ellipsis.
    let rest = count > 1 && needed <= width ? " \(glyphs.ellipsis)\(lineCount)" : lineCount
    let room = max(0, width - displayWidth(of: rest, charset: look.charset))
    let shown = truncated(String(line), toWidth: room, charset: look.charset)
    return pythonSpans(Substring(shown), theme: theme) + [Span(rest, theme.dim)]
  }

  // MARK: Results

  /// The results of the cell, or why there are none.
  ///
  /// - Parameter index: the block that holds the cell.
  func results(of cell: LessonCell, inBlock index: Int) -> [PageItem] {
    guard !cell.isStatic else { return [] }
    switch covers[index] {
    case .announced: return [remark("covered until you answer the question above")]
    case .silent: return []
    case nil: break
    }
    let result = snapshot.cells[cell.id]
    if case .failure(let syntax) = cell.program {
      if let result, case .failed(let error) = result.state {
        return failures([error] + result.furtherErrors, of: cell)
      }
      return failures(syntax.faults, of: cell)
    }
    guard let result else { return [] }
    // The checks of a task are shown in the task.
    let outputs = result.pageOutputs(cell: cell.id).filter { output in
      if case .passive(.check) = output { !tasks.contains(cell.id) } else { true }
    }
    var items = outputs.map { output in
      var item = item(for: output)
      // A trainer continues while its cell waits, and says itself that settings have changed.
      item.isStale = result.isStale && item.kind != .trainer
      return item
    }
    switch result.state {
    case .succeeded: break
    case .pending: if items.isEmpty { items.append(remark(glyphs.ellipsis)) }
    case .waiting(let wait):
      // A cell that waits for its own Enter already shows an item that says so.
      if !items.contains(where: { $0.kind == .trainer || $0.kind == .permission }) {
        items.append(item(for: wait, of: cell))
      }
    case .failed(let error): items += failures([error] + result.furtherErrors, of: cell)
    }
    return items
  }

  /// What the cell waits for. Where that is elsewhere, it takes the focus, and Enter goes there.
  private func item(for wait: Wait, of cell: LessonCell) -> PageItem {
    guard wait.place != nil else { return remark(wait.text) }
    let text = "\(wait.text); \(glyphs.keyEnter) goes there"
    return .lines(kind: .message, target: .wait(cell: cell.id)) { width, isFocused in
      let mark = Span(isFocused ? glyphs.focus : " ", theme.focus)
      return wrap(text, style: theme.dim, width: width - 1, charset: look.charset).map {
        [mark] + $0
      }
    }
  }

  func remark(_ text: String) -> PageItem {
    .lines(kind: .message) { width, _ in
      wrap(text, style: theme.dim, width: width, indent: 1, hangingIndent: 1, charset: look.charset)
    }
  }

  /// The most errors of a cell that are shown with their lines.
  private static let shownErrors = 8

  private func failures(_ errors: [Diagnostic], of cell: LessonCell) -> [PageItem] {
    var items = errors.prefix(Self.shownErrors).map { failure($0, of: cell) }
    let rest = errors.count - items.count
    if rest > 0 { items.append(remark("and \(rest) more error\(rest == 1 ? "" : "s")")) }
    return items
  }

  /// The message with its location, the line, and carets below the error.
  private func failure(_ error: Diagnostic, of cell: LessonCell) -> PageItem {
    .lines(kind: .message) { width, _ in
      var place = ""
      if let start = error.range?.start { place = "line \(start.line), column \(start.column): " }
      let message = "\(glyphs.crossMark) \(place)\(error)"
      var result = wrap(
        message, style: theme.error, width: width, indent: 1, hangingIndent: 3,
        charset: look.charset)
      if let range = error.range { result += excerpt(of: cell, range, width: width) }
      return result
    }
  }

  private func excerpt(of cell: LessonCell, _ range: SourceRange, width: Int) -> [[Span]] {
    let lines = cell.source.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.indices.contains(range.start.line - 1) else { return [] }
    let line = lines[range.start.line - 1]
    let start = range.start.characters(of: line)
    let end = range.end.line == range.start.line ? range.end.characters(of: line) : line.count
    // Only the part near the error when the line is wider than the page.
    let room = max(8, width - 5)
    let skipped = max(0, min(start - room / 2, line.count - room))
    let before = displayWidth(
      of: String(line.prefix(start).dropFirst(skipped)), charset: look.charset)
    let marked = displayWidth(of: String(line.prefix(end).dropFirst(start)), charset: look.charset)
    let caret = String(repeating: "^", count: max(1, min(marked, room - before)))
    return [
      [Span("     ")] + pythonSpans(line.dropFirst(skipped).prefix(room), theme: theme),
      [Span(String(repeating: " ", count: 5 + before)), Span(caret, theme.error)],
    ]
  }
}

/// Items that stay the same however a page is arranged.
final class MadeItems {
  /// By block.
  var prose: [Int: PageItem] = [:]
}

extension String {
  /// Of a cell's text. By bytes, which takes a tenth of the time that characters take.
  var lines: [Substring] {
    utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Substring.init)
  }
}
