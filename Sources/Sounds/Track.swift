/// A sound to play, in one channel or two.
package struct Track: Sendable {
  /// Of the only channel, or of the left one.
  package let samples: [Float]
  /// Of the right channel, as many; nil for a sound in one channel, which both sides play.
  package let right: [Float]?
  /// For drawing.
  package let overview: SoundOverview
  /// In Hz, not necessarily whole. Rates from 1 Hz to 1 MHz can be played.
  package var sampleRate: Double
  package var label: String

  /// - Precondition: the channels have the same length.
  package init(samples: [Float], right: [Float]? = nil, sampleRate: Double, label: String) {
    precondition(right == nil || right?.count == samples.count, "channels of different lengths")
    self.samples = samples
    self.right = right
    overview = SoundOverview(of: samples, right)
    self.sampleRate = sampleRate
    self.label = label
  }

  package var channelCount: Int { right == nil ? 1 : 2 }

  /// The samples as files have them: those of both channels in turn.
  package var interleaved: [Float] {
    guard let right else { return samples }
    var frames: [Float] = []
    frames.reserveCapacity(2 * samples.count)
    for index in samples.indices {
      frames.append(samples[index])
      frames.append(right[index])
    }
    return frames
  }

  /// The mean of both channels.
  package var mixed: [Float] {
    guard let right else { return samples }
    return zip(samples, right).map { ($0 + $1) / 2 }
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

  /// Root mean square of the finite samples of both channels over the length of the track. O(samples).
  package var rms: Double {
    guard !samples.isEmpty else { return 0 }
    func power(_ samples: [Float]) -> Double {
      samples.reduce(0.0) { $1.isFinite ? $0 + Double($1) * Double($1) : $0 }
    }
    let mean = (power(samples) + power(right ?? samples)) / 2
    return (mean / Double(samples.count)).squareRoot()
  }

  /// Whether samples are beyond ±1, where sound cards and files cut them off.
  package var clips: Bool { overview.peak > 1 }
}
