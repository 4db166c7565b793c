import Interpreter

/// What a session shows of its cells.
extension Session {
  package var snapshot: Snapshot { snapshot(of: records.keys) }

  /// The results of one page (from 0) only: far fewer in a lesson of thousands of pages.
  package func snapshot(ofPage index: Int) -> Snapshot {
    snapshot(of: pages.indices.contains(index) ? pages[index] : [])
  }

  private func snapshot(of ids: some Sequence<String>) -> Snapshot {
    var snapshot = Snapshot()
    snapshot.revision = revision
    snapshot.device = device
    snapshot.deviceRemark = deviceRemark
    for id in ids {
      guard let record = records[id] else { continue }
      let state = state(of: id, record)
      guard inlineValues.contains(id) else {
        snapshot.cells[id] = record.result
        snapshot.cells[id]?.state = state
        for (id, run) in record.unwatchedRuns { snapshot.trainers[id] = TrainerState(run) }
        continue
      }
      switch state {
      // Shown as "…", not as an error: the trainer says how to get the value.
      case .pending: break
      case .waiting where record.awaitedName != nil: break
      case .succeeded:
        if let text = record.inlineText { snapshot.inlineValues[id] = .text(text) }
      case .failed(let error): snapshot.inlineValues[id] = .failed(error)
      case .waiting(let wait): snapshot.inlineValues[id] = .waiting(wait)
      }
    }
    return snapshot
  }
}
