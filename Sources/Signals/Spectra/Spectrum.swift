import Compute
import Messages

/// How much of each frequency a sound holds.
///
/// Welch's method: segments that overlap by half, each tapered by a Hann window, their powers
/// averaged. So a steady tone stands out of noise, and a long sound needs no long transform.
package struct Spectrum: Sendable {
  /// The level of silence, in dB.
  package static let floor = -120.0

  /// Evenly spaced from 0 to half the sampling rate, in Hz.
  package let frequencies: [Double]
  /// In dB, where a sine of amplitude 1 that falls on a frequency has 0 dB; at least the floor.
  package let decibels: [Double]

  /// - Parameters:
  ///   - samples: at least one; shorter sounds are one segment, padded with zeros.
  ///   - sampleRate: in Hz.
  ///   - segmentLength: a power of two; the frequencies are sampleRate / segmentLength apart.
  ///   - floor: the lowest level in dB, for silence.
  /// - Throws: when there are no samples, or some are nan or infinite.
  package init(
    of samples: [Double], sampleRate: Double, segmentLength: Int = 4096, floor: Double = Self.floor
  ) throws(Diagnostic) {
    guard !samples.isEmpty else { throw Diagnostic("a sound without samples has no spectrum") }
    try ShortTimeTransform.check(samples)
    let (samples, gain) = try ShortTimeTransform.normalized(samples)
    let frames = try ShortTimeTransform(length: segmentLength, coveredCount: samples.count)
    let powers = try frames.meanPowers(
      of: samples, segments: 0..<frames.segmentCount(sampleCount: samples.count))
    frequencies = frames.frequencies(sampleRate: sampleRate)
    decibels = powers.map { max(floor, gain + Decibels.of(power: $0, floor: -.infinity)) }
  }
}
