import Compute
import Interpreter

/// What a student has done in a lesson, by the ids of the version that is being read. It is kept as
/// ``SavedProgress``; training runs are kept separately.
package struct Progress: Hashable, Sendable {
  /// A cell as the student has edited it.
  package struct Edit: Hashable, Sendable {
    package var source: String
    /// The lesson's text that it replaces.
    package var original: String

    package init(source: String, original: String) {
      self.source = source
      self.original = original
    }
  }

  /// The page on the screen, from 0.
  package var page = 0
  /// The answers by the ids of their questions; questions without an entry are open.
  package var predictions: [String: PredictionAnswer] = [:]
  /// The values of widgets, by cell and name; the others have the lesson's values.
  package var widgets: [String: [String: WidgetValue]] = [:]
  /// By the ids of their cells.
  package var edits: [String: Edit] = [:]
  /// The device that the student chose last; nil for the CPU, as long as she has not chosen.
  package var device: DeviceKind?
  /// The cells whose checks have passed at least once, even if they fail now.
  package var doneTasks: Set<String> = []
  /// What belongs to no part of this version of the lesson: it counts for nothing, and is kept for a
  /// version in which it does.
  package var aside = SavedProgress.Entries()

  package init() {}
}

/// The student's answer to a question.
package enum PredictionAnswer: Hashable, Sendable {
  /// The chosen answer, from 0.
  case chosen(Int)
  case skipped
}
