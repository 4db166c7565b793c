import Interpreter

/// What a cell waits for. Put into words only where it is drawn, since the words name keys.
package enum Wait: Hashable, Sendable {
  /// Pending work of the cell itself, which Enter starts or a run is doing.
  case ownWork(PendingWork)
  /// Pending work of another cell, which defines the name, on `page` (from 0); nil for this page.
  case work(PendingWork, forName: String, page: Int?)
  /// A name whose cell failed, is itself waiting, or ran without defining it.
  case failedCell(name: String)
  case waitingCell(name: String)
  case undefined(name: String)
  /// An inline value, whose computation did not come back in an earlier session.
  case unreturned
}

/// Work of a cell that is not done yet.
package enum PendingWork: Hashable, Sendable {
  /// Enter measures or saves.
  case permission(Permission)
  /// Enter starts a run; with its estimated duration, where that is known.
  case training(estimatedSeconds: Double?)
  /// Enter resumes the run.
  case pausedTraining
  /// The first epoch of a run is training; with the run's number from 1, where the cell has
  /// several.
  case firstEpoch(ofRun: Int?)
  /// An earlier run of the cell, counted from 1, is not finished.
  case earlierRun(Int, isPaused: Bool)
}
