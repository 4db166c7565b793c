import Progress

extension LessonChanges {
  /// What the student is told; nil when nothing that she did is concerned.
  var notice: String? {
    var sentences: [String] = []
    if let first = editedCells.first {
      let cells = editedCells.count == 1 ? "cell \(first)" : "\(editedCells.count) cells"
      sentences.append(
        "the lesson changed \(cells) that you edited: your text stays; R restores the lesson's")
    }
    if openedQuestions > 0 {
      sentences.append(
        openedQuestions == 1
          ? "the lesson dropped the answer that you chose: its question is open again"
          : "the lesson dropped \(openedQuestions) answers that you chose: their questions are open again"
      )
    }
    let parts = [
      (answers, "answer", "answers"), (tasks, "completed task", "completed tasks"),
      (edits, "edited cell", "edited cells"), (widgets, "slider or choice", "sliders or choices"),
    ].filter { $0.0 > 0 }.map { count, one, many in "\(count) \(count == 1 ? one : many)" }
    if let last = parts.last {
      let list =
        (parts.dropLast().isEmpty ? "" : parts.dropLast().joined(separator: ", ") + " and ") + last
      sentences.append(
        "\(list) of yours \(setAside == 1 ? "belongs" : "belong") to nothing in this version of the "
          + "lesson: kept for when it comes back, and not counted")
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: "; ")
  }
}
