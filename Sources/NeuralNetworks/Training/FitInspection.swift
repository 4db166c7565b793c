import Compute

/// What there is to see of a fit while it trains: how it answers the test signals, and its first kernels.
package struct FitInspection: Sendable {
  /// The epoch that it was taken in.
  package let epoch: Int
  /// `[true class][predicted class]`, of the samples that were asked.
  package private(set) var confusion: [[Int]] = []
  /// The first channel of the first samples, with their classes.
  package private(set) var examples: [(signal: [Double], label: Int, predicted: Int)] = []
  /// Of the first convolution, the first channel of each kernel; empty without one.
  package private(set) var kernels: [[Double]] = []

  private static let sampleLimit = 256
  private static let exampleLimit = 12
  private static let kernelLimit = 32

  /// O(samples × parameters), of a few hundred test samples at most.
  package init(_ fit: Fit) {
    epoch = fit.epoch
    let data = fit.test ?? fit.data
    if data.hasInputs, data.count > 0 { ask(fit, data) }
    let weights = fit.model.state?.first {
      $0.name.hasSuffix("weight") && $0.array.shape.count == 3
    }
    if let weights = weights?.array, let values = try? weights.doubles {
      let (count, channels, length) = (weights.shape[0], weights.shape[1], weights.shape[2])
      kernels = (0..<min(count, Self.kernelLimit)).map { kernel in
        Array(values[(kernel * channels * length)...].prefix(length))
      }
    }
  }

  private mutating func ask(_ fit: Fit, _ data: DataSet) {
    // Data sets are often sorted by class: every so many samples.
    let step = max(1, data.count / Self.sampleLimit)
    let chosen = Array(stride(from: 0, to: data.count, by: step).prefix(Self.sampleLimit))
    // What cannot be answered is not shown: the training itself reports why.
    guard let part = try? data.selecting(chosen[...]), let logits = try? fit.logits(of: part),
      let values = try? logits.doubles, let width = logits.shape.last, width > 0
    else { return }
    let predicted = stride(from: 0, to: values.count, by: width).map { start in
      CrossEntropy.predictedClass(values[start..<start + width].map(Float.init))
    }
    let classCount = max(data.classCount, width)
    confusion = Array(repeating: Array(repeating: 0, count: classCount), count: classCount)
    for (label, guess) in zip(part.labels, predicted) { confusion[label][guess] += 1 }
    let length = part.sampleShape.last ?? 0
    let size = part.sampleShape.reduce(1, *)
    let shown = max(1, part.count / Self.exampleLimit)
    examples = stride(from: 0, to: part.count, by: shown).prefix(Self.exampleLimit).map { index in
      (
        part.inputs[(index * size)..<(index * size + length)].map(Double.init), part.labels[index],
        predicted[index]
      )
    }
  }
}
