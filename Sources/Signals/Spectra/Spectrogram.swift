import Compute
import Messages

/// How the spectrum of a sound changes with time: short spectra side by side.
package struct Spectrogram: Sendable {
  /// The middle of each column, in seconds.
  package let times: [Double]
  /// Evenly spaced from 0 to half the sampling rate, in Hz.
  package let frequencies: [Double]
  /// For each column the level at each frequency, in dB, where a sine of amplitude 1 has 0 dB;
  /// minus infinity below the floor, which counts as silence.
  package let columns: [[Double]]

  /// - Parameters:
  ///   - samples: at least one.
  ///   - sampleRate: in Hz.
  ///   - segmentLength: long ones tell frequencies apart, short ones times. Powers of two are fastest.
  ///   - overlap: how many samples neighbours share; half a segment by default.
  ///   - columnLimit: where there are more segments than this, the powers of neighbours are
  ///     averaged, so that every sample counts.
  ///   - floor: in dB; what is below is silence.
  /// - Throws: when there are no samples, or some are nan or infinite.
  package init(
    of samples: [Double], sampleRate: Double, segmentLength: Int = 1024, overlap: Int? = nil,
    columnLimit: Int = 400, floor: Double = -120
  ) throws(Diagnostic) {
    guard !samples.isEmpty else { throw Diagnostic("a sound without samples has no spectrogram") }
    try ShortTimeTransform.check(samples)
    let (samples, gain) = try ShortTimeTransform.normalized(samples)
    let frames = try ShortTimeTransform(
      length: segmentLength, coveredCount: samples.count, overlap: overlap)
    let segments = frames.segmentCount(sampleCount: samples.count)
    let count = max(1, min(columnLimit, segments))
    var times: [Double] = []
    var columns: [[Double]] = []
    for column in 0..<count {
      let group = column * segments / count..<(column + 1) * segments / count
      let powers = try frames.meanPowers(of: samples, segments: group)
      let ends = group.lowerBound * frames.hop + (group.upperBound - 1) * frames.hop
      times.append(Double(ends + min(segmentLength, samples.count)) / 2 / sampleRate)
      columns.append(
        powers.map { power in
          let level = gain + Decibels.of(power: power, floor: -.infinity)
          return level > floor ? level : -.infinity
        })
    }
    self.times = times
    self.columns = columns
    frequencies = frames.frequencies(sampleRate: sampleRate)
  }
}
