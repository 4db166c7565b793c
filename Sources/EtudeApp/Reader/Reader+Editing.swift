import CellLanguage
import Lessons
import Messages
import Pages
import Terminal

/// Editing a cell: opening and closing the editor, its keys, and its place on the screen.
extension Reader {
  var editor: CellEditor? {
    if case .editor(let editor) = overlay { editor } else { nil }
  }

  package var isEditing: Bool { editor != nil }

  // MARK: Opening and closing

  /// The cell that `e` opens: the one with the focus, else the first visible one.
  func cellToEdit(in arrangement: PageArrangement) -> String? {
    let cells = page.cells.filter(\.isEditable).map(\.id)
    if let focus = state.focus, page.cells.contains(where: { $0.id == focus.cell }) {
      return cells.contains(focus.cell) ? focus.cell : nil
    }
    let screen = scroll..<(scroll + pageRows)
    let firstVisible = arrangement.targets.first { target, rows in
      target.isCode && rows.overlaps(screen) && cells.contains(target.cell)
    }
    return firstVisible?.target.cell ?? cells.first
  }

  mutating func openEditor() {
    guard let id = cellToEdit(in: arrangement) else {
      notice =
        state.focus == nil || !page.cells.contains(where: \.isEditable)
        ? "this page has no cell to edit" : "this cell cannot be edited"
      return
    }
    openEditor(on: id)
  }

  mutating func openEditor(on id: String) {
    guard let cell = lesson.cell(id) else { return }
    let draft = waitingDrafts[id]
    let source = draft?.source ?? cell.source
    guard source.utf8.count <= Program.cellByteLimit else {
      notice =
        "this cell is too long to be edited here: it has \(Quantity(source.utf8.count)) bytes, "
        + "and the limit is \(Quantity(Program.cellByteLimit))"
      return
    }
    var editor = CellEditor(cell: id, source: source)
    if draft != nil {
      notice = "your unfinished text is back: Esc keeps it and runs it, Ctrl-G discards it"
    } else if case .failed(let error)? = snapshot.cells[id]?.state, let range = error.range {
      editor.move(to: range.start)
    }
    scrollBeforeEditing = scroll
    overlay = .editor(editor)
    scrollToEditedCell()
  }

  private mutating func closeEditor() {
    if let editor { waitingDrafts[editor.cell] = nil }
    overlay = nil
    scroll = scrollBeforeEditing
    keepScrollInside()
  }

  /// Scrolls the cell to the top of the remaining page area, so that its outputs are visible.
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

