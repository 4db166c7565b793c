import Lessons
import Pages
import Progress
import Terminal

/// Texts of cells that are being edited: they survive the program, and come back in the editor. They are
/// not run before the student says so.
extension Reader {
  /// What ``drafts`` depends on. Cheap to compare: an unchanged text is the same array.
  package struct DraftInputs: Equatable {
    var cell: String?
    var lines: [[Character]] = []
    var waiting: [String: CellDraft]
    var stray: [CellDraft]
  }

  package var draftInputs: DraftInputs {
    var inputs = DraftInputs(waiting: waitingDrafts, stray: strayDrafts)
    if let editor { (inputs.cell, inputs.lines) = (editor.cell, editor.buffer.lines) }
    return inputs
  }

  /// The texts to be saved: of the open editor, and of cells that have not been opened since.
  package var drafts: [CellDraft] {
    var drafts = waitingDrafts
    if let editor, let original = lessonAsRead.cell(editor.cell)?.source {
      let draft = CellDraft(cell: editor.cell, original: original, source: editor.source)
      drafts[editor.cell] = draft.source == lesson.cell(editor.cell)?.source ? nil : draft
    }
    return drafts.values.sorted { $0.cell < $1.cell } + strayDrafts
  }

  /// Takes over the texts of an earlier session. A cell is found again by its own text, else by its id.
  ///
  /// - Returns: notices to the student.
  package mutating func restore(_ drafts: [CellDraft]) -> [String] {
    (waitingDrafts, strayDrafts) = ([:], [])
    var notices: [String] = []
    for draft in drafts {
      guard let cell = cell(of: draft), waitingDrafts[cell.id] == nil else {
        strayDrafts.append(draft)
        notices.append(
          "the lesson no longer has the cell \(draft.cell) that you were editing; your text stays in "
            + "drafts.json, beside your progress")
        continue
      }
      // The program ended after the text was kept, but before the draft was removed.
      guard draft.source != lesson.cell(cell.id)?.source else { continue }
      waitingDrafts[cell.id] = draft
      if cell.source != draft.original {
        notices.append("the lesson has changed the cell \(cell.id) that you were editing")
      }
    }
    return notices
  }

  private func cell(of draft: CellDraft) -> LessonCell? {
    let cells = lessonAsRead.cells.filter(\.isEditable)
    let same = cells.filter { $0.source == draft.original }
    return same.first { $0.id == draft.cell } ?? (same.count == 1 ? same[0] : nil)
      ?? cells.first { $0.id == draft.cell }
  }

  /// Opens the editor with the text whose editing was cut short on the current page.
  ///
  /// - Returns: notices about the texts of other pages.
  package mutating func openWaitingDraft() -> [String] {
    var others = waitingDrafts
    if let cell = page.cells.first(where: { waitingDrafts[$0.id] != nil })?.id {
      openEditor(on: cell)
      others[cell] = nil
    }
    return others.keys.sorted().map { id in
      let page = lesson.pages.firstIndex { $0.cells.contains { $0.id == id } }
      return
        "you were editing the cell \(id)\(page.map { " on page \($0 + 1)" } ?? ""); e opens your text"
    }
  }
}
