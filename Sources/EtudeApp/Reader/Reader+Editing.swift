import Lessons
import Pages
import Terminal

/// Rewriting a cell: what opens and closes the editor, what keys do in it, where it stands.
extension Reader {
  var editor: CellEditor? {
    if case .editor(let editor) = overlay { editor } else { nil }
  }

  // MARK: Opening and closing

  /// The cell that `e` opens: the one with the focus, else the first that is in sight.
  func cellToEdit(in arrangement: PageArrangement) -> String? {
    let cells = page.cells.filter(\.isEditable).map(\.id)
    if let focus = state.focus, page.cells.contains(where: { $0.id == focus.cell }) {
      return cells.contains(focus.cell) ? focus.cell : nil
    }
    let screen = scroll..<(scroll + pageRows)
    let inSight = arrangement.targets.first { target, rows in
      target.isCode && rows.overlaps(screen) && cells.contains(target.cell)
    }
    return inSight?.target.cell ?? cells.first
  }

  mutating func openEditor() {
    guard let id = cellToEdit(in: arrangement), let cell = lesson.cell(id) else {
      notice =
        state.focus == nil || !page.cells.contains(where: \.isEditable)
        ? "this page has no cell to edit" : "this cell is not one to edit"
      return
    }
    var editor = CellEditor(cell: id, source: cell.source)
    if case .failed(let error)? = snapshot.cells[id]?.state, let range = error.range {
      editor.move(to: range.start)
    }
    scrollBeforeEditing = scroll
    overlay = .editor(editor)
    scrollToEditedCell()
  }

  private mutating func closeEditor() {
    overlay = nil
    scroll = scrollBeforeEditing
    keepScrollInside()
  }

  /// The cell comes to the top of what is left of the page, so that its outputs are in sight.
  private mutating func scrollToEditedCell() {
    guard let id = editor?.cell else { return }
    let arrangement = arrangement
    let row =
      arrangement.targets.first { $0.target == .code(cell: id) }?.rows.lowerBound
      ?? arrangement.targets.first { $0.target.cell == id }?.rows.lowerBound
    guard let row, pageRows < bodyHeight || !(scroll..<scroll + pageRows).contains(row) else {
      return
    }
    scroll = row
    keepScrollInside()
  }

  // MARK: Keys

  /// What is typed is text; the table has the rest.
  mutating func handle(_ key: Key, in editor: CellEditor) -> [Action] {
    var editor = editor
    if case .character(let character) = key {
      editor.insert(String(character))
      overlay = .editor(editor)
      return []
    }
    switch KeyBindings.command(for: key, in: [.editor]) {
    case .edit(let command): return perform(command, in: editor)
    case .scrollScreen(let screens):
      scroll += screens * max(1, pageRows - 1)
      keepScrollInside()
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    default: break
    }
    return []
  }

  /// Pasted text is text where text is written, and nothing elsewhere: letters that came from a
  /// paste by mistake would be commands.
  mutating func paste(_ text: String) -> [Action] {
    switch overlay {
    case .editor(var editor):
      editor.insert(text.replacing("\t", with: "    "))
      overlay = .editor(editor)
      return []
    case .prompt:
      return text.filter { !$0.isNewline }.flatMap { handle(.key(.character($0))) }
    default:
      return []
    }
  }

  /// Closes the editor, if one is open; its text is the cell's from now on.
  mutating func keepEditing() -> [Action] {
    guard case .editor(let editor) = overlay else { return [] }
    closeEditor()
    let actions = edit(cell: editor.cell, source: editor.source)
    keepScrollInside()
    return actions
  }

  private mutating func perform(_ command: EditorCommand, in old: CellEditor) -> [Action] {
    var editor = old
    switch command {
    case .move(let movement): editor.move(movement)
    case .breakLine: editor.breakLine()
    case .deleteBackward: editor.deleteBackward()
    case .deleteForward: editor.deleteForward()
    case .deleteToLineEnd: editor.deleteToLineEnd()
    case .complete:
      editor.complete(
        vocabulary: reference.vocabulary, names: Set(lesson.graph.definer.keys))
    case .restore: editor.replace(by: lessonAsRead.cell(editor.cell)?.source ?? "")
    case .keep: return keepEditing()
    case .discard:
      closeEditor()
      if lesson.cell(editor.cell)?.source != editor.source { notice = "discarded" }
      return []
    }
    overlay = .editor(editor)
    return []
  }

  mutating func restoreFocusedCell() -> [Action] {
    guard let cell = state.focus?.cell, isEdited(cell) else {
      notice = "this cell is as the lesson has it"
      return []
    }
    let actions = restore(cell: cell)
    notice = "the cell is as the lesson has it again"
    keepScrollInside()
    return actions
  }

  // MARK: Its place

  private var editorView: CellEditorView? {
    editor.map { editor in
      CellEditorView(
        editor: editor, isEdited: editor.source != lessonAsRead.cell(editor.cell)?.source,
        signature: editor.nameInQuestion.flatMap(reference.help)?.signature)
    }
  }

  /// At the lower end of the page; of a wide page's prose and cells, so that the outputs stay.
  private func editorFrame(height: Int) -> Rectangle {
    let columnWidth = arrangement.cellColumnWidth.map { $0 + 1 } ?? width
    return Rectangle(x: 0, y: 1 + bodyHeight - height, width: columnWidth, height: height)
  }

  private var editorHeight: Int {
    guard let view = editorView else { return 0 }
    let share = isInTwoColumns ? bodyHeight * 4 / 5 : bodyHeight * 3 / 5
    return view.height(atMost: max(1, share))
  }

  private var isInTwoColumns: Bool { width >= PageArrangement.twoColumnWidth }

  /// The rows in which the page is seen.
  var pageRows: Int { isInTwoColumns ? bodyHeight : max(1, bodyHeight - editorHeight) }

  func drawEditor(into canvas: inout Canvas) {
    editorView?.draw(into: &canvas, in: editorFrame(height: editorHeight), theme: look.theme)
  }
}
