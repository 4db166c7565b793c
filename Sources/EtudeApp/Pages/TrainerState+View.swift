import Notebook
import Terminal

extension TrainerView {
  /// A trainer as it is drawn.
  init(_ state: TrainerState) {
    self.init(
      title: state.title, activity: Activity(state.activity), startEpoch: state.startEpoch,
      epochs: state.epochs, classCount: state.classCount, testCount: state.testCount)
    curves = Curves(state.curves)
    previous = state.previous.map(Curves.init)
    seconds = state.seconds
    estimatedSeconds = state.estimatedSeconds
    pace = state.pace
    device = state.device
    isStale = state.isStale
    batch = state.batch.map { view in
      var strip = BatchStrip(
        stage: view.stage.rawValue, batch: view.batch, batchCount: view.batchCount,
        signal: view.signal.map(Double.init), label: view.label)
      strip.probabilities = view.probabilities
      strip.loss = view.loss
      strip.gradientNorm = view.gradientNorm
      return strip
    }
  }
}

extension TrainerView.Activity {
  fileprivate init(_ activity: TrainerState.Activity) {
    self =
      switch activity {
      case .waiting: .waiting
      case .running: .running
      case .paused: .paused
      case .finished: .finished
      case .failed(let sentence): .failed(sentence)
      }
  }
}

extension TrainerView.Curves {
  fileprivate init(_ curves: TrainerState.Curves) {
    self.init(
      loss: curves.loss, testLoss: curves.testLoss, testAccuracy: curves.testAccuracy)
  }
}
