import DeviceSuite
import FakeCards
import Glibc
import NeuralNetworks
import Testing

/// What ``CardTrainingTests`` does, for some minutes: many random networks, and the lesson's on all of its
/// data. Only with ETUDE_LONG_TESTS, as scripts/test --all sets it.
@Suite(
  "Training on a card, at length",
  .enabled(if: getenv("ETUDE_LONG_TESTS") != nil, "takes minutes: scripts/test --all runs it"))
struct LongCardTrainingTests {
  private let short = CardTrainingTests()

  @Test("The lesson's networks", arguments: ["forward", "backward", "shuffled"])
  func lesson(order: String) throws {
    let card = FakeCard(order: order)
    for layer in [Layer.lesson, .perceptron] {
      let (train, test) = try DataSet.lesson()
      try short.check(try TrainingPlan(layer: layer, data: train, test: test), epochs: 15, on: card)
    }
  }

  @Test("Networks of any layers", arguments: ["forward", "backward", "shuffled"], [false, true])
  func randomNetworks(order: String, isLarge: Bool) throws {
    let card = FakeCard(order: order)
    for seed in isLarge ? 0..<10 : 12..<72 {
      let network = try RandomNetwork(seed: seed, isLarge: isLarge)
      try short.check(
        network.plan, epochs: isLarge ? 1 : 4, on: card, "\(network.testDescription)")
    }
  }
}
