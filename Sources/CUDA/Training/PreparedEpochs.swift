import CCUDAKernels
import Compute
import NeuralNetworks

/// Epochs that are ready for the card: everything random about them and the numbers of each step, from
/// the same streams and formulas as on the CPU.
struct PreparedEpochs {
  /// After an epoch.
  struct End {
    var random: PyTorchGenerator
    /// What the optimiser remembers; the numbers themselves are on the card.
    var memory: OptimizerState.Memory
  }

  private(set) var epochs: [EpochProgress] = []
  private(set) var ends: [End] = []
  private(set) var batches: [etude_cuda_batch] = []
  /// Of samples, epoch after epoch.
  private(set) var order: [Int32] = []
  /// A byte for each value of each Dropout.
  private(set) var masks: [UInt8] = []
  private let plan: TrainingPlan
  private var random: PyTorchGenerator
  private var optimizer: OptimizerState
  private let parameters: [Float]

  /// - Parameter memory: of the optimiser, before the first epoch.
  init(_ plan: TrainingPlan, _ random: PyTorchGenerator, continuing memory: OptimizerState.Memory) {
    self.plan = plan
    self.random = random
    optimizer = OptimizerState(plan.settings.optimizer, continuing: memory)
    // Only how many there are matters here.
    parameters = [Float](repeating: 0, count: plan.network.parameterCount)
  }

  /// Prepares the next epoch.
  mutating func append(number: Int) {
    let epoch = EpochProgress(number: number, of: plan, random: &random)
    var running = epoch
    for _ in 0..<plan.batchCount {
      let batch = running.nextBatch(plan, random: &random)
      batches.append(
        etude_cuda_batch(
          first: Int64(order.count), masks: Int64(masks.count),
          weight_sum: plan.targets.weightSum(
            of: batch.samples.map { [plan] in plan.data.labels[$0] }),
          count: Int32(batch.samples.count), reserved: 0, step: nextStep()))
      order += batch.samples.lazy.map { Int32($0) }
      for mask in batch.masks { masks += mask.lazy.map { $0 ? 1 : 0 } }
      running.finishBatch()
    }
    epochs.append(epoch)
    ends.append(End(random: random, memory: optimizer.memory))
  }

  /// What a launch brings along.
  var byteCount: Int {
    masks.count + order.count * MemoryLayout<Int32>.stride
      + batches.count * MemoryLayout<etude_cuda_batch>.stride
  }

  private mutating func nextStep() -> etude_cuda_step {
    let hadMemory = !optimizer.memory.first.isEmpty
    let step = optimizer.begin(parameters)
    let hasMemory = !optimizer.memory.first.isEmpty
    let memory: etude_cuda_memory
    if case .asgd = step, hasMemory, !hadMemory {
      memory = etude_cuda_memory_begins
    } else {
      memory = hasMemory ? etude_cuda_memory_used : etude_cuda_memory_unused
    }
    return etude_cuda_step(step, memory: memory)
  }
}
