import Compute

/// BatchNorm1d: each channel is shifted and scaled to mean 0 and variance 1 over the batch and its
/// positions, then to what its weight and bias say.
package struct BatchNormalization: Hashable, Sendable {
  /// Where its running means start among the network's statistics; the variances follow.
  package var statistics: Int
  package var epsilon: Double
  package var momentum: Double

  /// The channels of a batch, with the lanes that hold samples.
  struct Signals {
    var region: Network.Region
    /// Samples.
    var count: Int

    var chunks: Int { chunkCount(ofBatch: count) }
    /// Values of a channel.
    var size: Double { Double(count * region.length) }

    /// For each position of a channel: where it is, and which of its lanes hold no sample.
    func forEachPosition(of channel: Int, _ body: (Int, SIMDMask<SampleLanes.MaskStorage>) -> Void)
    {
      for chunk in 0..<chunks {
        var isEmpty = SIMDMask<SampleLanes.MaskStorage>(repeating: false)
        for lane in 0..<chunkWidth where chunk * chunkWidth + lane >= count {
          isEmpty[lane] = true
        }
        let start = (chunk * region.channels + channel) * region.length
        for position in start..<start + region.length { body(position, isEmpty) }
      }
    }

    /// Over the samples, position by position in a fixed order.
    func sum(of channel: Int, _ term: (Int) -> SampleLanes) -> Double {
      var sum = 0.0
      forEachPosition(of: channel) { position, isEmpty in
        sum += Double(term(position).replacing(with: 0, where: isEmpty).sum())
      }
      return sum
    }

    /// Mean and biased variance of a channel.
    func moments(
      of channel: Int, _ values: UnsafeMutablePointer<Float>
    ) -> (mean: Double, variance: Double) {
      let mean = sum(of: channel) { values[lanes: $0] } / size
      let squares = sum(of: channel) {
        let distance = values[lanes: $0] - Float(mean)
        return distance * distance
      }
      return (mean, squares / size)
    }
  }

  /// In training the statistics are the batch's, and the running ones follow, with the unbiased
  /// variance. Otherwise the running ones are used.
  func forward(
    _ signals: Signals, weight: UnsafePointer<Float>, bias: UnsafePointer<Float>,
    running: inout [Float], isTraining: Bool, input: UnsafeMutablePointer<Float>,
    output: UnsafeMutablePointer<Float>
  ) {
    let channels = signals.region.channels
    for channel in 0..<channels {
      var mean = Double(running[statistics + channel])
      var variance = Double(running[statistics + channels + channel])
      if isTraining {
        let part = Float(momentum)
        let unbiased = signals.size / (signals.size - 1)
        (mean, variance) = signals.moments(of: channel, input)
        running[statistics + channel] += part * (Float(mean) - running[statistics + channel])
        running[statistics + channels + channel] +=
          part * (Float(variance * unbiased) - running[statistics + channels + channel])
      }
      let scale = Float(Double(weight[channel]) / (variance + epsilon).squareRoot())
      let start = SampleLanes(repeating: bias[channel])
      signals.forEachPosition(of: channel) { position, _ in
        output[lanes: position] = (input[lanes: position] - Float(mean)) * scale + start
      }
    }
  }

  /// With x̂ the normalised input, dx = weight / σ · (dy - mean(dy) - x̂ · mean(dy · x̂)).
  func backward(
    _ signals: Signals, weight: UnsafePointer<Float>, input: UnsafeMutablePointer<Float>,
    gradient: UnsafeMutablePointer<Float>, weightGradient: UnsafeMutablePointer<Float>,
    biasGradient: UnsafeMutablePointer<Float>, inputGradient: UnsafeMutablePointer<Float>?
  ) {
    for channel in 0..<signals.region.channels {
      let moments = signals.moments(of: channel, input)
      let mean = Float(moments.mean)
      let inverse = Float(1 / (moments.variance + epsilon).squareRoot())
      let sum = signals.sum(of: channel) { gradient[lanes: $0] }
      let projection = signals.sum(of: channel) {
        gradient[lanes: $0] * ((input[lanes: $0] - mean) * inverse)
      }
      weightGradient[channel] += Float(projection)
      biasGradient[channel] += Float(sum)
      guard let inputGradient else { continue }
      let meanGradient = Float(sum / signals.size)
      let meanProjection = Float(projection / signals.size)
      let scale = weight[channel] * inverse
      signals.forEachPosition(of: channel) { position, isEmpty in
        let normalized = (input[lanes: position] - mean) * inverse
        let slope = (gradient[lanes: position] - meanGradient - normalized * meanProjection) * scale
        inputGradient[lanes: position] = slope.replacing(with: 0, where: isEmpty)
      }
    }
  }
}
