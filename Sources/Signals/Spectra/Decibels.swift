import Glibc

/// Ratios on a logarithmic scale.
package enum Decibels {
  /// 20 log₁₀ of an amplitude, not below `floor`, where negative ones are, too; nan stays nan.
  package static func of(amplitude: Double, floor: Double) -> Double {
    amplitude > 0 ? max(20 * log10(amplitude), floor) : amplitude.isNaN ? amplitude : floor
  }

  /// The same of a power: 10 log₁₀.
  package static func of(power: Double, floor: Double) -> Double {
    power > 0 ? max(10 * log10(power), floor) : power.isNaN ? power : floor
  }
}
