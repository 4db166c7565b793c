import Compute
import Messages
import NeuralNetworks

/// Trains whole epochs on the card, several in one launch of the training kernel.
///
/// Single batches and their stages, which a student steps through, and tests outside of a training are
/// computed by the CPU, which has the same bits. Between two launches the processor's memory has a copy
/// of all numbers: when the card fails, only the launch is lost.
final class CUDATrainingBackend: TrainingBackend {
  let plan: TrainingPlan
  private let device: CUDADevice
  private let cpu: CPUTrainingBackend
  /// Weights and the optimiser's memory as they were last loaded or computed; of no use while the CPU's
  /// are newer.
  private var state: TrainingState?
  private var holder = Holder.state
  /// The card's memory, from the first launch on.
  private var training: CardTraining?

  /// Who has the newest numbers.
  private enum Holder { case state, cpu, both }

  init(_ plan: TrainingPlan, _ device: CUDADevice) {
    self.plan = plan
    self.device = device
    cpu = CPUTrainingBackend(plan, kernels: Devices.cpu.kernels, threads: Devices.cpu.threads)
  }

  func load(_ state: TrainingState) {
    self.state = state
    holder = .state
    training?.forgetNumbers()
  }

  func download(into state: inout TrainingState) {
    let current = currentState()
    state.weights = current.weights
    state.optimizer = current.optimizer
  }

  private func currentState() -> TrainingState {
    guard var state else { preconditionFailure("a state is loaded first") }
    if holder == .cpu {
      cpu.download(into: &state)
      self.state = state
      holder = .both
    }
    return state
  }

  // MARK: Whole epochs

  func runEpochs(
    _ limit: Int, after epoch: Int, random: inout PyTorchGenerator, while shouldContinue: () -> Bool
  ) throws(Diagnostic) -> [EpochProgress] {
    let start = currentState()
    let result = try device.use { (opened) throws(CUDAFailure) in
      let training: CardTraining
      if let ready = self.training {
        training = ready
      } else {
        training = try CardTraining(plan, opened.card, blocks: device.trainingBlocks)
      }
      self.training = training
      let result = try training.run(
        atMost: limit, after: epoch, from: start, random, while: shouldContinue)
      guard result.hasFailed else { return result }
      // The loss of the next epoch is not finite, and the card has gone on. The weights before it:
      training.forgetNumbers()
      guard !result.epochs.isEmpty else { return result }
      return try training.run(
        atMost: result.epochs.count, after: epoch, from: start, random, while: { true })
    }
    guard let end = result.end else { return [] }
    state = end.state
    random = end.random
    holder = .state
    return result.epochs
  }

  // MARK: The CPU's part

  /// Gives the CPU the newest numbers.
  ///
  /// - Parameter changing: whether it is going to change them.
  private func onCPU(changing: Bool = false) -> CPUTrainingBackend {
    if holder == .state { cpu.load(currentState()) }
    if changing {
      holder = .cpu
      training?.forgetNumbers()
    } else if holder == .state {
      holder = .both
    }
    return cpu
  }

  func train(_ batch: TrainingBatch) -> Double { onCPU(changing: true).train(batch) }
  func zeroGrad() { onCPU().zeroGrad() }
  func forward(_ batch: TrainingBatch) { onCPU(changing: true).forward(batch) }
  func loss() -> Double { onCPU().loss() }
  func backward() { onCPU().backward() }
  func step() { onCPU(changing: true).step() }
  func logits(ofBatchSample index: Int) -> [Float] { onCPU().logits(ofBatchSample: index) }
  func gradientNorm() -> Double { onCPU().gradientNorm() }

  func logits(of data: DataSet, samples: Range<Int>) -> [Float] {
    onCPU().logits(of: data, samples: samples)
  }

  func evaluate(_ data: DataSet, samples: Range<Int>) -> TestResult {
    onCPU().evaluate(data, samples: samples)
  }
}

extension CUDADevice {
  package var runsWholeEpochs: Bool { true }

  package func makeTrainingBackend(
    for plan: TrainingPlan
  ) throws(Diagnostic) -> any TrainingBackend {
    // A card that has failed says so here, before anything is prepared.
    try use { _ in () }
    return CUDATrainingBackend(plan, self)
  }
}
