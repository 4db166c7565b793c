import Compute

/// BatchNorm1d: each channel is shifted and scaled to mean 0 and variance 1 over the batch and its
/// positions, then to what its weight and bias say.
package struct BatchNormalization: Hashable, Sendable {
  /// Where its running means start among the network's statistics; the variances follow.
  package var statistics: Int
  package var epsilon: Double
  package var momentum: Double

  func shape(_ region: Network.Region, samples: Int) -> BatchNormShape {
    BatchNormShape(
      channels: region.channels, length: region.length, samples: samples, epsilon: epsilon,
      momentum: Float(momentum))
  }
}
