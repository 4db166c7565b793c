extension ReferenceKernels {
  package func crossEntropy(
    classes: Int, labels: UnsafeBufferPointer<Int32>, logits: UnsafePointer<Float>,
    probabilities: UnsafeMutablePointer<Double>, losses: UnsafeMutablePointer<Double>
  ) {
    for (sample, label) in labels.enumerated() {
      let start = sample / chunkWidth * classes * chunkWidth + sample % chunkWidth
      let offsets = stride(from: start, to: start + classes * chunkWidth, by: chunkWidth)
      var largest = logits[start]
      for at in offsets where logits[at] > largest || logits[at].isNaN { largest = logits[at] }
      var sum = 0.0
      for at in offsets {
        probabilities[at] = Elementary.exp(Double(logits[at]) - Double(largest))
        sum += probabilities[at]
      }
      for at in offsets { probabilities[at] /= sum }
      let own = Double(logits[start + Int(label) * chunkWidth])
      losses[sample] = Elementary.log(sum) + Double(largest) - own
    }
  }

  package func crossEntropyGradient(
    classes: Int, labels: UnsafeBufferPointer<Int32>, probabilities: UnsafePointer<Double>,
    gradient: UnsafeMutablePointer<Float>
  ) {
    gradient.update(
      repeating: 0, count: chunkCount(ofBatch: labels.count) * classes * chunkWidth)
    for (sample, label) in labels.enumerated() {
      let start = sample / chunkWidth * classes * chunkWidth + sample % chunkWidth
      for index in 0..<classes {
        let at = start + index * chunkWidth
        let difference = probabilities[at] - (index == Int(label) ? 1 : 0)
        gradient[at] = Float(difference / Double(labels.count))
      }
    }
  }
}
