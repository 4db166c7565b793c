import Compute
import Glibc

/// Softmax cross-entropy: the mean of -log softmax(logits)[class] over the samples of a batch. It
/// is log(classes) for a network that guesses.
package enum CrossEntropy {
  /// The loss of one sample.
  package static func loss(_ logits: [Float], label: Int) -> Double {
    logSumExp(logits) - Double(logits[label])
  }

  /// The sum over the samples, not yet the mean.
  static func loss(of batch: Batch, logits: Network.Region) -> Double {
    zip(batch.samples(of: logits), batch.labels).reduce(0) { $0 + loss($1.0, label: $1.1) }
  }

  /// Writes the gradient of the mean loss: the probabilities, less 1 at the class, divided by the
  /// number of samples; 0 in lanes without a sample.
  static func backward(_ batch: inout Batch, logits region: Network.Region) {
    let samples = batch.samples(of: region)
    let (labels, first) = (batch.labels, batch.start(of: region))
    let size = region.count * batch.chunks
    batch.gradients.withMutablePointer { gradients in
      let gradients = gradients + first
      gradients.update(repeating: 0, count: size)
      for (sample, logits) in samples.enumerated() {
        let at = gradients + sample / chunkWidth * region.count + sample % chunkWidth
        for (index, probability) in probabilities(logits).enumerated() {
          let difference = index == labels[sample] ? probability - 1 : probability
          at[index * chunkWidth] = Float(difference / Double(samples.count))
        }
      }
    }
  }

  /// The class that the network assigns to a sample: that of the largest logit, the first one of
  /// equals.
  package static func predictedClass(_ logits: [Float]) -> Int {
    var largest = 0
    for index in logits.indices where logits[index] > logits[largest] { largest = index }
    return largest
  }

  /// Softmax of one sample's logits, without overflow.
  package static func probabilities(_ logits: [Float]) -> [Double] {
    let logarithm = logSumExp(logits)
    return logits.map { exp(Double($0) - logarithm) }
  }

  /// log Σ exp(logit).
  private static func logSumExp(_ logits: [Float]) -> Double {
    let largest = Double(logits.max() ?? 0)
    return largest + log(logits.reduce(0) { $0 + exp(Double($1) - largest) })
  }
}
