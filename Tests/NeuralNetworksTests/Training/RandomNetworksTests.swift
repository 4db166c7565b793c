import Compute
import NeuralNetworks
import Testing

/// Whatever the layers, the sizes and the batches are, a network goes the fast way, and that way has
/// the bits of the plain loops.
@Suite("Random networks")
struct RandomNetworksTests {
  private static let networks = Result {
    try (0..<40).map { try RandomNetwork(seed: $0, isLarge: $0 % 3 == 0) }
  }

  /// A few steps of training: losses, then weights, then the answers in evaluation.
  private struct Outcome {
    var losses: [Double] = []
    var weights: [Float] = []
    var logits: [Float] = []

    init(_ plan: TrainingPlan, on device: any TrainingDevice) throws {
      var training = Training(plan, on: device)
      for _ in 0..<4 {
        for _ in Training.Stage.allCases {
          let view = try training.runStage()
          if view.stage == .loss { losses.append(try #require(view.loss)) }
        }
      }
      weights = try training.model.state?.flatMap { try $0.array.values(as: Float.self) } ?? []
      logits = try training.logits(of: plan.data).values()
    }

    /// Any nan equals any other.
    var bits: [UInt64] {
      losses.map { $0.isNaN ? 0 : $0.bitPattern }
        + (weights + logits).map { $0.isNaN ? 1 : UInt64($0.bitPattern) }
    }
  }

  @Test("Every fused set of kernels, on 1, 2 and 3 threads, gives the bits of the plain loops")
  func sameBits() throws {
    let fused = AvailableKernels.all.filter { $0.isFused && $0.name != "reference" }
    for network in try Self.networks.get() {
      let plan = network.plan
      let expected = try Outcome(plan, on: CPU(kernels: ReferenceKernels(), threads: 1))
      #expect(expected.losses.allSatisfy { $0.isFinite && $0 >= 0 }, "\(network.testDescription)")
      for kernels in fused {
        for threads in 1...3 {
          let outcome = try Outcome(plan, on: CPU(kernels: kernels, threads: threads))
          #expect(
            outcome.bits == expected.bits,
            "\(kernels.name), \(threads) threads, \(network.testDescription)")
        }
      }
    }
  }

  @Test(
    "Whole epochs have the same bits, whether chunks divide by threads or not",
    arguments: [33, 64, 70, 100])
  func wholeEpochs(batchSize: Int) throws {
    var random = PyTorchGenerator(seed: 1)
    let inputs = (0..<4 * batchSize * 256).map { _ in random.uniform(-1, 1) }
    let data = DataSet(
      inputs: inputs, sampleShape: [1, 256], labels: (0..<4 * batchSize).map { $0 % 3 },
      random: random)
    let first = ConvolutionLayer(
      inputChannels: 1, outputChannels: 16, kernelSize: 9, padding: 4)
    let second = ConvolutionLayer(inputChannels: 16, outputChannels: 8, kernelSize: 5)
    let plan = try TrainingPlan(
      layer: .sequential([
        .conv1d(first), .activation(.relu), .maxPool1d(PoolingParameters(kernelSize: 2)),
        .conv1d(second), .activation(.tanh), .flatten,
        .linear(inputs: 8 * 124, outputs: 24, hasBias: true), .activation(.relu),
        .dropout(probability: 0.25), .linear(inputs: 24, outputs: 3, hasBias: true),
      ]), data: data, settings: .init(optimizer: .sgd(learningRate: 0.05), batchSize: batchSize))
    // Enough work for six threads.
    #expect(plan.network.multiplicationCount * Double(batchSize) >= 6 * 500_000)
    func weights(_ threads: Int) throws -> [[Float]] {
      var training = Training(plan, on: CPU(kernels: AvailableKernels.chosen, threads: threads))
      try training.runEpoch()
      return try #require(training.model.state).map { try $0.array.values() }
    }
    let expected = try weights(1)
    for threads in 2...6 { #expect(try weights(threads) == expected, "\(threads) threads") }
  }

  @Test("They train as layer by layer in float64")
  func asNaively() throws {
    for network in try Self.networks.get() {
      let ours = try Outcome(network.plan, on: Devices.cpu)
      let naive = try Outcome(network.plan, on: NaiveDevice())
      #expect(
        largestDifference(ours.losses, naive.losses) < 1e-4, "\(network.testDescription)")
      #expect(
        largestDifference(ours.weights.map(Double.init), naive.weights.map(Double.init)) < 1e-3,
        "\(network.testDescription)")
    }
  }

  @Test("They are of every kind, and some are large enough for three threads")
  func variety() throws {
    let networks = try Self.networks.get()
    let layers = networks.flatMap { $0.plan.layer.leaves.map(\.layer) }
    let kinds = Set(layers.map { $0.code.prefix { $0 != "(" } })
    for kind in [
      "Conv1d", "ConvTranspose1d", "Linear", "MaxPool1d", "AvgPool1d", "AdaptiveAvgPool1d",
      "Flatten", "Dropout", "BatchNorm1d", "GroupNorm", "ReLU", "GELU",
    ] { #expect(kinds.contains(kind[...]), "\(kind)") }
    let isLarge = networks.map {
      $0.plan.network.multiplicationCount * Double($0.plan.batchSize) >= 3 * 500_000
    }
    #expect(isLarge.count { $0 } >= 5)
  }
}
