import CUDA
import Compute
import Concurrency
import DeviceSuite
import Messages
import NeuralNetworks

/// The lesson's networks, trained on the card and on the CPU.
struct TrainingCheck {
  private let card: CUDADevice
  private static let epochCount = 1000

  init(_ card: CUDADevice) { self.card = card }

  /// - Returns: whether all bits are the CPU's.
  func run() throws -> Bool {
    say("\nTraining, \(Self.epochCount) epochs of the lesson's data")
    var isGood = true
    for (name, layer) in [("CNN", Layer.lesson), ("MLP", Layer.perceptron)] {
      let (data, test) = try DataSet.lesson()
      let plan = try TrainingPlan(
        layer: layer, data: data, test: test, settings: .init(epochs: Self.epochCount))
      // The first launch compiles the kernel, and finds out how long an epoch takes.
      var warm = Training(plan, on: card)
      for _ in 0..<2 { try warm.runEpochs(atMost: 2) { true } }
      let (onCard, seconds) = try train(plan, on: card)
      let (onCPU, cpuSeconds) = try train(plan, on: Devices.cpu)
      say(
        "  \(name): card \(Quantity(seconds: seconds)), "
          + "CPU \(Quantity(seconds: cpuSeconds)); loss \(onCard.history.last ?? .nan), test "
          + "\(onCard.testAccuracy.last ?? .nan)")
      if !(try isIdentical(onCard, onCPU)) {
        isGood = false
        say("  \(name): \(difference(onCard, onCPU))")
      }
      try timeBlocks(plan)
    }
    return isGood
  }

  /// More blocks compute more at a time, and wait longer for each other.
  private func timeBlocks(_ plan: TrainingPlan) throws {
    var times: [String] = []
    var blocks = 8
    while blocks < card.multiprocessorCount {
      let device = CUDADevice(trainingBlocks: blocks)
      _ = try train(plan.shortened(to: 100), on: device)
      let (_, seconds) = try train(plan.shortened(to: 200), on: device)
      times.append("\(blocks): \(Quantity(seconds: seconds * Double(Self.epochCount) / 200))")
      blocks *= 2
    }
    if !times.isEmpty { say("    with blocks, " + times.joined(separator: ", ")) }
  }

  private func train(
    _ plan: TrainingPlan, on device: any TrainingDevice
  ) throws -> (Training, seconds: Double) {
    let start = Clock.now()
    var training = Training(plan, on: device)
    while !training.isFinished { try training.runEpochs(atMost: .max) { true } }
    return (training, Clock.now() - start)
  }

  private func isIdentical(_ a: Training, _ b: Training) throws -> Bool {
    guard a.history == b.history, a.testHistory == b.testHistory,
      a.testAccuracy == b.testAccuracy, let ours = a.model.state, let theirs = b.model.state
    else { return false }
    return zip(ours, theirs).allSatisfy { $0.array.isIdentical(to: $1.array) }
  }

  private func difference(_ a: Training, _ b: Training) -> String {
    let epochs = zip(a.history.values, b.history.values)
    guard let first = Array(epochs).firstIndex(where: { $0 != $1 }) else {
      return "the weights differ, the losses do not"
    }
    return "the losses differ from epoch \(first + 1) on"
  }
}

extension TrainingPlan {
  fileprivate func shortened(to epochs: Int) throws -> TrainingPlan {
    var settings = settings
    settings.epochs = epochs
    return try TrainingPlan(layer: layer, data: data, test: test, settings: settings)
  }
}
