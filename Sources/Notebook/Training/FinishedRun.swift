import Compute
import Interpreter
import NeuralNetworks

/// A run of `train` that has come to its end, with all that is needed to show it, to use its fit and
/// to go on from it in another session.
package struct FinishedRun: Sendable {
  package let id: TrainerID
  /// What the run was started with. In a run that was read from a file and had gone on from another
  /// fit, its weights are not those of the beginning: it is there to be compared, not to be run.
  let request: TrainingRequest
  package let fit: Fit
  /// What this run alone has computed, without waiting.
  package let seconds: Double
}

extension TrainingRun {
  /// As the run was when it ended.
  init(_ finished: FinishedRun) {
    self.init(finished.request, endingWith: finished.fit, seconds: finished.seconds)
  }
}
