import Compute
import Messages

/// How the spectrum of a sound changes with time: short spectra side by side.
package struct Spectrogram: Sendable {
  /// The middle of each column, in seconds.
  package let times: [Double]
  /// Evenly spaced from 0 to half the sampling rate, in Hz.
  package let frequencies: [Double]
  /// For each column the level at each frequency, in dB, where a sine of amplitude 1 has 0 dB.
  package let columns: [[Double]]

  /// - Parameters:
  ///   - samples: at least one.
  ///   - sampleRate: in Hz.
  ///   - segmentLength: a power of two: long ones tell frequencies apart, short ones times.
  ///   - columnLimit: where there are more segments than this, the powers of neighbours are
  ///     averaged, so that every sample counts.
  ///   - floor: the lowest level in dB, for silence.
  /// - Throws: when there are no samples, or some are nan or infinite.
  package init(
    of samples: [Double], sampleRate: Double, segmentLength: Int = 1024, columnLimit: Int = 400,
    floor: Double = -120
  ) throws(Diagnostic) {
    guard !samples.isEmpty else { throw Diagnostic("a sound without samples has no spectrogram") }
    try ShortTimeTransform.check(samples)
    let frames = ShortTimeTransform(length: segmentLength, coveredCount: samples.count)
    let starts = frames.starts(sampleCount: samples.count)
    let count = max(1, min(columnLimit, starts.count))
    var times: [Double] = []
    var columns: [[Double]] = []
    for column in 0..<count {
      let group = starts[column * starts.count / count..<(column + 1) * starts.count / count]
      var powers = [Double](repeating: 0, count: frames.frequencyCount)
      for start in group {
        for (index, power) in frames.powers(of: samples, from: start).enumerated() {
          powers[index] += power
        }
      }
      let middle = Double(group.first! + group.last! + min(segmentLength, samples.count)) / 2
      times.append(middle / sampleRate)
      columns.append(powers.map { Decibels.of(power: $0 / Double(group.count), floor: floor) })
    }
    self.times = times
    self.columns = columns
    frequencies = frames.frequencies(sampleRate: sampleRate)
  }
}
