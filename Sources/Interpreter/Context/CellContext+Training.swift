import Compute
import Concurrency
import Messages
import NeuralNetworks

/// A run trained to its end at once, since there is no reader to show it live.
package struct UnwatchedRun: Sendable {
  package let request: TrainingRequest
  package let fit: Fit
}

extension CellContext {
  /// The fit of a call of `train`; shows the trainer.
  ///
  /// - Throws: `WaitsForTraining`, `Interrupted`, or why the network cannot be trained.
  package mutating func fit(of request: TrainingRequest) throws -> Fit {
    let id = TrainerID(cell: cellID, call: fitVersions.count)
    show(.trainer(id))
    switch isMeasuring ? .atOnce : longWork {
    case .onEnter(let host):
      let progress = host.progress(
        of: request, for: id, after: fitVersions.last, callCount: id.call + remainingItems)
      fitVersions.append(progress.version)
      if let fit = progress.fit { return fit }
      if let failure = progress.failure { throw failure.prefixed(by: "train") }
      throw WaitsForTraining(id: id)
    case .atOnce:
      fitVersions.append(0)
      let fit = try finishedFit?(request) ?? runAtOnce(request)
      unwatchedRuns[id] = UnwatchedRun(request: request, fit: fit)
      return fit
    case .refused:
      throw Diagnostic(
        "train belongs in a cell, not in the text",
        hint: "assign the fit to a name there, and use the name here")
    }
  }

  private mutating func runAtOnce(_ request: TrainingRequest) throws -> Fit {
    var training = try request.training()
    let start = Clock.now()
    let (firstEpoch, name) = (training.epoch, assignedName)
    let (trainingObserver, budget) = (trainingObserver, budget)
    // The limit is for what else the cell does.
    let exemption = 1e9
    budget.extend(by: exemption)
    defer {
      budget.extend(by: Clock.now() - start - exemption)
      trainingObserver?(nil)
    }
    while !training.isFinished {
      let (epoch, epochCount) = (training.epoch, training.settings.epochs)
      let report = {
        guard let trainingObserver else { return }
        let secondsPerEpoch = (Clock.now() - start) / Double(epoch - firstEpoch)
        trainingObserver(
          AwaitedTraining(
            name: name, epoch: epoch, epochCount: epochCount,
            secondsLeft: epoch == firstEpoch ? nil : secondsPerEpoch * Double(epochCount - epoch)))
      }
      report()
      do {
        // Epochs of several batches may take long.
        try training.runEpochs(atMost: .max) {
          report()
          return !budget.interrupt.isRequested
        }
      } catch {
        // The network has failed, or its device: then the CPU goes on where it was, with the same bits.
        guard let reason = training.device.reason else { throw error }
        show(.text("\(reason) The CPU goes on from epoch \(training.epoch)."))
        training.move(to: Devices.cpu)
      }
      if budget.interrupt.isRequested { throw Interrupted() }
    }
    let seconds = Clock.now() - start
    guard let fit = Fit(training, seconds: request.earlierSeconds + seconds) else {
      preconditionFailure("a training that is finished is at the end of an epoch")
    }
    return fit
  }
}
