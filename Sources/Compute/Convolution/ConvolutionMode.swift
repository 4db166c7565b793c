/// Which part of a convolution is kept; the raw value is NumPy's name.
///
/// Of N and M values, N ≥ M:
package enum ConvolutionMode: String, Sendable, CaseIterable {
  /// Everything: N + M - 1 values.
  case full
  /// The middle N values of the full convolution.
  case same
  /// Where the two overlap completely: N - M + 1 values.
  case valid

  /// The part of the full convolution that is kept, for lengths `longer` ≥ `shorter` ≥ 1.
  package func range(longer: Int, shorter: Int) -> Range<Int> {
    switch self {
    case .full: 0..<longer + shorter - 1
    case .same: (shorter - 1) / 2..<(shorter - 1) / 2 + longer
    case .valid: shorter - 1..<longer
    }
  }
}
