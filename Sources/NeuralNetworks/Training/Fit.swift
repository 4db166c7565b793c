import Compute
import Curves
import Messages

/// The result of `train`: a run at the end of an epoch.
package struct Fit: Sendable {
  package let plan: TrainingPlan
  package let state: TrainingState
  /// The computing time of all its epochs, without waiting for a pace or a pause.
  package let seconds: Double
  package let device: DeviceKind
  /// The device that trained it; nil for a saved fit, whose device may be missing today.
  private let trainingDevice: (any TrainingDevice)?

  /// A saved fit.
  package init(plan: TrainingPlan, state: TrainingState, seconds: Double, device: DeviceKind) {
    self.plan = plan
    self.state = state
    self.seconds = seconds
    self.device = device
    trainingDevice = nil
  }

  /// Nil in the middle of an epoch.
  package init?(_ training: Training, seconds: Double = 0) {
    guard let state = training.checkpoint else { return nil }
    plan = training.plan
    self.state = state
    self.seconds = seconds
    device = training.device.kind
    trainingDevice = training.device
  }

  /// With inputs for data sets whose own are missing, where they are the same.
  package func supplied(data: DataSet, test: DataSet?) -> Fit {
    guard !plan.hasInputs else { return self }
    return Fit(
      plan: plan.supplied(data: data, test: test), state: state, seconds: seconds, device: device)
  }

  package var layer: Layer { plan.layer }
  package var data: DataSet { plan.data }
  package var test: DataSet? { plan.test }
  package var settings: Training.Settings { plan.settings }
  package var epoch: Int { state.epoch }
  package var history: Trace { state.history }
  package var testHistory: Trace { state.testHistory }
  package var testAccuracy: Trace { state.testAccuracy }

  /// The trained network.
  package var model: Model { Model(plan, state) }
  /// The size of ``model``'s weights and running statistics.
  package var modelByteCount: Int { 4 * state.weights.count }
  /// Including the data; copies share most of it.
  package var byteCount: Int {
    plan.data.byteCount + (plan.test?.byteCount ?? 0) + state.byteCount
  }

  /// The logits for each sample: `[count, classes]`.
  ///
  /// - Parameter checkpoint: called now and then; what it throws ends the work.
  /// - Throws: when the samples have another shape than those of the training.
  package func logits(
    of data: DataSet, checkpoint: () throws -> Void = {}
  ) throws -> NDArray {
    // The device that trained it may be missing by now, or have failed. The CPU has the same bits.
    let own = trainingDevice ?? (try? Devices.training(on: device))
    let computing = own.flatMap { $0.isAvailable ? $0 : nil } ?? Devices.cpu
    return try computing.logits(of: data, plan, state, checkpoint: checkpoint)
  }

  /// Whether both are at the same point of the same run.
  package func isIdentical(to other: Fit) -> Bool {
    device == other.device && seconds == other.seconds && plan.isIdentical(to: other.plan)
      && state.isIdentical(to: other.state)
  }
}
