import Interpreter
import Lessons

extension Progress {
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
