/// A track made ready for the mixer: its loudness measured, its rate judged.
package struct Source: Sendable {
  /// Rates that sound cards and sound servers take; others go through our own resampler.
  package static let deviceRates = 4_000...192_000
  private static let playableRates = 1.0...1_000_000.0

  package let samples: [Float]
  package let sampleRate: Double
  package let label: String
  /// Root of the mean square, over the finite samples.
  package let rms: Double
  /// Why the track cannot be played, as a sentence without a full stop. Its samples are gone then.
  package let problem: String?

  package init(_ track: Track) {
    label = track.label
    if Self.playableRates.contains(track.sampleRate) {
      samples = track.samples
      sampleRate = track.sampleRate
      problem = track.samples.isEmpty ? "the track has no samples" : nil
    } else {
      samples = []
      sampleRate = 1
      problem =
        "a sample rate of \(track.sampleRate) Hz cannot be played; give one from 1 Hz to 1 MHz"
    }
    let power = samples.reduce(0.0) { $1.isFinite ? $0 + Double($1) * Double($1) : $0 }
    rms = samples.isEmpty ? 0 : (power / Double(samples.count)).squareRoot()
  }

  /// In seconds.
  package var duration: Double { Double(samples.count) / sampleRate }

  /// The whole rate at which a device gets the samples as they are.
  package var deviceRate: Int {
    min(max(Int(sampleRate.rounded()), Self.deviceRates.lowerBound), Self.deviceRates.upperBound)
  }

  /// How many frames the track lasts at a device's rate.
  package func frameCount(at outputRate: Int) -> Int {
    isExact(at: outputRate)
      ? samples.count : Int((duration * Double(outputRate)).rounded(.up))
  }

  /// The sample that sounds at a frame of the output; silence outside the track.
  package func sample(at frame: Int, outputRate: Int) -> Float {
    guard isExact(at: outputRate) else {
      return Resampler.value(
        of: samples, at: Double(frame) * sampleRate / Double(outputRate),
        bandwidth: min(1, Double(outputRate) / sampleRate))
    }
    return samples.indices.contains(frame) ? samples[frame] : 0
  }

  /// Whether the samples go to the device untouched. A rate that is not whole counts as the whole
  /// one beside it: 22,050.5 Hz for 22,050 Hz is a hundredth of the smallest audible step.
  private func isExact(at outputRate: Int) -> Bool {
    sampleRate.rounded() == Double(outputRate)
  }
}
