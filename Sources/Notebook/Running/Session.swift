import Lessons

/// A lesson that runs: the graph of its cells, the values of their names, what each shows.
///
/// Belongs to one thread; the reader drives it through `SessionWorker`, `etude render` and the
/// tests directly. A cell runs when a page that shows it, or needs it, is asked for, and again
/// when one of its inputs has changed.
package final class Session {
  package init(lesson: Lesson, files: FileAccess) {}

  /// Runs what page `index` (from 0) shows and needs, as far as it is not up to date.
  package func run(page index: Int) {}

  /// The widget's new value; cells that depend on it are out of date from now on.
  package func set(widget name: String, inCell cellID: String, to value: WidgetValue) {}

  /// Back to the lesson's values for all widgets of a page.
  package func resetWidgets(onPage index: Int) {}

  package var snapshot: Snapshot { Snapshot() }
}

/// Results as they are at one moment, for drawing.
package struct Snapshot: Sendable {
  /// By cell id.
  package var cells: [String: CellResult] = [:]
  /// The text of inline values by their id, or the error that is shown in their place.
  package var inlineValues: [String: Result<String, CellError>] = [:]
  /// True while requested work is under way.
  package var isBusy = false
  /// Grows whenever anything above changes.
  package var revision = 0

  package init() {}
}

/// Runs a session on a thread of its own, so that keys never wait. The newest request wins: work
/// for a page that was left, or a slider position that was passed, stops at the next expression.
package final class SessionWorker: Sendable {
  /// - Parameter wake: called from the worker's thread after each change of `snapshot`.
  package init(lesson: Lesson, files: FileAccess, wake: @escaping @Sendable () -> Void) {}

  package func show(page index: Int) {}
  package func set(widget name: String, inCell cellID: String, to value: WidgetValue) {}
  package func resetWidgets(onPage index: Int) {}
  /// Ends the thread; waits for it.
  package func stop() {}

  package var snapshot: Snapshot { Snapshot() }
}
