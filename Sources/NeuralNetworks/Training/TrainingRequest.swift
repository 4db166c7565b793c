import Compute
import Messages

/// What a call of `train` asks for. Cheap to make and to compare: cells that run again ask again.
package struct TrainingRequest: Sendable {
  package let plan: TrainingPlan
  /// Where the fit that it goes on from stands; nil for a new network.
  package let state: TrainingState?
  package let device: DeviceKind
  /// What the fit that it goes on from took to compute.
  package let earlierSeconds: Double

  package init(
    _ plan: TrainingPlan, from state: TrainingState? = nil, device: DeviceKind = .cpu,
    earlierSeconds: Double = 0
  ) {
    self.plan = plan
    self.state = state
    self.device = device
    self.earlierSeconds = earlierSeconds
  }

  /// `epochs` more of a fit.
  ///
  /// - Parameter optimizer: nil to go on with the one that the fit has; another one starts without
  ///   memory.
  package init(
    extending fit: Fit, epochs: Int, optimizer: Optimizer? = nil, device: DeviceKind
  ) {
    var state = fit.state
    if optimizer != nil { state.optimizer = OptimizerState.Memory() }
    self.init(
      fit.plan.extended(epochs: epochs, from: fit.epoch, optimizer: optimizer), from: state,
      device: device, earlierSeconds: fit.seconds)
  }

  /// Epochs that are there at the beginning.
  package var startEpoch: Int { state?.epoch ?? 0 }
  /// Epochs that are to be run.
  package var epochCount: Int { plan.settings.epochs - startEpoch }

  /// "ASGD, rate 0.01, batches of 64".
  package var title: String {
    "\(plan.settings.optimizer.title), batches of \(plan.settings.batchSize)"
  }

  /// The training as it begins.
  ///
  /// - Throws: when the device cannot be used.
  package func training() throws(Diagnostic) -> Training {
    Training(plan, state: state, on: try Devices.training(on: device))
  }

  /// Whether both come to the same fit, bit for bit. Linear in the size of the data.
  package func isIdentical(to other: TrainingRequest) -> Bool {
    guard device == other.device, plan.isIdentical(to: other.plan) else { return false }
    return switch (state, other.state) {
    case (nil, nil): true
    case (let state?, let other?): state.isIdentical(to: other)
    default: false
    }
  }

  /// Whether one estimate holds for both: weights and the values of the data make no difference.
  package func takesAsLong(as other: TrainingRequest) -> Bool {
    let (ours, theirs) = (plan, other.plan)
    return device == other.device && epochCount == other.epochCount && ours.layer == theirs.layer
      && ours.settings.optimizer == theirs.settings.optimizer
      && ours.settings.batchSize == theirs.settings.batchSize
      && ours.data.sampleShape == theirs.data.sampleShape
      && ours.data.count == theirs.data.count && ours.test?.count == theirs.test?.count
  }
}
