import Messages
import NeuralNetworks

/// How cells do what takes long or leaves something behind: training, measuring, saving.
package enum LongWork: Sendable {
  /// To its end, at once: in eval and render.
  case atOnce
  /// When the student presses Enter; networks train on a thread of their own.
  case onEnter(any TrainingHost)
  /// Not at all: in inline values, which show no trainer.
  case refused
}

/// Trains networks while cells continue without them.
package protocol TrainingHost: Sendable {
  /// The progress of the run that a call of `train` asks for.
  ///
  /// - Parameters:
  ///   - previous: the version of the fit that the cell's previous call returned in this run; nil for
  ///     the first call.
  ///   - callCount: how many calls of `train` the cell has, as far as that is known.
  func progress(
    of request: TrainingRequest, for id: TrainerID, after previous: Int?, callCount: Int
  ) -> TrainingProgress
}

/// The progress of the run of a call of `train`.
package struct TrainingProgress: Sendable {
  /// Nil before the first epoch.
  package var fit: Fit?
  /// Increases with each new fit.
  package var version: Int
  /// Why there is no fit and never will be.
  package var failure: Diagnostic?

  package init(fit: Fit?, version: Int, failure: Diagnostic?) {
    self.fit = fit
    self.version = version
    self.failure = failure
  }
}

/// Thrown where a cell cannot continue before a run has completed an epoch.
package struct WaitsForTraining: Error {
  package let id: TrainerID
}
