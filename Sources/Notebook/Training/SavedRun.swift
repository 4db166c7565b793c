import Compute
import Interpreter
import Lessons
import Messages
import NeuralNetworks

/// A run of `train` as it is kept, with everything needed to show it, to use its fit and to continue
/// from it in another session. It has finished, or is at the end of an epoch: a checkpoint.
package struct SavedRun: Sendable {
  /// The call that it belongs to.
  package var id: TrainerID
  /// What its cell is and says, by which it is found in another version of the lesson; nil where that is
  /// not known.
  package var cell: CellIdentity?
  /// Whether its cell is in the lesson. Otherwise it waits for a call that asks for the same training.
  package var isPlaced = true
  /// The name of its file, if it was read from one.
  package var file: String?
  /// What the run was started with. For a run that was read from a file and had continued another
  /// fit, the weights are not the initial ones: use it for comparison, not for training.
  let request: TrainingRequest
  package let fit: Fit
  /// The computing time of this run alone, without pauses.
  package let seconds: Double
  /// The runs of the call before this one, the oldest first.
  let earlier: [TrainerState.EarlierRun]

  init(
    id: TrainerID, request: TrainingRequest, fit: Fit, seconds: Double,
    earlier: [TrainerState.EarlierRun] = []
  ) {
    self.id = id
    self.earlier = earlier
    self.request = request
    self.fit = fit
    self.seconds = seconds
  }

  /// Whether epochs are missing that the run was started for.
  package var isUnfinished: Bool { fit.epoch < request.plan.settings.epochs }

  /// "the run of cell fit is kept at epoch 14,000 of 20,000"; for an unfinished run.
  package var keptSentence: String {
    let (epoch, epochs) = (grouped(fit.epoch), grouped(request.plan.settings.epochs))
    return "the run of cell \(id.cell) is kept at epoch \(epoch) of \(epochs)"
  }

  /// What to know about its numbers before going on from it; nil when a new run would give the same.
  package var arithmeticRemark: String? {
    fit.state.arithmetic == .current
      ? nil
      : "the run of cell \(id.cell) was computed by a version of Etude that rounds differently: "
        + "going on from it does not give the numbers of a new run"
  }
}
