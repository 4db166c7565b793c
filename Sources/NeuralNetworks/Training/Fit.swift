import Compute

/// What `train` gives: a run as far as it has come.
package struct Fit: Sendable {
  /// Carries the curves, the model, and what is needed to go on.
  package var training: Training
  /// The computing time of all its epochs, without waiting for a pace or a pause.
  package var seconds: Double
  package var device: Device.Kind

  package init(training: Training, seconds: Double = 0, device: Device.Kind = .cpu) {
    self.training = training
    self.seconds = seconds
    self.device = device
  }
}
