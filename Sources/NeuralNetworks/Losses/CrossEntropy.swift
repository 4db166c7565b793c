import Compute

/// Softmax cross-entropy: the mean of -log softmax(logits)[class] over the samples of a batch. It
/// is log(classes) for a network that guesses.
///
/// Of single samples; backends compute whole batches, with the same bits.
package enum CrossEntropy {
  /// The loss of one sample, not yet divided by the weight of its label.
  package static func loss(
    _ logits: [Float], label: Int, _ targets: CrossEntropyTargets
  ) -> Double {
    let (powers, shift) = powers(logits)
    return targets.loss(
      logits, label: label, logarithmOfSum: Elementary.log(powers.reduce(0, +)) + shift)
  }

  /// The class that the network assigns to a sample: that of the largest logit, the first one of
  /// equals.
  package static func predictedClass(_ logits: some RandomAccessCollection<Float>) -> Int {
    var largest = (class: 0, logit: logits.first ?? 0)
    for (index, logit) in logits.enumerated() where logit > largest.logit {
      largest = (index, logit)
    }
    return largest.class
  }

  /// Softmax of one sample's logits, without overflow.
  package static func probabilities(_ logits: [Float]) -> [Double] {
    let powers = powers(logits).powers
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// exp(logit - largest) for each logit, and the largest one.
  private static func powers(_ logits: [Float]) -> (powers: [Double], shift: Double) {
    var largest = logits.first ?? 0
    for logit in logits where logit > largest || logit.isNaN { largest = logit }
    let shift = Double(largest)
    return (logits.map { Elementary.exp(Double($0) - shift) }, shift)
  }
}
