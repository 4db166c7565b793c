/// The channels of a batch that BatchNorm normalises, and how.
package struct BatchNormShape: Hashable, Sendable {
  package var channels: Int
  package var length: Int
  package var samples: Int
  package var epsilon: Double
  package var momentum: Float

  package init(channels: Int, length: Int, samples: Int, epsilon: Double, momentum: Float) {
    self.channels = channels
    self.length = length
    self.samples = samples
    self.epsilon = epsilon
    self.momentum = momentum
  }
}

/// The pointers of BatchNorm's parameters and statistics, one value for each channel.
package struct BatchNormParameters {
  package var weight: UnsafePointer<Float>
  package var bias: UnsafePointer<Float>
  package var runningMean: UnsafeMutablePointer<Float>
  package var runningVariance: UnsafeMutablePointer<Float>

  package init(
    weight: UnsafePointer<Float>, bias: UnsafePointer<Float>,
    runningMean: UnsafeMutablePointer<Float>, runningVariance: UnsafeMutablePointer<Float>
  ) {
    self.weight = weight
    self.bias = bias
    self.runningMean = runningMean
    self.runningVariance = runningVariance
  }
}
