/// A sound to play: one channel of samples.
package struct Track: Sendable {
  package let samples: [Float]
  /// For drawing.
  package let overview: SoundOverview
  /// In Hz, not necessarily whole. Rates from 1 Hz to 1 MHz can be played.
  package var sampleRate: Double
  package var label: String

  package init(samples: [Float], sampleRate: Double, label: String) {
    self.samples = samples
    overview = SoundOverview(of: samples)
    self.sampleRate = sampleRate
    self.label = label
  }

  /// In seconds.
  package var duration: Double { sampleRate > 0 ? Double(samples.count) / sampleRate : 0 }

  package static let playableRates = 1.0...1_000_000.0

  /// Why it cannot be played, as a sentence without a full stop.
  package var problem: String? {
    guard Self.playableRates.contains(sampleRate) else {
      return "a sample rate of \(sampleRate) Hz cannot be played; give one from 1 Hz to 1 MHz"
    }
    return samples.isEmpty ? "the track has no samples" : nil
  }

  /// Root mean square of the finite samples over the length of the track. O(samples).
  package var rms: Double {
    guard !samples.isEmpty else { return 0 }
    let power = samples.reduce(0.0) { $1.isFinite ? $0 + Double($1) * Double($1) : $0 }
    return (power / Double(samples.count)).squareRoot()
  }
}
