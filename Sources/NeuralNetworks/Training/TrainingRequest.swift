import Compute
import Messages

/// What a call of `train` asks for. Cheap to make and compare, since cells that run again ask
/// again.
package struct TrainingRequest: Sendable {
  package let plan: TrainingPlan
  /// The state of the fit that it extends; nil for a new network.
  package let state: TrainingState?
  package let device: DeviceKind
  /// The computing time of the fit that it extends.
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

  /// Asks for `epochs` more of a fit.
  ///
  /// - Parameter optimizer: nil keeps the fit's; another one starts without memory.
  package init(
    extending fit: Fit, epochs: Int, optimizer: Optimizer? = nil, device: DeviceKind
  ) {
    var state = fit.state
    if optimizer != nil { state.optimizer = OptimizerState.Memory() }
    self.init(
      fit.plan.extended(epochs: epochs, from: fit.epoch, optimizer: optimizer), from: state,
      device: device, earlierSeconds: fit.seconds)
  }

  /// The number of epochs to start from.
  package var startEpoch: Int { state?.epoch ?? 0 }
  /// The number of epochs to run.
  package var epochCount: Int { plan.settings.epochs - startEpoch }

  /// "CNN, ASGD, rate 0.01, batches of 64".
  package var title: String {
    let settings = plan.settings
    return [
      plan.layer.kindOfNetwork, "\(settings.optimizer.title), batches of \(settings.batchSize)",
      settings.criterion.title,
    ]
    .filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// The training, ready to run.
  ///
  /// - Throws: when the device cannot be used, or the inputs are missing.
  package func training() throws(Diagnostic) -> Training {
    guard plan.hasInputs else {
      throw Diagnostic("the data that it learned from is not kept", hint: "start it again")
    }
    return Training(plan, state: state, on: try Devices.training(on: device))
  }

  /// With inputs for data sets whose own are missing, where they are the same.
  package func supplied(from other: TrainingPlan) -> TrainingRequest {
    guard !plan.hasInputs else { return self }
    return TrainingRequest(
      plan.supplied(data: other.data, test: other.test), from: state, device: device,
      earlierSeconds: earlierSeconds)
  }

  /// The same on another device.
  package func on(_ device: DeviceKind) -> TrainingRequest {
    TrainingRequest(plan, from: state, device: device, earlierSeconds: earlierSeconds)
  }

  /// Whether both lead to the same weights, bit for bit, as every device does. Linear in the size of
  /// the data.
  package func isIdentical(to other: TrainingRequest) -> Bool {
    guard plan.isIdentical(to: other.plan) else { return false }
    return switch (state, other.state) {
    case (nil, nil): true
    case (let state?, let other?): state.isIdentical(to: other)
    default: false
    }
  }

  /// Whether one estimate holds for both: weights and values of the data make no difference.
  package func takesAsLong(as other: TrainingRequest) -> Bool {
    let (ours, theirs) = (plan, other.plan)
    return device == other.device && epochCount == other.epochCount && ours.layer == theirs.layer
      && ours.settings.optimizer == theirs.settings.optimizer
      && ours.settings.batchSize == theirs.settings.batchSize
      && ours.data.sampleShape == theirs.data.sampleShape
      && ours.data.count == theirs.data.count && ours.test?.count == theirs.test?.count
  }
}
