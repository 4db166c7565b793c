import Interpreter

/// What a student did in a lesson in earlier sessions, where a new session starts.
package struct SavedState: Sendable {
  /// The values of widgets, by cell and name.
  package var widgets: [String: [String: WidgetValue]] = [:]
  /// The texts of edited cells.
  package var edits: [String: String] = [:]
  package var score = Score()
  /// Loads the finished runs. Called once, before any cell runs, on the session's thread: reading
  /// them would block the screen.
  package var runs: @Sendable () -> [SavedRun] = { [] }

  /// Where the running cell is kept; nil keeps it nowhere.
  package var runningCells: (any RunningCellRecord)?
  /// The cells that are not run without being asked, because they did not come back.
  package var unreturned: Set<CellMark> = []

  package init() {}
}
