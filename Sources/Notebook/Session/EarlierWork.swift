import Interpreter

/// What a student had done in a lesson before a session begins: what the session takes up instead of
/// the lesson's own.
package struct EarlierWork: Sendable {
  /// What widgets were set to, by cell and name.
  package var widgets: [String: [String: WidgetValue]] = [:]
  /// The texts of the cells that the student has rewritten.
  package var edits: [String: String] = [:]
  package var score = Score()
  /// Gives the finished runs. Called once, on the session's thread, before any cell runs: reading
  /// them takes time that the screen does not have.
  package var runs: @Sendable () -> [FinishedRun] = { [] }

  package init() {}
}
