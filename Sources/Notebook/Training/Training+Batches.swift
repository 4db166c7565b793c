import NeuralNetworks

extension Training {
  /// Runs batches to the end of the epoch, or as long as `goesOn`. The bits are those of
  /// `runEpoch()`.
  mutating func runEpoch(while goesOn: () -> Bool) throws(NetworkError) {
    let epoch = self.epoch
    repeat { try runBatch() } while self.epoch == epoch && goesOn()
  }
}
