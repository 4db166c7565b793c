import Lessons
import Progress

/// The cells that the student has rewritten. `lesson` has their new texts, `lessonAsRead` the
/// author's.
extension Reader {
  package func isEdited(_ cell: String) -> Bool { editedSources[cell] != nil }

  /// The cell's text from now on; the lesson's own ends the edit.
  mutating func edit(cell id: String, source: String) -> [Action] {
    guard let original = lessonAsRead.cell(id)?.source, source != lesson.cell(id)?.source else {
      return []
    }
    lesson.replaceSource(ofCell: id, by: source)
    let isEdit = source != original
    state.progress.edits[id] = isEdit ? Progress.Edit(source: source, original: original) : nil
    return [.session(.edit(cell: id, source: isEdit ? source : nil))]
  }

  /// Gives the cell the lesson's text again.
  mutating func restore(cell id: String) -> [Action] {
    lessonAsRead.cell(id).map { edit(cell: id, source: $0.source) } ?? []
  }

  /// What the session has to know before it runs a cell.
  package var editedSources: [String: String] {
    state.progress.edits.filter { lessonAsRead.cell($0.key)?.isEditable == true }
      .mapValues(\.source)
  }

  /// Puts the edits of `state.progress` into the lesson as it was read.
  mutating func applyEdits() {
    lesson = lessonAsRead
    for (id, source) in editedSources { lesson.replaceSource(ofCell: id, by: source) }
  }
}

extension LessonCell {
  /// The student sees what it says, and it runs.
  var isEditable: Bool { !isStatic && display != .hidden }
}
