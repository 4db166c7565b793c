import NeuralNetworks

/// How a session runs what takes long.
enum TrainingMode: Sendable {
  /// To its end, at once: in eval and render.
  case atOnce
  /// When the student wants it, on a thread of its own.
  case onEnter(TrainingWorker)
  /// Not at all: in inline values, which show no trainer.
  case refused
}

/// Thrown where a cell cannot go on before a run has an epoch.
struct WaitsForTraining: Error {
  let id: TrainerID
}

extension CellContext {
  /// The fit of a call of `train`; shows the trainer.
  ///
  /// - Throws: `WaitsForTraining`, `Interrupted`, or why the network cannot be trained.
  mutating func fit(of request: TrainingRequest) throws -> Fit {
    let id = TrainerID(cell: cellID, call: fitVersions.count)
    show(.trainer(id))
    let worker: TrainingWorker
    switch isMeasuring ? .atOnce : trainingMode {
    case .onEnter(let itsWorker): worker = itsWorker
    case .atOnce:
      fitVersions.append(0)
      return try runAtOnce(request, id)
    case .refused:
      throw CellError(
        "train stands in a cell, not in the prose",
        mend: "give its fit a name there, and use it here"
      )
    }
    let answer = worker.change { $0.ask(for: request, id, after: fitVersions.last) }
    fitVersions.append(answer.version)
    if let fit = answer.fit { return fit }
    if let failure = answer.failure {
      throw CellError("train: \(failure.message)", mend: failure.mend)
    }
    throw WaitsForTraining(id: id)
  }

  private mutating func runAtOnce(_ request: TrainingRequest, _ id: TrainerID) throws -> Fit {
    var training = request.start
    let start = MonotonicClock.seconds()
    while !training.isFinished {
      try training.runEpoch { !interrupt.isRequested }
      if interrupt.isRequested { throw Interrupted() }
    }
    let seconds = MonotonicClock.seconds() - start
    // The limit is for what else the cell does.
    budget.extend(by: seconds)
    let fit = Fit(
      training: training, seconds: request.earlierSeconds + seconds, device: request.device)
    trainers[id] = TrainerState(finished: fit, of: request)
    return fit
  }
}

extension TrainerState {
  /// A run that nobody watched.
  fileprivate init(finished fit: Fit, of request: TrainingRequest) {
    self = Trainer(request).state
    activity = .finished
    curves = Curves(fit.training)
    seconds = fit.seconds - request.earlierSeconds
  }
}
