import Compute

/// One batch, with everything random about it.
package struct TrainingBatch: Sendable {
  /// Indices into the training data.
  package var samples: ArraySlice<Int>
  /// For each Dropout of the network, in order: which values it keeps, sample by sample, each
  /// `[channels][length]`. Empty where the probability is 0.
  package var masks: [[Bool]]
}

/// How far an epoch has come: its batches, then its test.
package struct EpochProgress: Sendable {
  /// From 1.
  package let number: Int
  /// The order in which the samples are taken.
  package let order: [Int]
  /// Batches that are complete.
  package private(set) var batchIndex = 0
  /// The mean loss of the newest batch.
  package private(set) var batchLoss: Double?
  /// Of the samples of the epoch so far.
  package private(set) var lossSum = 0.0
  /// Of the test set so far.
  package private(set) var test = TestResult()

  /// A pass over PyTorch's DataLoader draws its base seed, which is not used here, then the seed of
  /// the generator that shuffles.
  package init(number: Int, of plan: TrainingPlan, random: inout PyTorchGenerator) {
    self.number = number
    _ = random.int64()
    var shuffling = PyTorchGenerator(seed: random.int64())
    order = shuffling.permutation(plan.data.count)
  }

  /// Whether the batches are done, and the test is not.
  package func isTesting(_ plan: TrainingPlan) -> Bool {
    batchIndex == plan.batchCount && test.count < plan.test?.count ?? 0
  }

  package func isFinished(_ plan: TrainingPlan) -> Bool {
    batchIndex == plan.batchCount && test.count == plan.test?.count ?? 0
  }

  /// The samples of a batch.
  package func samples(ofBatch index: Int, _ plan: TrainingPlan) -> ArraySlice<Int> {
    let start = index * plan.settings.batchSize
    return order[start..<min(order.count, start + plan.settings.batchSize)]
  }

  /// The next batch. Draws its masks, in the order in which PyTorch draws them: to be called once
  /// for each batch.
  package func nextBatch(_ plan: TrainingPlan, random: inout PyTorchGenerator) -> TrainingBatch {
    let samples = samples(ofBatch: batchIndex, plan)
    let masks = plan.network.drawMasks(count: samples.count, random: &random)
    return TrainingBatch(samples: samples, masks: masks)
  }

  /// Counts the summed loss of a batch.
  package mutating func count(lossSum: Double, ofBatch size: Int) {
    self.lossSum += lossSum
    batchLoss = lossSum / Double(size)
  }

  package mutating func finishBatch() { batchIndex += 1 }

  /// The part of the test set that is next.
  package func nextTestSamples(_ plan: TrainingPlan) -> Range<Int> {
    test.count..<min(plan.test?.count ?? 0, test.count + plan.network.testBatchSize)
  }

  package mutating func count(_ part: TestResult) { test += part }
}

/// What a network makes of some samples of known classes.
package struct TestResult: Hashable, Sendable {
  package var lossSum = 0.0
  /// What the sum is divided by for the mean: the number of samples, or the weights of their labels.
  package var weightSum = 0.0
  /// Samples whose class has the largest logit.
  package var correctCount = 0
  package var count = 0

  package init() {}

  /// - Parameter logits: `[labels.count][classes]`.
  package init(logits: [Float], labels: ArraySlice<Int>, _ targets: CrossEntropyTargets) {
    let classes = logits.count / max(1, labels.count)
    var start = 0
    for label in labels {
      let row = Array(logits[start..<start + classes])
      lossSum += CrossEntropy.loss(row, label: label, targets)
      if CrossEntropy.predictedClass(row) == label { correctCount += 1 }
      start += classes
    }
    count = labels.count
    weightSum = targets.weightSum(of: labels)
  }

  static func += (a: inout TestResult, b: TestResult) {
    a.lossSum += b.lossSum
    a.weightSum += b.weightSum
    a.correctCount += b.correctCount
    a.count += b.count
  }
}
