/// The extremes of equal stretches of a sound: enough to draw its waveform at any width, however
/// long it is.
package struct SoundOverview: Sendable {
  private static let limit = 4096

  /// Of the finite samples of each stretch; a stretch without any has infinity and minus infinity.
  package private(set) var lows: [Float] = []
  package private(set) var highs: [Float] = []
  /// The stretches with samples that are nan or infinite.
  package private(set) var faults: Set<Int> = []

  /// O(samples).
  ///
  /// - Parameter right: of a second channel: the extremes are those of both.
  package init(of samples: [Float], _ right: [Float]? = nil) {
    self.init(ofChannel: samples)
    guard let right else { return }
    let other = SoundOverview(ofChannel: right)
    lows = zip(lows, other.lows).map(min)
    highs = zip(highs, other.highs).map(max)
    faults.formUnion(other.faults)
  }

  private init(ofChannel samples: [Float]) {
    let count = min(samples.count, Self.limit)
    lows.reserveCapacity(count)
    highs.reserveCapacity(count)
    samples.withUnsafeBufferPointer { samples in
      for stretch in 0..<count {
        var (low, high) = (Float.infinity, -Float.infinity)
        for index in stretch * samples.count / count..<(stretch + 1) * samples.count / count {
          let sample = samples[index]
          guard sample.isFinite else {
            faults.insert(stretch)
            continue
          }
          low = min(low, sample)
          high = max(high, sample)
        }
        lows.append(low)
        highs.append(high)
      }
    }
  }

  /// The largest magnitude of the finite samples.
  package var peak: Float {
    max(0, highs.max() ?? 0, -(lows.min() ?? 0))
  }
}
