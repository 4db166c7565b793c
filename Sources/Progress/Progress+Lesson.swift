import Interpreter
import Lessons

extension Progress {
  /// Adapts it to a lesson that may have changed since. Entries of cells and questions that are
  /// gone stay: they may come back.
  ///
  /// - Returns: the cells that both the student and the lesson have changed. Her text stays, as an
  ///   edit of the new one.
  package mutating func adapt(to lesson: Lesson) -> [String] {
    page = min(max(0, page), max(0, lesson.pages.count - 1))
    for prediction in lesson.pages.flatMap(\.predictions) {
      if case .chosen(let index)? = predictions[prediction.id],
        !prediction.answers.indices.contains(index)
      {
        predictions[prediction.id] = nil
      }
    }
    var changed: [String] = []
    for cell in lesson.cells {
      guard let edit = edits[cell.id], edit.original != cell.source else { continue }
      if edit.source == cell.source {
        edits[cell.id] = nil
      } else {
        edits[cell.id]?.original = cell.source
        changed.append(cell.id)
      }
    }
    return changed
  }

  /// Counts the current questions and tasks of the lesson only.
  package func score(in lesson: Lesson) -> Score {
    var score = Score()
    for prediction in lesson.pages.flatMap(\.predictions) {
      guard case .chosen(let index)? = predictions[prediction.id],
        prediction.answers.indices.contains(index)
      else { continue }
      score.answered += 1
      if prediction.answers[index].isRight { score.right += 1 }
    }
    score.tasksDone = lesson.pages.flatMap(\.tasks).count(where: doneTasks.contains)
    return score
  }

  /// - Parameter value: nil for the lesson's.
  package mutating func set(widget name: String, ofCell cell: String, to value: WidgetValue?) {
    widgets[cell, default: [:]][name] = value
    if widgets[cell]?.isEmpty == true { widgets[cell] = nil }
  }

  /// Resets one page to the lesson's values; tasks that were done stay done.
  package mutating func reset(_ page: Page) {
    for prediction in page.predictions { predictions[prediction.id] = nil }
    for cell in page.cells {
      widgets[cell.id] = nil
      edits[cell.id] = nil
    }
  }
}
