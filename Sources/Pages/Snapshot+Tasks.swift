import Notebook

extension Snapshot {
  /// The results of a task's cells. None has passed while a run that they judge has other settings than its
  /// page: it was trained before a slider moved.
  package func checks(
    ofTask cells: [String], _ state: PageState
  ) -> [(isPassed: Bool, hint: String)] {
    let checks = cells.flatMap { self.cells[$0]?.checks ?? [] }
    guard !checks.isEmpty, let place = cells.compactMap({ state.tasksOfOldRuns[$0] }).first else {
      return checks
    }
    return [(false, "the settings \(place.text) have changed since the training; train again")]
  }
}

extension RunPlace {
  fileprivate var text: String {
    switch self {
    case .here: "here"
    case .page(let page): "on page \(page + 1)"
    }
  }
}
