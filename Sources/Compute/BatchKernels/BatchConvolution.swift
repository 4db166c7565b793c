/// A convolution of batches in slices, and all that its two layers need of it: forward and backward,
/// along the signal and transposed.
package struct BatchConvolution: Sendable {
  package let geometry: ConvolutionGeometry
  /// Signal to places; the other direction's gradient.
  package let convolving: GatherPlan
  /// Places to signal; likewise.
  package let transposing: GatherPlan
  package let correlating: CorrelationPlan

  /// Takes memory for each sample and each tap, a few words. The batch size of the geometry does
  /// not matter.
  package init(_ geometry: ConvolutionGeometry) {
    self.geometry = geometry
    convolving = GatherPlan(convolving: geometry)
    transposing = GatherPlan(transposing: geometry)
    correlating = CorrelationPlan(geometry)
  }
}
