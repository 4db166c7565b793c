/// A sound as a file holds it.
package struct SoundFile: Sendable {
  /// Interleaved samples (all channels of the first frame, then of the second …) in the file's own
  /// type, the one that `scipy.io.wavfile.read` gives.
  package enum Samples: Hashable, Sendable {
    /// Silence is 128.
    case uint8([UInt8])
    case int16([Int16])
    /// 24-bit samples fill the upper 24 bits.
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
  /// In Hz; a file holds whole ones only.
  package var sampleRate: Double
  /// What was wrong with the file that the samples came from (cut short, damaged), as a sentence
  /// without a full stop.
  package var warning: String?

  package init(samples: Samples, channelCount: Int, sampleRate: Double) {
    self.samples = samples
    self.channelCount = channelCount
    self.sampleRate = sampleRate
  }

  package var frameCount: Int { samples.count / channelCount }

  /// Each channel by itself, integers scaled to −1 … 1.
  package func channels() -> [[Float]] {
    (0..<channelCount).map { channel in
      switch samples {
      case .uint8(let samples): every(channel, of: samples) { (Float($0) - 128) / 128 }
      case .int16(let samples): every(channel, of: samples) { Float($0) / 32768 }
      case .int32(let samples): every(channel, of: samples) { Float($0) / 2_147_483_648 }
      case .float32(let samples): every(channel, of: samples) { $0 }
      case .float64(let samples): every(channel, of: samples) { Float($0) }
      }
    }
  }

  private func every<Sample>(
    _ channel: Int, of samples: [Sample], convert: (Sample) -> Float
  ) -> [Float] {
    (0..<frameCount).map { convert(samples[$0 * channelCount + channel]) }
  }
}
