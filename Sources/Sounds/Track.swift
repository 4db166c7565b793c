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

  /// Whether samples are beyond ±1, where sound cards and files cut them off.
  package var clips: Bool { overview.peak > 1 }
}
