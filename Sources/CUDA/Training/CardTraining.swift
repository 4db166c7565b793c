import CCUDAKernels
import Compute
import Concurrency
import Glibc
import NeuralNetworks

/// A training in a card's memory: its data and numbers, and launches of the training kernel.
final class CardTraining {
  /// What a launch has computed.
  struct Result {
    /// Complete ones, with finite losses.
    var epochs: [EpochProgress] = []
    /// Whether the loss of the epoch after these is not finite.
    var hasFailed = false
    /// After the last of them; nil when there is none, or one has failed.
    var end: (state: TrainingState, random: PyTorchGenerator)?
  }

  /// How long a launch should take: a display that the card drives waits for it, as do the keys that
  /// pause.
  private static let secondsOfLaunch = 0.05
  /// Masks of Dropout and the like that one launch may bring along, in bytes.
  private static let byteLimit = 64 << 20

  private let plan: TrainingPlan
  private let card: Card
  private let stream: Stream
  private let kernel: Kernel
  private let memory: CardTrainingMemory
  private var results: LaunchResults?
  /// Of a launch; they wait for each other.
  private let blockCount: Int
  /// Whether the card has the newest numbers.
  private var hasNumbers = false
  private var secondsOfEpoch: Double?

  /// - Parameter blocks: of a launch; nil for one on each multiprocessor.
  init(_ plan: TrainingPlan, _ card: Card, blocks: Int? = nil) throws(CUDAFailure) {
    self.plan = plan
    self.card = card
    stream = try Stream(card)
    kernel = try card.kernel(KernelName(module: .training, name: "train"))
    memory = try CardTrainingMemory(plan, card, stream)
    blockCount =
      card.launchesCooperatively
      ? max(1, min(blocks ?? card.multiprocessorCount, try card.blocksAtATime(kernel))) : 1
  }

  /// Room for the results of a launch: that of the one before, if it is enough, since the driver takes
  /// its time to pin memory.
  private func results(for prepared: PreparedEpochs) throws(CUDAFailure) -> LaunchResults {
    if let results, results.epochLimit >= prepared.epochs.count { return results }
    let results = try LaunchResults(card, epochs: prepared.epochs.count, plan)
    self.results = results
    return results
  }

  /// The numbers have been changed elsewhere.
  func forgetNumbers() { hasNumbers = false }

  /// Runs as many epochs as one launch should, and at least one.
  ///
  /// - Parameters:
  ///   - limit: the most epochs.
  ///   - epoch: complete ones before.
  ///   - start: their numbers.
  ///   - shouldContinue: when it is false, the launch ends with the current epoch.
  func run(
    atMost limit: Int, after epoch: Int, from start: TrainingState, _ random: PyTorchGenerator,
    while shouldContinue: () -> Bool
  ) throws(CUDAFailure) -> Result {
    var prepared = PreparedEpochs(plan, random, continuing: start.optimizer)
    let wanted = min(limit, secondsOfEpoch.map { Int(min(Self.secondsOfLaunch / $0, 4096)) } ?? 1)
    repeat {
      prepared.append(number: epoch + prepared.epochs.count + 1)
    } while prepared.epochs.count < wanted && prepared.byteCount < Self.byteLimit

    if !hasNumbers { try memory.upload(start) }
    hasNumbers = false
    let clock = Clock.now()
    let results = try self.results(for: prepared)
    let launch = try CardLaunch(prepared, plan, memory, results, card, stream)
    try card.launch(
      kernel, launch.argument, blocks: blockCount, cooperatively: card.launchesCooperatively,
      on: stream)
    while !(try stream.isIdle()) {
      if !shouldContinue() { launch.stop() }
      usleep(200)
    }
    let count = launch.completeCount
    secondsOfEpoch = (Clock.now() - clock) / Double(max(1, count))

    var result = Result()
    for index in 0..<count {
      guard let epoch = launch.epoch(index, of: prepared) else {
        result.hasFailed = true
        return result
      }
      result.epochs.append(epoch)
    }
    guard count > 0 else { throw .lost(result: "no epoch was complete") }
    var state = start
    try memory.download(into: &state, prepared.ends[count - 1])
    state.weights.batchesSeen += count * plan.batchCount
    result.end = (state, prepared.ends[count - 1].random)
    hasNumbers = true
    return result
  }
}
