import Sounds

/// A track prepared for the mixer: loudness measured, sample rate validated.
package struct Source: Sendable {
  /// Rates that sound cards and servers accept; others go through our own resampler.
  package static let deviceRates = 4_000...192_000

  /// Of the only channel, or of the left one.
  package let samples: [Float]
  /// Of the right channel; nil when both sides play the same.
  private let right: [Float]?
  package let sampleRate: Double
  package let label: String
  /// Root mean square of the finite samples of both channels over the length of the track.
  package let rms: Double
  /// Why the track cannot be played, as a sentence without a full stop; `samples` is then empty.
  package let problem: String?

  package init(_ track: Track) {
    label = track.label
    let hasPlayableRate = Track.playableRates.contains(track.sampleRate)
    samples = hasPlayableRate ? track.samples : []
    right = hasPlayableRate ? track.right : nil
    sampleRate = hasPlayableRate ? track.sampleRate : 1
    problem = track.problem
    rms = hasPlayableRate ? track.rms : 0
  }

  /// In seconds.
  package var duration: Double { Double(samples.count) / sampleRate }

  /// The nearest whole rate that devices accept; usually the track's own, so nothing is resampled.
  package var deviceRate: Int {
    min(max(Int(sampleRate.rounded()), Self.deviceRates.lowerBound), Self.deviceRates.upperBound)
  }

  /// The length of the track in frames at the output's rate.
  package func frameCount(at outputRate: Int) -> Int {
    isExact(at: outputRate)
      ? samples.count : Int((duration * Double(outputRate)).rounded(.up))
  }

  /// Left and right at a frame of the output; silence outside the track.
  package func stereo(at frame: Int, outputRate: Int) -> SIMD2<Float> {
    let left = sample(of: samples, at: frame, outputRate: outputRate)
    guard let right else { return SIMD2(left, left) }
    return SIMD2(left, sample(of: right, at: frame, outputRate: outputRate))
  }

  private func sample(of channel: [Float], at frame: Int, outputRate: Int) -> Float {
    guard isExact(at: outputRate) else {
      return Resampler.value(
        of: channel, at: Double(frame) * sampleRate / Double(outputRate),
        bandwidth: min(1, Double(outputRate) / sampleRate))
    }
    return channel.indices.contains(frame) ? channel[frame] : 0
  }

  /// Whether no resampling is needed. A fractional rate counts as the nearest whole one: the error is
  /// inaudible, a hundredth of the smallest audible step for 22,050.5 Hz as 22,050 Hz.
  private func isExact(at outputRate: Int) -> Bool {
    sampleRate.rounded() == Double(outputRate)
  }
}
