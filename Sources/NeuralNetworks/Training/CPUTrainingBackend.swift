import Compute

/// Trains on the processor, with the batch kernels of one instruction set.
package final class CPUTrainingBackend: TrainingBackend {
  package let plan: TrainingPlan
  private var optimizer: OptimizerState
  // Memory is taken with the first samples: a backend that only tests has no batch.
  private let training: NetworkRunner
  private let testing: NetworkRunner

  /// - Parameter threads: at most so many compute; any number gives the same bits.
  package init(_ plan: TrainingPlan, kernels: any BatchKernels, threads: Int = 1) {
    self.plan = plan
    optimizer = OptimizerState(plan.settings.optimizer)
    // One team for both: threads that still wait for one would take processors from the other.
    let team = NetworkRunner.team(for: plan.network, batchSize: plan.batchSize, threads: threads)
    training = NetworkRunner(plan.network, kernels: kernels, team: team, isTraining: true)
    testing = NetworkRunner(plan.network, kernels: kernels, team: team)
  }

  private var network: Network { plan.network }

  package func load(_ state: TrainingState) {
    training.weights = state.weights
    optimizer = OptimizerState(plan.settings.optimizer, continuing: state.optimizer)
  }

  package func download(into state: inout TrainingState) {
    state.weights = training.weights
    state.optimizer = optimizer.memory
  }

  package func train(_ batch: TrainingBatch) -> Double {
    training.batch.reserve(plan.batchSize, of: network, withGradients: true)
    training.weights.batchesSeen += 1
    return training.train(
      Array(batch.samples), of: plan.data, masks: batch.masks, plan.targets, &optimizer)
  }

  package func zeroGrad() { training.clearGradients() }

  package func forward(_ samples: TrainingBatch) {
    training.batch.reserve(plan.batchSize, of: network, withGradients: true)
    training.forward(Array(samples.samples), of: plan.data, masks: samples.masks)
    training.weights.batchesSeen += 1
  }

  package func loss() -> Double { training.loss(plan.targets) }

  package func backward() { training.backward(plan.targets) }

  package func step() { training.step(&optimizer) }

  package func logits(ofBatchSample index: Int) -> [Float] {
    training.batch.sample(index, of: network.output)
  }

  package func gradientNorm() -> Double {
    training.gradients.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
  }

  package func logits(of data: DataSet, samples: Range<Int>) -> [Float] {
    test(data, samples)
    return network.logits(in: testing.batch)
  }

  package func evaluate(_ data: DataSet, samples: Range<Int>) -> TestResult {
    test(data, samples)
    testing.computeLosses(plan.targets)
    return testing.batch.result(of: network.output, plan.targets)
  }

  private func test(_ data: DataSet, _ samples: Range<Int>) {
    testing.batch.reserve(min(network.testBatchSize, data.count), of: network)
    // Lent, not shared: a shared array is copied before it can be written.
    swap(&testing.weights, &training.weights)
    testing.forward(Array(samples), of: data, masks: nil)
    swap(&testing.weights, &training.weights)
  }
}
