import Interpreter

/// What a student has done in a lesson, apart from the runs of its networks: what is kept from one
/// reading to the next.
package struct Progress: Hashable, Sendable {
  /// A cell as the student has rewritten it.
  package struct Edit: Hashable, Sendable {
    package var source: String
    /// The lesson's text that it stands for: a newer version of the lesson may have another.
    package var original: String

    package init(source: String, original: String) {
      self.source = source
      self.original = original
    }
  }

  /// The page on the screen, from 0.
  package var page = 0
  /// What the student said to the questions, by their ids; those without an entry are open.
  package var predictions: [String: PredictionAnswer] = [:]
  /// What widgets were set to, by cell and name; the others stand at the lesson's values.
  package var widgets: [String: [String: WidgetValue]] = [:]
  /// By the ids of their cells.
  package var edits: [String: Edit] = [:]
  /// The cells whose checks have passed once, whatever they say now.
  package var doneTasks: Set<String> = []

  package init() {}
}

/// What became of a question.
package enum PredictionAnswer: Hashable, Sendable {
  /// The answer that was chosen, from 0.
  case chosen(Int)
  case skipped
}
