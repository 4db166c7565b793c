/// The contents of a sound file.
package struct SoundFile: Sendable {
  /// Interleaved samples (all channels of the first frame, then of the second …) in the file's own
  /// type, as `scipy.io.wavfile.read` returns them.
  package enum Samples: Hashable, Sendable {
    /// Silence is 128.
    case uint8([UInt8])
    case int16([Int16])
    /// 24-bit samples occupy the upper 24 bits.
    case int32([Int32])
    case float32([Float])
    case float64([Double])

    /// Frames × channels.
    package var count: Int {
      switch self {
      case .uint8(let samples): samples.count
      case .int16(let samples): samples.count
      case .int32(let samples): samples.count
      case .float32(let samples): samples.count
      case .float64(let samples): samples.count
      }
    }
  }

  package var samples: Samples
  package var channelCount: Int
  /// In Hz; rounded to whole Hz in a file.
  package var sampleRate: Double
  /// What was wrong with the file when it was read (truncated, damaged), as a sentence without a full
  /// stop.
  package var warning: String?

  package init(samples: Samples, channelCount: Int, sampleRate: Double) {
    self.samples = samples
    self.channelCount = channelCount
    self.sampleRate = sampleRate
  }

  package var frameCount: Int { samples.count / channelCount }

  /// The samples of each channel, integers scaled to −1 … 1.
  package func channels() -> [[Float]] {
    (0..<channelCount).map { channel in
      switch samples {
      case .uint8(let samples): extract(channel, of: samples) { (Float($0) - 128) / 128 }
      case .int16(let samples): extract(channel, of: samples) { Float($0) / 32768 }
      case .int32(let samples): extract(channel, of: samples) { Float($0) / 2_147_483_648 }
      case .float32(let samples): extract(channel, of: samples) { $0 }
      case .float64(let samples): extract(channel, of: samples) { Float($0) }
      }
    }
  }

  private func extract<Sample>(
    _ channel: Int, of samples: [Sample], convert: (Sample) -> Float
  ) -> [Float] {
    (0..<frameCount).map { convert(samples[$0 * channelCount + channel]) }
  }
}
