import Compute
import Messages

/// Trains on one device. It owns parameters and working memory: between ``load(_:)`` and
/// ``download(into:)`` its copy is the live one.
///
/// All random numbers come from outside, so that every backend trains on the same batches with the
/// same masks. A device that runs whole epochs in one launch implements
/// ``runEpochs(_:after:random:while:)``, too; otherwise the stages are enough. A backend is used by one
/// thread at a time.
package protocol TrainingBackend: AnyObject {
  var plan: TrainingPlan { get }

  /// Takes over the weights and the optimiser's memory.
  func load(_ state: TrainingState)
  /// Writes the current weights and the optimiser's memory; leaves the rest of the state.
  func download(into state: inout TrainingState)

  /// Trains to the end of the epoch and tests, or until `shouldContinue` is false between two
  /// batches or two parts of the test, and runs at least one of them. May run on after
  /// `shouldContinue` is false, up to the end of the epoch.
  ///
  /// - Throws: when a loss is not finite; the backend's contents are then useless.
  func run(
    _ epoch: inout EpochProgress, random: inout PyTorchGenerator, while shouldContinue: () -> Bool
  ) throws(Diagnostic)

  /// Trains and tests whole epochs in one go, where the device does that: at least one, and no further
  /// one once `shouldContinue` is false.
  ///
  /// - Parameters:
  ///   - limit: the most epochs.
  ///   - epoch: complete ones before.
  ///   - random: the stream from which the first one draws; is left as after the last one.
  /// - Returns: the complete epochs; none when the next one is to be run by ``run(_:random:while:)``,
  ///   since the device does not do it, or its loss is not finite.
  /// - Throws: when the device has failed; weights and stream are then as before.
  func runEpochs(
    _ limit: Int, after epoch: Int, random: inout PyTorchGenerator, while shouldContinue: () -> Bool
  ) throws(Diagnostic) -> [EpochProgress]

  /// All stages of a batch.
  ///
  /// - Returns: as ``loss()``. When it is not finite, the backend's contents are useless.
  func train(_ batch: TrainingBatch) -> Double

  // The stages of one batch.
  func zeroGrad()
  /// In training mode: BatchNorm uses the batch's statistics, and Dropout drops what the masks say.
  func forward(_ batch: TrainingBatch)
  /// The mean loss of the batch, times its number of samples.
  func loss() -> Double
  /// Adds the mean loss's gradient to that of each parameter.
  func backward()
  func step()

  /// The logits of a sample of the batch, by its position; after ``forward(_:)``.
  func logits(ofBatchSample index: Int) -> [Float]
  /// The Euclidean norm of all gradients.
  func gradientNorm() -> Double

  /// The logits of some samples in evaluation mode, `[samples.count][outputs]`; leaves the batch
  /// unchanged.
  func logits(of data: DataSet, samples: Range<Int>) -> [Float]
  func evaluate(_ data: DataSet, samples: Range<Int>) -> TestResult
}

extension TrainingBackend {
  package func run(
    _ epoch: inout EpochProgress, random: inout PyTorchGenerator, while shouldContinue: () -> Bool
  ) throws(Diagnostic) {
    repeat {
      if epoch.isTesting(plan) {
        try runTest(&epoch)
      } else {
        let batch = epoch.nextBatch(plan, random: &random)
        try count(lossSum: train(batch), of: batch, in: &epoch)
        epoch.finishBatch()
      }
    } while !epoch.isFinished(plan) && shouldContinue()
  }

  package func runEpochs(
    _ limit: Int, after epoch: Int, random: inout PyTorchGenerator, while shouldContinue: () -> Bool
  ) throws(Diagnostic) -> [EpochProgress] { [] }

  package func train(_ batch: TrainingBatch) -> Double {
    zeroGrad()
    forward(batch)
    let sum = loss()
    guard sum.isFinite else { return sum }
    backward()
    step()
    return sum
  }

  package func evaluate(_ data: DataSet, samples: Range<Int>) -> TestResult {
    TestResult(
      logits: logits(of: data, samples: samples), labels: data.labels[samples], plan.targets)
  }

  /// In evaluation mode, with the current weights.
  func meanLoss(of data: DataSet) -> Double {
    let partSize = plan.network.testBatchSize
    var (lossSum, weightSum) = (0.0, 0.0)
    for start in stride(from: 0, to: data.count, by: partSize) {
      let part = evaluate(data, samples: start..<min(data.count, start + partSize))
      lossSum += part.lossSum
      weightSum += part.weightSum
    }
    return lossSum / weightSum
  }

  func run(
    _ stage: Training.Stage, of batch: TrainingBatch, in epoch: inout EpochProgress
  ) throws(Diagnostic) {
    switch stage {
    case .zeroGrad: zeroGrad()
    case .forward: forward(batch)
    case .loss: try count(lossSum: loss(), of: batch, in: &epoch)
    case .backward: backward()
    case .step:
      step()
      epoch.finishBatch()
    }
  }

  private func count(
    lossSum: Double, of batch: TrainingBatch, in epoch: inout EpochProgress
  ) throws(Diagnostic) {
    guard lossSum.isFinite else { throw plan.lossError(in: epoch) }
    epoch.count(lossSum: lossSum, ofBatch: batch.samples.count)
  }

  /// The next part of the test set.
  func runTest(_ epoch: inout EpochProgress) throws(Diagnostic) {
    guard let test = plan.test else { return }
    let result = evaluate(test, samples: epoch.nextTestSamples(plan))
    guard result.lossSum.isFinite else { throw plan.lossError(in: epoch) }
    epoch.count(result)
  }
}

extension TrainingPlan {
  /// Why a loss of this epoch is not finite.
  package func lossError(in epoch: EpochProgress) -> Diagnostic {
    let labels = epoch.samples(ofBatch: min(epoch.batchIndex, batchCount - 1), self)
      .map { data.labels[$0] }
    guard targets.weightSum(of: labels) > 0 else {
      return Diagnostic(
        "batch \(epoch.batchIndex + 1) of epoch \(epoch.number) has no sample whose class has a "
          + "weight above 0", hint: "use larger batches, or a small weight in place of 0")
    }
    let rate = text(settings.optimizer.learningRate)
    let largest = data.inputs.reduce(0) { max($0, abs($1)) }
    // Before the first step only the data and the initial weights can be the cause.
    guard epoch.number > 1 || epoch.batchIndex > 0 else {
      return Diagnostic(
        "the loss is not finite in the first batch, before any step; the values of the data go up to "
          + "\(largest)", hint: "scale them, as in X / np.max(np.abs(X))")
    }
    if let option = settings.optimizer.unstableOption {
      return Diagnostic(
        "the loss is no longer finite in epoch \(epoch.number), with \(option.name)="
          + text(option.value), hint: option.advice)
    }
    return Diagnostic(
      "the loss is no longer finite in epoch \(epoch.number), with a learning rate of \(rate)",
      hint: largest < 1000
        ? "use a smaller learning rate"
        : "use a smaller learning rate, or scale the data, whose values go up to \(largest)")
  }
}
