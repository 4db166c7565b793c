import Interpreter

/// What a cell waits for. Put into words only where it is drawn, since the words name keys.
package enum Wait: Hashable, Sendable {
  /// Pending work of the cell itself, which Enter starts or a run is doing.
  case ownWork(PendingWork)
  /// Pending work of another cell.
  case work(PendingWork, at: WaitingPlace)
  /// A name whose cell failed, or ran without defining it.
  case failedCell(name: String, at: WaitingPlace)
  case undefined(name: String, at: WaitingPlace)
  /// An inline value, whose computation did not come back in an earlier session.
  case unreturned
}

/// Where in the lesson it is that something waits for.
package struct WaitingPlace: Hashable, Sendable {
  package var cell: String
  /// The call of `train`; nil for the cell as a whole.
  package var call: Int?
  /// What the page calls the run: "CNN, ASGD, rate 0.01, batches of 64".
  package var title: String?
  /// The run's number, from 1, where the cell has several.
  package var run: Int?
  /// From 0; nil for the page of the one that waits.
  package var page: Int?

  package init(cell: String, call: Int? = nil, title: String? = nil, page: Int? = nil) {
    self.cell = cell
    self.call = call
    self.title = title
    self.page = page
  }
}

extension Wait {
  /// Where to go to end it; nil where that is here.
  package var place: WaitingPlace? {
    switch self {
    case .work(_, let place), .failedCell(_, let place), .undefined(_, let place): place
    case .ownWork, .unreturned: nil
    }
  }
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
