import Compute
import Interpreter
import NeuralNetworks

/// A trainer at one moment, for drawing: settings, curves, and what it does.
package struct TrainerState: Sendable {
  package enum Activity: Hashable, Sendable {
    /// Never started; `Enter` does.
    case waiting
    case running
    case paused
    case finished
    /// The training cannot go on: a sentence, such as a loss that is no longer finite.
    case failed(String)
  }

  /// The curves of a run.
  package struct Curves: Sendable {
    package var loss: [Double] = []
    package var testLoss: [Double] = []
    /// 0 … 1, after each epoch.
    package var testAccuracy: [Double] = []

    package init() {}
  }

  package var activity: Activity
  /// What the run learns, with what: "ASGD, rate 0.01, batches of 64".
  package var title: String
  /// Those of the fit that the run goes on from; 0 in a run from the beginning.
  package var startEpoch: Int
  /// Where the run ends, counted from the beginning.
  package var epochs: Int
  package var curves = Curves()
  /// The run before this one of the same trainer: drawn faint.
  package var previous: Curves?
  package var classCount: Int
  /// How many signals the accuracy is counted on; 0 without a test set.
  package var testCount: Int
  /// Computing time of this run so far, since `startEpoch` and without waiting.
  package var seconds = 0.0
  /// Before a run, what the whole of it will take, measured on a few batches; nil when unknown.
  package var estimatedSeconds: Double?
  /// Epochs a second at most; nil runs free.
  package var pace: Double?
  package var device = "CPU"
  /// An input has changed since the run was started.
  package var isStale = false
  /// What one batch, slowly, has come to; nil while it goes by whole epochs.
  package var batch: BatchView?

  package init(
    activity: Activity, title: String, startEpoch: Int = 0, epochs: Int, classCount: Int,
    testCount: Int
  ) {
    self.activity = activity
    self.title = title
    self.startEpoch = startEpoch
    self.epochs = epochs
    self.classCount = classCount
    self.testCount = testCount
  }

  package var epoch: Int { curves.loss.count }
}

extension TrainerState {
  /// A run that went to its end at once.
  init(_ run: UnwatchedRun) {
    self = Trainer(run.request).state
    activity = .finished
    curves = Curves(run.fit.state)
    seconds = run.fit.seconds - run.request.earlierSeconds
  }
}

/// What a student can ask of a trainer.
package enum TrainerCommand: Hashable, Sendable {
  /// Starts, pauses, goes on; after a finished or stale run, starts anew.
  case startOrPause
  /// One epoch, then pauses.
  case oneEpoch
  /// One stage of a batch: zero_grad, forward, loss, backward, step; then pauses.
  case oneStage
  /// Faster (1) or slower (-1) by a step of 1, 2, 5, 10 …
  case changePace(Int)
  case runFree
  case startAgain
}
