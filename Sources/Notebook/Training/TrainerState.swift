import Compute
import Curves
import Interpreter
import NeuralNetworks

/// A trainer at one moment, for drawing: settings, curves, and activity.
package struct TrainerState: Sendable {
  package enum Activity: Hashable, Sendable {
    /// Not started yet.
    case waiting
    case running
    case paused
    case finished
    /// Training cannot continue, with the reason as a sentence.
    case failed(String)
  }

  /// The curves of a run.
  package struct Curves: Sendable {
    package var loss = Trace()
    package var testLoss = Trace()
    /// 0 … 1, after each epoch.
    package var testAccuracy = Trace()

    package init() {}
  }

  /// A run of the same trainer that was over when a newer one began.
  package struct EarlierRun: Sendable {
    /// The settings, as ``TrainerState/title``.
    package var title: String
    package var curves: Curves
    package var seconds: Double

    package init(title: String, curves: Curves, seconds: Double) {
      self.title = title
      self.curves = curves
      self.seconds = seconds
    }
  }

  package var activity: Activity
  /// The network and the settings: "CNN, ASGD, rate 0.01, batches of 64".
  package var title: String
  /// The epochs of the fit that the run continues; 0 for a new training.
  package var startEpoch: Int
  /// The final epoch, counted from the beginning of the training.
  package var epochs: Int
  package var curves = Curves()
  /// The runs before this one, the oldest first; five at most.
  package var earlier: [EarlierRun] = []
  /// The network as of the newest epoch; nil before the first.
  package var fit: Fit?
  /// Of the last batch of each epoch; empty where it is not known.
  package var gradientNorms = Trace()
  package var classCount: Int
  /// Of the data; nil where they have none.
  package var classNames: [String]?
  /// The layers of the network, as the student writes them.
  package var layers: [String] = []
  /// The size of the test set; 0 without one.
  package var testCount: Int
  /// The computing time of this run so far, since `startEpoch` and without pauses.
  package var seconds = 0.0
  /// The estimated duration of a whole run, measured on a few batches; nil when unknown.
  package var estimatedSeconds: Double?
  /// How many calls of `train` the cell has, as far as that is known.
  package var callCount = 1
  /// The maximum epochs per second; nil for no limit.
  package var pace: Double?
  package var device = "CPU"
  /// An input has changed since the run was started.
  package var isStale = false
  /// What the student should know about the run, as a sentence.
  package var remark: String?
  /// The batch that is being stepped through; nil while training by whole epochs.
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
  /// A run that was trained to the end at once.
  init(_ run: UnwatchedRun) {
    self = Trainer(run.request).state
    activity = .finished
    curves = Curves(run.fit.state)
    seconds = run.fit.seconds - run.request.earlierSeconds
  }
}

/// What a student can tell a trainer to do.
package enum TrainerCommand: Hashable, Sendable {
  /// Starts, pauses or resumes; restarts a finished or stale run.
  case startOrPause
  /// One epoch, then pauses.
  case oneEpoch
  /// One stage of a batch: zero_grad, forward, loss, backward, step; then pauses.
  case oneStage
  /// Faster (1) or slower (-1) by a step of 1, 2, 5, 10 …
  case changePace(Int)
  case runFree
  case startAgain

  var isAboutPace: Bool {
    switch self {
    case .changePace, .runFree: true
    case .startOrPause, .oneEpoch, .oneStage, .startAgain: false
    }
  }
}
