import Lessons
import Progress

/// The student's edits of cells. `lesson` has the edited texts, `lessonAsRead` the author's.
extension Reader {
  package func isEdited(_ cell: String) -> Bool { editedSources[cell] != nil }

  /// Replaces the cell's text; setting it to the lesson's own text removes the edit.
  mutating func edit(cell id: String, source: String) -> [Action] {
    guard let original = lessonAsRead.cell(id)?.source, source != lesson.cell(id)?.source else {
      return []
    }
    lesson.replaceSource(ofCell: id, by: source)
    let isEdit = source != original
    state.progress.edits[id] = isEdit ? Progress.Edit(source: source, original: original) : nil
    return [.session(.edit(cell: id, source: isEdit ? source : nil))]
  }

  /// Restores the lesson's text of a cell.
  mutating func restore(cell id: String) -> [Action] {
    lessonAsRead.cell(id).map { edit(cell: id, source: $0.source) } ?? []
  }

  /// The edited texts by cell, as the session takes them.
  package var editedSources: [String: String] {
    state.progress.edits.filter { lessonAsRead.cell($0.key)?.isEditable == true }
      .mapValues(\.source)
  }

  /// Applies the edits of `state.progress` to the lesson as it was read.
  mutating func applyEdits() {
    lesson = lessonAsRead
    for (id, source) in editedSources { lesson.replaceSource(ofCell: id, by: source) }
  }
}

extension LessonCell {
  /// Its text is visible, and it runs.
  var isEditable: Bool { !isStatic && display != .hidden }
}
