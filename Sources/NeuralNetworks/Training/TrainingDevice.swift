import Compute
import Messages

/// A device on which networks can be trained.
package protocol TrainingDevice: Device {
  /// Whether its backends implement ``TrainingBackend/runEpochs(_:after:random:while:)``.
  var runsWholeEpochs: Bool { get }

  /// - Throws: when the device lacks the memory, or has failed.
  func makeTrainingBackend(for plan: TrainingPlan) throws(Diagnostic) -> any TrainingBackend
}

extension TrainingDevice {
  package var runsWholeEpochs: Bool { false }
}

extension CPU: TrainingDevice {
  package func makeTrainingBackend(for plan: TrainingPlan) -> any TrainingBackend {
    CPUTrainingBackend(plan, kernels: kernels, threads: threads)
  }
}

extension Devices {
  /// - Throws: when no network can be trained on the device: says why.
  package static func training(on kind: DeviceKind) throws(Diagnostic) -> any TrainingDevice {
    let device = Devices[kind]
    if let reason = device.reason { throw Diagnostic(reason) }
    guard let device = device as? any TrainingDevice else {
      throw Diagnostic("networks cannot be trained on \(device.name)")
    }
    return device
  }
}
