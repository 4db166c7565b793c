/// How a student has done in a lesson so far, as cells see it.
package struct Score: Hashable, Sendable {
  /// Answered questions; skipped ones do not count.
  package var answered = 0
  package var right = 0
  package var tasksDone = 0
  /// The tasks of the lesson, done or not.
  package var tasksTotal = 0

  package init() {}
}
