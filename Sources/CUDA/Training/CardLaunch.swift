import CCUDAKernels
import Compute
import NeuralNetworks

/// What a launch leaves in pinned memory while it runs.
final class LaunchResults {
  let epochLimit: Int
  /// [epochs][batches].
  let batchLosses: PinnedMemory<Double>
  let testResults: PinnedMemory<etude_cuda_test_result>
  /// Complete epochs; whether to stop.
  let signals: PinnedMemory<UInt32>

  /// - Parameter epochs: the most of a launch.
  init(_ card: Card, epochs: Int, _ plan: TrainingPlan) throws(CUDAFailure) {
    epochLimit = epochs
    batchLosses = try PinnedMemory(card, count: epochs * plan.batchCount)
    testResults = try PinnedMemory(card, count: epochs)
    signals = try PinnedMemory(card, count: 2)
  }
}

/// One launch of the training kernel, with what it brings along.
struct CardLaunch {
  let argument: etude_cuda_training
  private let plan: TrainingPlan
  private let results: LaunchResults
  // Kept until the kernel is done.
  private let order, masks, batches: DeviceMemory

  init(
    _ prepared: PreparedEpochs, _ plan: TrainingPlan, _ memory: CardTrainingMemory,
    _ results: LaunchResults, _ card: Card, _ stream: Stream
  ) throws(CUDAFailure) {
    self.plan = plan
    self.results = results
    results.signals.elements.update(repeating: 0)
    order = try card.allocate(prepared.order, on: stream)
    masks = try card.allocate(prepared.masks, on: stream)
    batches = try card.allocate(prepared.batches, on: stream)
    var argument = try memory.argument()
    argument.order = order.address
    argument.masks = masks.address
    argument.batches = batches.address
    argument.batch_losses = results.batchLosses.address
    argument.test_results = results.testResults.address
    argument.progress = results.signals.address
    argument.stop = results.signals.address + UInt64(MemoryLayout<UInt32>.stride)
    argument.epochs = Int32(prepared.epochs.count)
    argument.batches_per_epoch = Int32(plan.batchCount)
    let stages = [
      etude_cuda_zero_grad, etude_cuda_forward, etude_cuda_loss, etude_cuda_backward,
      etude_cuda_step_stage,
    ]
    argument.stages = stages.reduce(0) { $0 | Int32($1.rawValue) }
    if plan.test != nil { argument.stages |= Int32(etude_cuda_test.rawValue) }
    self.argument = argument
  }

  /// Makes the kernel end with the current epoch.
  func stop() { results.signals.elements[1] = 1 }

  /// Once the kernel is done.
  var completeCount: Int { Int(results.signals.elements[0]) }

  /// An epoch with its losses; nil when one is not finite.
  func epoch(_ index: Int, of prepared: PreparedEpochs) -> EpochProgress? {
    var epoch = prepared.epochs[index]
    let batches = plan.batchCount
    for batch in 0..<batches {
      let loss = results.batchLosses.elements[index * batches + batch]
      guard loss.isFinite else { return nil }
      epoch.count(lossSum: loss, ofBatch: Int(prepared.batches[index * batches + batch].count))
      epoch.finishBatch()
    }
    guard let test = plan.test else { return epoch }
    let found = results.testResults.elements[index]
    guard found.loss_sum.isFinite else { return nil }
    var result = TestResult()
    result.lossSum = found.loss_sum
    result.correctCount = Int(found.correct_count)
    result.count = test.count
    for start in stride(from: 0, to: test.count, by: plan.network.testBatchSize) {
      let end = min(test.count, start + plan.network.testBatchSize)
      result.weightSum += plan.targets.weightSum(of: test.labels[start..<end])
    }
    epoch.count(result)
    return epoch
  }
}
