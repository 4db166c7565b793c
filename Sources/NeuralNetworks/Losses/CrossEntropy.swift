import Compute
import Glibc

/// Softmax cross-entropy: the mean of -log softmax(logits)[class] over the samples of a batch. It is
/// log(classes) for a network that guesses.
package enum CrossEntropy {
  /// The sum over the samples, not yet the mean, and how many of them have their greatest logit at
  /// their class (the first one of equals).
  static func loss(of batch: Batch, logits: Network.Region) -> (sum: Double, rightCount: Int) {
    var sum = 0.0
    var rightCount = 0
    for (logits, label) in zip(batch.samples(of: logits), batch.labels) {
      sum += logarithmOfSum(logits) - Double(logits[label])
      if greatest(logits) == label { rightCount += 1 }
    }
    return (sum, rightCount)
  }

  /// Writes the gradient of the mean loss: the probabilities, less 1 at the class, divided by the
  /// number of samples; 0 in lanes without a sample.
  static func backward(_ batch: inout Batch, logits region: Network.Region) {
    let samples = batch.samples(of: region)
    let (labels, first) = (batch.labels, batch.start(of: region))
    let size = region.count * batch.slices
    batch.gradients.withMutablePointer { gradients in
      let gradients = gradients + first
      gradients.update(repeating: 0, count: size)
      for (sample, logits) in samples.enumerated() {
        let at = gradients + sample / sliceWidth * region.count + sample % sliceWidth
        for (index, probability) in probabilities(logits).enumerated() {
          let difference = index == labels[sample] ? probability - 1 : probability
          at[index * sliceWidth] = Float(difference / Double(samples.count))
        }
      }
    }
  }

  /// The class that the network gives a sample: where the logit is greatest, the first one of equals.
  package static func greatest(_ logits: [Float]) -> Int {
    var greatest = 0
    for index in logits.indices where logits[index] > logits[greatest] { greatest = index }
    return greatest
  }

  /// Softmax of one sample's logits, without overflow.
  package static func probabilities(_ logits: [Float]) -> [Double] {
    let logarithm = logarithmOfSum(logits)
    return logits.map { exp(Double($0) - logarithm) }
  }

  /// log Σ exp(logit).
  private static func logarithmOfSum(_ logits: [Float]) -> Double {
    let greatest = Double(logits.max() ?? 0)
    return greatest + log(logits.reduce(0) { $0 + exp(Double($1) - greatest) })
  }
}
