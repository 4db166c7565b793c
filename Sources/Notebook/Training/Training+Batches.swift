import NeuralNetworks

extension Training {
  /// Runs batches to the end of the epoch, or as long as `goesOn`. The bits are those of
  /// `runEpoch()`.
  mutating func runEpoch(while goesOn: () -> Bool) throws(NetworkError) {
    let epoch = self.epoch
    repeat { try runBatch() } while self.epoch == epoch && goesOn()
  }

  /// To the end of the batch under way, or the next one: its last view.
  @discardableResult
  private mutating func runBatch() throws(NetworkError) -> BatchView {
    while true {
      let view = try runStage()
      if view.stage == .step { return view }
    }
  }

  /// How long a whole run will take, measured on a copy for a twentieth of a second, or for a batch
  /// when that takes longer; nil when it fails.
  func estimatedSeconds() -> Double? {
    var copy = self
    var part = 0.0
    let start = MonotonicClock.seconds()
    var seconds = 0.0
    do {
      while seconds < 0.05, !copy.isFinished {
        let view = try copy.runBatch()
        part = view.isLast ? 0 : Double(view.batch + 1) / Double(view.batchCount)
        seconds = MonotonicClock.seconds() - start
      }
    } catch {
      return nil
    }
    let epochs = Double(copy.epoch - epoch) + part
    return epochs > 0 ? seconds / epochs * Double(settings.epochs - epoch) : nil
  }
}

extension BatchView {
  fileprivate var isLast: Bool { batch + 1 == batchCount }
}
