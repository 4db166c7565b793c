import Interpreter

/// What cells wait for: other cells, training, or a permission.
extension Session {
  /// Why a cell cannot run yet, and the missing name when it takes Enter to get it.
  func wait(of id: String) -> (wait: Wait, awaitedName: String?)? {
    for name in programs.uses[id] ?? [] {
      guard let definer = graph.definer[name], let record = records[definer],
        record.definitions[name] == nil
      else { continue }
      let place = place(of: definer, seenFrom: id)
      switch record.result.state {
      case .failed: return (.failedCell(name: name, at: place), nil)
      case .waiting
      where record.awaitedTrainer != nil || record.awaitedPermission != nil
        || record.awaitedName != nil:
        return (.undefined(name: name, at: place), name)
      // Names the cell that is the cause, not those in between.
      case .waiting(.failedCell(let name, let cause)):
        return (.failedCell(name: name, at: self.place(of: cause.cell, seenFrom: id)), nil)
      case .waiting(.undefined(let name, let cause)):
        return (.undefined(name: name, at: self.place(of: cause.cell, seenFrom: id)), nil)
      case .waiting: return (.undefined(name: name, at: place), nil)
      case .pending, .succeeded: return (.undefined(name: name, at: place), nil)
      }
    }
    return nil
  }

  /// The cell's state, with the current reason to wait for the student: the estimate of how long
  /// training takes arrives after the cell ran.
  func state(of id: String, _ record: CellRecord) -> CellResult.State {
    // The cell that needs Enter: this one, or one that it uses directly or indirectly.
    var (sourceID, source) = (id, record)
    while let name = source.awaitedName, let definer = graph.definer[name],
      let next = records[definer]
    {
      (sourceID, source) = (definer, next)
    }
    guard case .waiting = record.result.state else { return record.result.state }
    let work: PendingWork
    if let permission = source.awaitedPermission {
      work = .permission(permission)
    } else if let id = source.awaitedTrainer, let trainingWorker {
      work = trainingWorker.read { $0.pendingWork(id) }
    } else {
      return record.result.state
    }
    guard record.awaitedName != nil else { return .waiting(.ownWork(work)) }
    var place = place(of: sourceID, seenFrom: id)
    if let trainer = source.awaitedTrainer, let trainingWorker {
      place.call = trainer.call
      (place.title, place.run) = trainingWorker.read { $0.name(of: trainer) }
    }
    return .waiting(.work(work, at: place))
  }

  private func place(of cell: String, seenFrom id: String) -> WaitingPlace {
    WaitingPlace(cell: cell, page: pageOfCell[cell].flatMap { $0 == pageOfCell[id] ? nil : $0 })
  }
}
