import Glibc

/// Ratios on a logarithmic scale.
package enum Decibels {
  /// 20 log₁₀ of an amplitude, not below `floor`; a negative or missing amplitude is at the floor.
  package static func of(amplitude: Double, floor: Double) -> Double {
    amplitude > 0 ? max(20 * log10(amplitude), floor) : floor
  }

  /// 10 log₁₀ of a power, not below `floor`.
  package static func of(power: Double, floor: Double) -> Double {
    power > 0 ? max(10 * log10(power), floor) : floor
  }
}
