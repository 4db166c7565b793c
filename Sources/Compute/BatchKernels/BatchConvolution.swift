/// The plans of a convolution of batches, for a convolutional layer and a transposed one, forward and
/// backward.
///
/// A class, since threads that copy a structure of arrays count references to each of them, all in the
/// same place.
package final class BatchConvolution: Sendable {
  package let geometry: ConvolutionGeometry
  /// Signal to outputs: forward in a convolution, the input gradient of a transposed one.
  package let forward: ConvolutionPlan
  /// Outputs to signal: the other way round.
  package let transposed: ConvolutionPlan
  package let weightGradient: WeightGradientPlan

  /// Takes a few words of memory for each position and each tap. The geometry's batch size is not
  /// used.
  package init(_ geometry: ConvolutionGeometry) {
    self.geometry = geometry
    forward = ConvolutionPlan(convolving: geometry)
    transposed = ConvolutionPlan(transposing: geometry)
    weightGradient = WeightGradientPlan(geometry)
  }
}
