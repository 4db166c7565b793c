/// How a convolution is computed; the raw value is SciPy's name.
package enum ConvolutionMethod: String, Sendable, CaseIterable {
  /// The cheaper one.
  case auto
  /// The sum itself, O(N · M).
  case direct
  /// Through Fourier transforms of blocks, O(N · log M).
  case fft
}
