extension ReferenceKernels {
  package func crossEntropy(
    _ targets: CrossEntropyTargets, labels: UnsafeBufferPointer<Int32>,
    logits: UnsafePointer<Float>, probabilities: UnsafeMutablePointer<Double>,
    losses: UnsafeMutablePointer<Double>
  ) {
    for (sample, label) in labels.enumerated() {
      let offsets = targets.offsets(ofSample: sample)
      var largest = logits[offsets[0]]
      for at in offsets where logits[at] > largest || logits[at].isNaN { largest = logits[at] }
      var sum = 0.0
      for at in offsets {
        probabilities[at] = Elementary.exp(Double(logits[at]) - Double(largest))
        sum += probabilities[at]
      }
      for at in offsets { probabilities[at] /= sum }
      let logarithm = Elementary.log(sum) + Double(largest)
      losses[sample] =
        targets.own[Int(label)] * (logarithm - Double(logits[offsets[Int(label)]]))
      guard targets.isSmoothed else { continue }
      var shared = 0.0
      for (index, at) in offsets.enumerated() {
        shared += targets.shared[index] * (logarithm - Double(logits[at]))
      }
      losses[sample] += shared
    }
  }

  package func crossEntropyGradient(
    _ targets: CrossEntropyTargets, labels: UnsafeBufferPointer<Int32>,
    probabilities: UnsafePointer<Double>, divisor: Double, gradient: UnsafeMutablePointer<Float>
  ) {
    gradient.update(
      repeating: 0, count: chunkCount(ofBatch: labels.count) * targets.classCount * chunkWidth)
    for (sample, label) in labels.enumerated() {
      for (index, at) in targets.offsets(ofSample: sample).enumerated() {
        let own = index == Int(label) ? targets.own[index] : 0
        let target = targets.shared[index] + own
        gradient[at] = Float(
          (targets.sums[Int(label)] * probabilities[at] - target) / divisor)
      }
    }
  }
}

extension CrossEntropyTargets {
  /// Where the logits of a sample stand, class by class.
  fileprivate func offsets(ofSample sample: Int) -> [Int] {
    let start = sample / chunkWidth * classCount * chunkWidth + sample % chunkWidth
    return (0..<classCount).map { start + $0 * chunkWidth }
  }
}
