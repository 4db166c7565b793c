import Compute

/// What a training between two epochs consists of, apart from its layers, its data and its settings:
/// enough to go on later with the bits that it would have had.
package struct Checkpoint: Sendable {
  /// As in ``Training``, one value for each epoch.
  package var history: [Double]
  package var testHistory: [Double]
  package var testAccuracy: [Double]
  /// PyTorch's state_dict.
  package var state: [(name: String, array: NDArray)]
  package var optimizer: OptimizerState.Memory
  /// The stream that the next epoch draws from.
  package var random: PyTorchGenerator

  package init(
    history: [Double], testHistory: [Double], testAccuracy: [Double],
    state: [(name: String, array: NDArray)], optimizer: OptimizerState.Memory,
    random: PyTorchGenerator
  ) {
    self.history = history
    self.testHistory = testHistory
    self.testAccuracy = testAccuracy
    self.state = state
    self.optimizer = optimizer
    self.random = random
  }

  /// - Throws: when it cannot be that of a network with so many parameters, or a number in it is
  ///   not finite.
  func check(parameterCount: Int, hasTest: Bool) throws(NetworkError) {
    let testCount = hasTest ? history.count : 0
    guard testHistory.count == testCount, testAccuracy.count == testCount else {
      throw NetworkError("the curves of the run do not fit each other")
    }
    guard (history + testHistory).allSatisfy(\.isFinite),
      testAccuracy.allSatisfy({ $0 >= 0 && $0 <= 1 })
    else { throw NetworkError("a curve of the run has values that cannot be") }
    let counts = [optimizer.first.count, optimizer.second.count]
    // The steps are counted on, and used as Doubles, which are exact up to there.
    guard (0..<1 << 53).contains(optimizer.steps),
      counts.allSatisfy({ $0 == 0 || $0 == parameterCount })
    else {
      throw NetworkError("the optimiser's memory does not fit the network")
    }
    let batchCounts = state.filter { $0.array.type == .int64 }
      .flatMap { $0.array.values(as: Int.self) }
    guard batchCounts.allSatisfy({ (0..<1 << 53).contains($0) }) else {
      throw NetworkError("the run has seen a number of batches that cannot be")
    }
    let floats =
      state.map { $0.array.values(as: Float.self) } + [optimizer.first, optimizer.second]
    guard floats.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
      throw NetworkError("the run has weights that are nan or inf")
    }
  }
}
