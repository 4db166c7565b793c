import Compute

/// A layer without weights: what it computes, and the sizes that say which weights it has.
///
/// Names, parameters and defaults are those of `torch.nn`. Shapes are those of one sample, without
/// the batch: `[channels, length]`, or `[features]` after `flatten` and `linear`.
package indirect enum Layer: Hashable, Sendable {
  /// Slides `outputChannels` kernels along the signal, without flipping them. Weights
  /// `[outputChannels, inputChannels / groups, kernelSize]`.
  case conv1d(ConvolutionLayer)
  /// Each input sample adds a scaled copy of the kernels. Weights
  /// `[inputChannels, outputChannels / groups, kernelSize]`.
  case convTranspose1d(ConvolutionLayer)
  /// `y = W x + b` over the last axis; weights `[outputs, inputs]`.
  case linear(inputs: Int, outputs: Int, hasBias: Bool)
  /// A function of each value.
  case activation(Activation)
  case maxPool1d(PoolingParameters)
  case avgPool1d(PoolingParameters)
  /// The mean over the length: `[channels, length]` becomes `[channels, 1]`.
  case adaptiveAvgPool1d
  case flatten
  /// In training each value is set to 0 with this probability, and the others are scaled up.
  case dropout(probability: Double)
  case batchNorm1d(features: Int, epsilon: Double, momentum: Double)
  /// Each sample's channels in groups, of which each is shifted and scaled to mean 0 and variance 1;
  /// an affine one then has a factor and an offset for each channel.
  case groupNorm(groups: Int, channels: Int, epsilon: Double, isAffine: Bool)
  case sequential([Layer])
}
