import Compute
import Interpreter
import NeuralNetworks

/// A completed run of `train`, with everything needed to show it, to use its fit and to continue
/// from it in another session.
package struct FinishedRun: Sendable {
  package let id: TrainerID
  /// What the run was started with. For a run that was read from a file and had continued another
  /// fit, the weights are not the initial ones: use it for comparison, not for training.
  let request: TrainingRequest
  package let fit: Fit
  /// The computing time of this run alone, without pauses.
  package let seconds: Double
}

extension TrainingRun {
  /// The run as it was when it ended.
  init(_ finished: FinishedRun) {
    self.init(finished.request, endingWith: finished.fit, seconds: finished.seconds)
  }
}
