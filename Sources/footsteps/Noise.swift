#if canImport(Glibc)
  import Glibc
#endif

/// Reproducible random numbers: SplitMix64 (Steele, Lea and Flood, 2014).
struct Noise: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Uniform in `range`.
  mutating func uniform(_ range: ClosedRange<Double>) -> Double {
    let unit = Double(next() >> 11) * 0x1p-53
    return range.lowerBound + (range.upperBound - range.lowerBound) * unit
  }

  /// Normally distributed with mean 0 and standard deviation 1 (Box–Muller transform).
  mutating func normal() -> Double {
    sqrt(-2 * log(1 - uniform(0...1) * 0.999_999_999)) * cos(2 * .pi * uniform(0...1))
  }

  /// Uniform on a logarithmic scale, as pitches are.
  mutating func logarithmic(_ range: ClosedRange<Double>) -> Double {
    exp(uniform(log(range.lowerBound)...log(range.upperBound)))
  }
}
