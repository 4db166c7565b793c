/// The channels of a batch that GroupNorm normalises, and how.
package struct GroupNormShape: Hashable, Sendable {
  package var channels: Int
  package var groups: Int
  package var length: Int
  package var samples: Int
  package var epsilon: Double

  /// - Precondition: the groups divide the channels.
  package init(channels: Int, groups: Int, length: Int, samples: Int, epsilon: Double) {
    self.channels = channels
    self.groups = groups
    self.length = length
    self.samples = samples
    self.epsilon = epsilon
  }

  package var chunks: Int { chunkCount(ofBatch: samples) }
  /// Values of a sample in one group.
  package var groupSize: Int { channels / groups * length }
}

/// What GroupNorm multiplies and adds after normalising, one value for each channel.
package struct GroupNormParameters {
  package var weight: UnsafePointer<Float>
  package var bias: UnsafePointer<Float>

  package init(weight: UnsafePointer<Float>, bias: UnsafePointer<Float>) {
    self.weight = weight
    self.bias = bias
  }
}
