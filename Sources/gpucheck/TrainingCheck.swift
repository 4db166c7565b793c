import CUDA
import Compute
import Concurrency
import DeviceSuite
import Messages
import NeuralNetworks

/// The lesson's networks, trained on the card and on the CPU.
struct TrainingCheck {
  private let card: CUDADevice
  private let workload: Workload
  private let report: Report

  init(_ card: CUDADevice, _ workload: Workload, _ report: Report) {
    (self.card, self.workload, self.report) = (card, workload, report)
  }

  /// - Throws: when the card fails.
  func run() throws {
    report.beginTable(["network", "epochs", "card", "CPU", "ratio", "loss", "test"])
    let plans = try [("CNN", Layer.lesson), ("MLP", Layer.perceptron)].map { name, layer in
      let (data, test) = try DataSet.lesson()
      let settings = Training.Settings(epochs: workload.epochs)
      return (name, try TrainingPlan(layer: layer, data: data, test: test, settings: settings))
    }
    for (name, plan) in plans { try report.naming(name) { try compare(plan, name) } }
    try timeBlocks(plans)
  }

  private func compare(_ plan: TrainingPlan, _ name: String) throws {
    report.say(
      "  \(name): \(Quantity(plan.network.parameterCount)) parameters, \(plan.data.count) signals in "
        + "\(plan.batchCount) steps an epoch, \(plan.test?.count ?? 0) tested after each, ASGD(lr=0.01)"
    )
    // The first launch compiles the kernel, and finds out how long an epoch takes.
    var start = Clock.now()
    var warm = Training(plan, on: card)
    try warm.runEpoch()
    report.say("  \(name): the first epoch took \(Report.duration(Clock.now() - start))")
    let seconds = try run(&warm, atMost: 2, within: Workload.secondsOfBlocks)
    report.say("  \(name): the second one took \(Report.duration(seconds))")

    var onCard = Training(plan, on: card)
    start = Clock.now()
    let cardSeconds = try run(&onCard, within: Workload.secondsOfTraining)
    report.say("  \(name): card, \(onCard.epoch) epochs, \(Report.duration(cardSeconds))")
    var onCPU = Training(plan, on: Devices.cpu)
    let cpuSeconds = try run(&onCPU, atMost: onCard.epoch, within: Workload.secondsOfTraining)
    report.say("  \(name): CPU, \(onCPU.epoch) epochs, \(Report.duration(cpuSeconds))")

    if let difference = try difference(onCard, onCPU) { report.fault("\(name): \(difference)") }
    let (perCard, perCPU) = (
      cardSeconds / Double(onCard.epoch), cpuSeconds / Double(onCPU.epoch)
    )
    report.addRow([
      name, "\(workload.epochs)", Report.duration(perCard * Double(workload.epochs)),
      Report.duration(perCPU * Double(workload.epochs)), readable(perCPU / perCard, digits: 3),
      "\(onCard.history.last ?? .nan)", "\(onCard.testAccuracy.last ?? .nan)",
    ])
  }

  /// Trains to the end, or until time is up.
  ///
  /// - Returns: the seconds it took.
  private func run(
    _ training: inout Training, atMost epochs: Int = .max, within limit: Double
  ) throws -> Double {
    let start = Clock.now()
    while !training.isFinished, training.epoch < epochs, Clock.now() - start < limit {
      try training.runEpochs(atMost: epochs - training.epoch) { true }
    }
    return Clock.now() - start
  }

  /// How two trainings differ, in as many epochs as both have; nil when they do not.
  private func difference(_ a: Training, _ b: Training) throws -> String? {
    for (name, ours, theirs) in [
      ("losses", a.history, b.history), ("losses of the test", a.testHistory, b.testHistory),
      ("shares of right answers", a.testAccuracy, b.testAccuracy),
    ] {
      let epochs = zip(ours.values, theirs.values)
      if let first = Array(epochs).firstIndex(where: { $0 != $1 }) {
        return "the \(name) differ from epoch \(first + 1) on"
      }
    }
    guard a.epoch == b.epoch else { return nil }
    guard let ours = a.model.state, let theirs = b.model.state else { return "no weights" }
    let different = zip(ours, theirs).filter { !$0.array.isIdentical(to: $1.array) }.map(\.0.name)
    return different.isEmpty ? nil : "other weights: \(different.joined(separator: ", "))"
  }

  /// More blocks compute more at a time, and wait longer for each other.
  private func timeBlocks(_ plans: [(name: String, plan: TrainingPlan)]) throws {
    report.beginTable(["blocks"] + plans.map { "\($0.name), \(workload.epochs) epochs" })
    var blocks = 1
    while blocks < card.multiprocessorCount {
      let device = CUDADevice(trainingBlocks: blocks)
      var times: [Double] = []
      for (name, plan) in plans {
        try report.naming("\(name) with \(blocks) blocks") {
          var training = Training(plan, on: device)
          // The first launch finds out how long an epoch takes.
          try training.runEpoch()
          let seconds = try run(&training, within: Workload.secondsOfBlocks)
          times.append(seconds / Double(training.epoch - 1) * Double(workload.epochs))
        }
      }
      report.say("  with \(blocks) \(blocks == 1 ? "block" : "blocks") measured")
      report.addRow(["\(blocks)"] + times.map { Report.duration($0) })
      blocks *= 4
    }
  }
}
