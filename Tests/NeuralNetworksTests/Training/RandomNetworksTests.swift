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
