import Interpreter

extension [TrainerState] {
  /// The runs' titles. Networks of one kind are told apart by a layer that the others lack:
  /// "CNN with AdaptiveAvgPool1d(1), Adam, rate 0.001".
  package var distinctTitles: [String] {
    map { state in
      let others = filter { $0.title == state.title && $0.layers != state.layers }
      guard !others.isEmpty, let difference = state.difference(from: others) else {
        return state.title
      }
      var parts = state.title.split(separator: ", ").map(String.init)
      parts[0] += " " + difference
      return parts.joined(separator: ", ")
    }
  }
}

extension TrainerState {
  /// "with Linear(224, 64)"; nil where the same layers come in another order.
  fileprivate func difference(from others: [TrainerState]) -> String? {
    let known = Set(others.flatMap(\.layers))
    if let own = layers.first(where: { !known.contains($0) }) { return "with \(own)" }
    let missing = others[0].layers.first { !layers.contains($0) }
    return missing.map { "without \($0)" }
  }
}

extension Dictionary where Key == TrainerID {
  /// A run's title, with what tells its network from the others of its cell; nil for an unknown
  /// run.
  func title(of id: TrainerID, state: (Value) -> TrainerState) -> String? {
    let runs = filter { $0.key.cell == id.cell }.sorted { $0.key.call < $1.key.call }
    let titles = runs.map { state($0.value) }.distinctTitles
    return runs.firstIndex { $0.key == id }.map { titles[$0] }
  }
}

extension Snapshot {
  /// A run's title, with what tells its network from the others of its cell.
  package func title(of id: TrainerID) -> String { trainers.title(of: id) { $0 } ?? "" }
}
