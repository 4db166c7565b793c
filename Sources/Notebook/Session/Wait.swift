import Interpreter

/// What a cell waits for before it can run to its end. In words only where it is drawn: they name
/// keys.
package enum Wait: Hashable, Sendable {
  /// Something of the cell's own that Enter, or a run under way, brings.
  case ownWork(PendingWork)
  /// The same of another cell, which defines the name; `page` (from 0) is where, nil on this page.
  case work(PendingWork, forName: String, page: Int?)
  /// A name whose cell failed, waits itself, or ran without defining it.
  case failedCell(name: String)
  case waitingCell(name: String)
  case undefined(name: String)
}

/// What is not done yet in a cell.
package enum PendingWork: Hashable, Sendable {
  /// Enter measures or saves.
  case permission(Permission)
  /// Enter starts a run; about how many seconds it takes, where that is known.
  case training(estimatedSeconds: Double?)
  /// Enter goes on with the run.
  case pausedTraining
  /// The first epoch of a run of the cell, counted from 1, where the cell has several.
  case firstEpoch(ofRun: Int?)
  /// An earlier run of the cell, counted from 1, comes first.
  case earlierRun(Int, isPaused: Bool)
}
