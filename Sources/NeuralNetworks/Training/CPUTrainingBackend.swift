import Compute

/// Trains on the processor, with the batch kernels of one instruction set.
package final class CPUTrainingBackend: TrainingBackend {
  package let plan: TrainingPlan
  private let kernels: any BatchKernels
  private var weights = Weights()
  private var optimizer: OptimizerState
  private var gradients: [Float]
  // Memory is taken with the first samples: a backend that only tests has no batch. Not lazy, since
  // a lazy property is copied whenever it changes.
  private var batch = Batch()
  private var testBatch = Batch()

  package init(_ plan: TrainingPlan, kernels: any BatchKernels) {
    self.plan = plan
    self.kernels = kernels
    optimizer = OptimizerState(plan.settings.optimizer)
    gradients = [Float](repeating: 0, count: plan.network.parameterCount)
  }

  private var network: Network { plan.network }

  package func load(_ state: TrainingState) {
    weights = state.weights
    optimizer = OptimizerState(plan.settings.optimizer, continuing: state.optimizer)
  }

  package func download(into state: inout TrainingState) {
    state.weights = weights
    state.optimizer = optimizer.memory
  }

  package func zeroGrad() {
    gradients.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
  }

  package func forward(_ samples: TrainingBatch) {
    batch.reserve(plan.batchSize, of: network, withGradients: true)
    batch.load(samples.samples, of: plan.data, as: network.input)
    flushingDenormals {
      network.forward(
        &batch, parameters: weights.parameters, statistics: &weights.statistics,
        masks: samples.masks, kernels: kernels)
    }
    weights.batchesSeen += 1
  }

  package func loss() -> Double {
    flushingDenormals { CrossEntropy.loss(of: batch, logits: network.output) }
  }

  package func backward() {
    flushingDenormals {
      CrossEntropy.backward(&batch, logits: network.output)
      network.backward(
        &batch, parameters: weights.parameters, gradients: &gradients, kernels: kernels)
    }
  }

  package func step() {
    flushingDenormals { optimizer.step(&weights.parameters, gradients: gradients) }
  }

  package func logits(ofBatchSample index: Int) -> [Float] {
    batch.sample(index, of: network.output)
  }

  package func gradientNorm() -> Double {
    gradients.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
  }

  package func logits(of data: DataSet, samples: Range<Int>) -> [Float] {
    testBatch.reserve(network.testBatchSize, of: network)
    return network.logits(
      of: data, samples: samples, weights: weights, kernels: kernels, batch: &testBatch)
  }

  package func evaluate(_ data: DataSet, samples: Range<Int>) -> TestResult {
    let logits = logits(of: data, samples: samples)
    return flushingDenormals { TestResult(logits: logits, labels: data.labels[samples]) }
  }
}
