/// How a student has done in a lesson so far: what cells can tell of it.
package struct Score: Hashable, Sendable {
  /// Questions with an answer; those that were skipped have none.
  package var answered = 0
  package var right = 0
  package var tasksDone = 0

  package init() {}
}