  /// Characters are inserted; all other keys are looked up in the table.
  mutating func handle(_ key: Key, in editor: CellEditor) -> [Action] {
    var editor = editor
    if !editor.isAsking, case .character(let character) = key {
      editor.insert(String(character))
      overlay = .editor(editor)
      return []
    }
    switch KeyBindings.command(for: key, in: contexts) {
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

  /// Inserts pasted text into the editor or the prompt and ignores it elsewhere: a stray paste
  /// would run its letters as commands.
  mutating func paste(_ text: String) -> [Action] {
    switch overlay {
    case .editor(let editor) where editor.isAsking: return []
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

  /// Closes the editor, if one is open, and keeps its text as the cell's.
  mutating func keepEditing() -> [Action] {
    guard case .editor(let editor) = overlay else { return [] }
    closeEditor()
    let actions = edit(cell: editor.cell, source: editor.source)
    keepScrollInside()
    return actions
  }

  mutating func perform(_ command: EditorCommand, in old: CellEditor) -> [Action] {
    var editor = old
    switch command {
    case .move(let movement): editor.move(movement)
    case .breakLine: editor.breakLine()
    case .deleteBackward: editor.deleteBackward()
    case .deleteForward: editor.deleteForward()
    case .deleteToLineEnd: editor.deleteToLineEnd()
    case .complete(let steps):
      editor.complete(
        vocabulary: reference.vocabulary, names: Set(lesson.graph.definer.keys), steps: steps)
    case .undo: editor.undo()
    case .redo: editor.redo()
    case .goOn: editor.goOn()
    case .restore: editor.replace(by: lessonAsRead.cell(editor.cell)?.source ?? "")
    case .keep:
      // The cell has this text already, or it cannot be run as it is.
      guard editor.source == lesson.cell(editor.cell)?.source || !editor.ask() else { break }
      return keepEditing()
    case .keepAnyway: return keepEditing()
    case .openExternally: return [.editExternally(cell: editor.cell, source: editor.source)]
    case .discard:
      closeEditor()
      if lesson.cell(editor.cell)?.source != editor.source { notice = "changes discarded" }
      return []
    }
    overlay = .editor(editor)
    return []
  }

  // MARK: In the student's own editor

  mutating func openExternalEditor() -> [Action] {
    guard let id = cellToEdit(in: arrangement), let cell = lesson.cell(id) else {
      openEditor()
      return []
    }
    return [.editExternally(cell: id, source: waitingDrafts[id]?.source ?? cell.source)]
  }

  /// Takes over the text from the student's own editor. One that cannot be read stays open here, with the
  /// question what to do.
  package mutating func takeEdited(cell id: String, source: String) -> [Action] {
    guard source.utf8.count <= Program.cellByteLimit else {
      notice =
        "the text is too long for a cell: it has \(Quantity(source.utf8.count)) bytes, and the limit is "
        + "\(Quantity(Program.cellByteLimit))"
      return []
    }
    if editor?.cell != id { openEditor(on: id) }
    guard var editor, editor.cell == id else { return [] }
    // An editor ends the file with a line break, which the cell's text may lack.
    editor.replace(by: editor.hasFinalBreak ? source : String(source.trimmingFinalBreak))
    overlay = .editor(editor)
    return perform(.keep, in: editor)
  }

  mutating func restoreFocusedCell() -> [Action] {
    guard let cell = state.focus?.cell, isEdited(cell) else {
      notice = "this cell has no edits to undo"
      return []
    }
    let actions = restore(cell: cell)
    notice = "the lesson's text is restored"
    keepScrollInside()
    return actions
  }

  // MARK: Layout

  private var editorView: CellEditorView? {
    editor.map { editor in
      CellEditorView(
        editor: editor, isEdited: editor.source != lessonAsRead.cell(editor.cell)?.source,
        signature: editor.nameForHelp.flatMap(reference.vocabulary.help)?.signature)
    }
  }

  /// At the bottom of the page; in two columns below prose and cells only, so that the outputs stay
  /// visible.
  private func editorFrame(height: Int) -> Rectangle {
    let columnWidth = arrangement.cellColumnWidth.map { $0 + 1 } ?? width
    return Rectangle(x: 0, y: 1 + bodyHeight - height, width: columnWidth, height: height)
  }

  private var editorHeight: Int {
    guard let editor else { return 0 }
    let share = isInTwoColumns ? bodyHeight * 4 / 5 : bodyHeight * 3 / 5
    return CellEditorView.height(of: editor, atMost: max(1, share))
  }

  private var isInTwoColumns: Bool { width >= PageArrangement.twoColumnWidth }

  /// The rows of the page that the editor leaves visible.
  var pageRows: Int { isInTwoColumns ? bodyHeight : max(1, bodyHeight - editorHeight) }

  /// Moves the cursor to where the mouse has clicked.
  mutating func moveEditorCursor(to mouse: Mouse) {
    guard var editor, !editor.isAsking,
      let position = editorView?.position(
        atX: mouse.x, y: mouse.y, in: editorFrame(height: editorHeight), charset: look.charset)
    else { return }
    editor.move(to: position)
    overlay = .editor(editor)
  }

  func drawEditor(into canvas: inout Canvas) {
    editorView?.draw(into: &canvas, in: editorFrame(height: editorHeight), theme: look.theme)
  }
}

extension String {
  fileprivate var trimmingFinalBreak: Substring { hasSuffix("\n") ? dropLast() : self[...] }
}
