import Compute
import Curves
import Messages

/// A training between two epochs: with its ``TrainingPlan``, enough to resume later with the same
/// bits as without a break. This is what a checkpoint holds.
package struct TrainingState: Sendable {
  /// The mean training loss of each epoch, over its samples while the weights changed.
  package internal(set) var history = Trace()
  /// The mean test loss after each epoch; empty without a test set.
  package internal(set) var testHistory = Trace()
  /// The fraction of the test set that is classified correctly after each epoch, 0 … 1.
  package internal(set) var testAccuracy = Trace()
  package var weights: Weights
  package var optimizer = OptimizerState.Memory()
  /// The stream that the next epoch draws from.
  package internal(set) var random: PyTorchGenerator

  /// What its oldest epochs were computed with; later ones may have been continued by a newer version.
  package let arithmetic: ArithmeticVersion

  /// The number of complete epochs.
  package var epoch: Int { history.count }

  /// The initial state: draws the weights from the data's stream (seed 0 when it has none), as
  /// PyTorch does.
  package init(beginning plan: TrainingPlan) {
    arithmetic = .current
    random = plan.data.random ?? PyTorchGenerator(seed: 0)
    weights = Weights(drawing: plan.network.entries, from: &random)
  }

  /// A saved state.
  ///
  /// - Parameter stateDictionary: PyTorch's, in any order.
  /// - Throws: when it does not fit the plan, or holds numbers that are not finite.
  package init(
    history: [Double], testHistory: [Double], testAccuracy: [Double],
    stateDictionary: [(name: String, array: NDArray)], optimizer: OptimizerState.Memory,
    random: PyTorchGenerator, arithmetic: ArithmeticVersion = .current, for plan: TrainingPlan
  ) throws(Diagnostic) {
    self.arithmetic = arithmetic
    let model = try Model(layer: plan.layer, state: stateDictionary)
    for case (_, let counter) in model.state ?? [] where counter.type == .int64 {
      guard Self.counts.contains(try counter.values(as: Int.self)[0]) else {
        throw Diagnostic("the run's number of batches is impossible")
      }
    }
    weights = try Weights(model.state ?? [], of: plan.network.entries)
    self.history = Trace(history)
    self.testHistory = Trace(testHistory)
    self.testAccuracy = Trace(testAccuracy)
    self.optimizer = optimizer
    self.random = random
    try check(for: plan)
  }

  /// PyTorch's state_dict, in its order.
  package func stateDictionary(for plan: TrainingPlan) -> [(name: String, array: NDArray)] {
    weights.stateDictionary(plan.network.entries)
  }

  /// As after the first `count` epochs, for the curves only: the weights are the current ones.
  package func atEpoch(_ count: Int) -> TrainingState {
    var earlier = self
    earlier.history = Trace(Array(history.prefix(count)))
    earlier.testHistory = Trace(Array(testHistory.prefix(count)))
    earlier.testAccuracy = Trace(Array(testAccuracy.prefix(count)))
    return earlier
  }

  package var byteCount: Int {
    let floats = weights.count + optimizer.first.count + optimizer.second.count
    return 4 * floats + 8 * (history.count + testHistory.count + testAccuracy.count)
  }

  /// Whether both are at the same point of the same run, given that their plans are identical.
  /// Training is deterministic, so equal curves mean equal weights.
  package func isIdentical(to other: TrainingState) -> Bool {
    history.isIdentical(to: other.history)
  }

  /// Counters are used as Doubles, which are exact up to this number.
  private static let counts = 0..<1 << 53

  private func check(for plan: TrainingPlan) throws(Diagnostic) {
    let testCount = plan.test == nil ? 0 : history.count
    guard testHistory.count == testCount, testAccuracy.count == testCount else {
      throw Diagnostic("the curves of the run have different lengths")
    }
    guard history.notFiniteCount == 0, testHistory.notFiniteCount == 0,
      testAccuracy.allSatisfy({ $0 >= 0 && $0 <= 1 })
    else { throw Diagnostic("a curve of the run has impossible values") }
    let sizes = [optimizer.first.count, optimizer.second.count]
    guard Self.counts.contains(optimizer.steps),
      sizes.allSatisfy({ $0 == 0 || $0 == plan.network.parameterCount })
    else { throw Diagnostic("the optimiser's memory does not fit the network") }
    _ = try OptimizerState(plan.settings.optimizer, remembering: optimizer)
    let floats = [weights.parameters, weights.statistics, optimizer.first, optimizer.second]
    guard floats.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
      throw Diagnostic("the run has weights that are nan or inf")
    }
  }
}
