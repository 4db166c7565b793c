/// What softmax cross-entropy compares the probabilities of a sample with, by the sample's label.
///
/// The loss of a sample is Σ target · -log(probability) over the classes. A loss over several samples
/// is divided by the sum of the weights of their labels.
package struct CrossEntropyTargets: Hashable, Sendable {
  /// The weight of each class.
  package let weights: [Double]
  /// The part of the target that is at the label: (1 - label smoothing) · weight.
  package let own: [Double]
  /// The part that each class gets, whatever the label is: label smoothing / classes · weight.
  package let shared: [Double]
  /// The sum of the target, by label.
  package let sums: [Double]
  package let isSmoothed: Bool

  package var classCount: Int { weights.count }

  /// - Parameters:
  ///   - weights: of the classes; all are 1 when nil.
  ///   - labelSmoothing: the part of each target that is spread over all classes, 0 … 1.
  /// - Precondition: there is a weight for each class.
  package init(classes: Int, weights: [Double]? = nil, labelSmoothing: Double = 0) {
    precondition(weights == nil || weights?.count == classes)
    let weights = weights ?? [Double](repeating: 1, count: classes)
    self.weights = weights
    own = weights.map { (1 - labelSmoothing) * $0 }
    let shared = weights.map { labelSmoothing / Double(classes) * $0 }
    self.shared = shared
    sums = own.map { shared.reduce(0, +) + $0 }
    isSmoothed = labelSmoothing > 0
  }

  /// The loss of one sample.
  ///
  /// - Parameter logarithmOfSum: log Σ exp(logit).
  package func loss(_ logits: [Float], label: Int, logarithmOfSum: Double) -> Double {
    let atLabel = own[label] * (logarithmOfSum - Double(logits[label]))
    guard isSmoothed else { return atLabel }
    var everywhere = 0.0
    for (share, logit) in zip(shared, logits) {
      everywhere += share * (logarithmOfSum - Double(logit))
    }
    return atLabel + everywhere
  }

  /// What the summed loss of samples with these labels is divided by for their mean.
  package func weightSum(of labels: some Sequence<some BinaryInteger>) -> Double {
    labels.reduce(0) { $0 + weights[Int($1)] }
  }

  /// The same for each batch of training, so not generic: that would take longer than the loss.
  package func weightSum(of labels: [Int32]) -> Double {
    labels.reduce(0) { $0 + weights[Int($1)] }
  }
}
