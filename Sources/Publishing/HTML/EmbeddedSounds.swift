import Glibc
import Messages
import SoundFiles
import Sounds

/// The sounds of a page's players, each once, as FLAC.
struct EmbeddedSounds {
  private struct Key: Hashable {
    var samples: [Float]
    var right: [Float]?
    var rate: Double
  }

  private var ids: [Key: Int] = [:]
  private var files: [String] = []

  /// The number of a sound in ``json``; the same for equal sounds.
  mutating func id(of track: Track) -> Int {
    let key = Key(samples: track.samples, right: track.right, rate: track.sampleRate)
    if let id = ids[key] { return id }
    let (left, rate) = Self.playable(track.samples, track.sampleRate)
    let right = track.right.map { Self.playable($0, track.sampleRate).samples }
    let sound = Track(samples: left, right: right, sampleRate: track.sampleRate, label: "")
    let bytes =
      SoundFile.flac(sound.interleaved, channelCount: sound.channelCount, sampleRate: rate) ?? []
    files.append(base64(bytes))
    ids[key] = files.count - 1
    return files.count - 1
  }

  /// An array of files in base64.
  var json: String { "[" + files.map { "\"\($0)\"" }.joined(separator: ",\n") + "]" }

  // MARK: Rates

  /// Browsers play from 3,000 Hz on.
  private static let lowestRate = 8000.0
  /// More than FLAC can say.
  private static let highestRate = 192_000.0

  /// The samples at a rate that browsers play, with the same pitch.
  private static func playable(
    _ samples: [Float], _ rate: Double
  ) -> (samples: [Float], rate: Int) {
    if rate >= lowestRate, rate <= highestRate { return (samples, Int(rate.rounded())) }
    guard rate > 0, rate < lowestRate else {
      // Nothing above half of the highest rate can be heard.
      let stride = max(1, Int((rate / highestRate).rounded(.up)))
      let kept = Swift.stride(from: 0, to: samples.count, by: stride).map {
        samples[$0]
      }
      return (kept, Int((rate / Double(stride)).rounded()))
    }
    let factor = Int((lowestRate / rate).rounded(.up))
    return (upsampled(samples, by: factor), Int((rate * Double(factor)).rounded()))
  }

  /// Interpolated by a windowed sinc, so that no images of the sound appear above its own limit.
  private static func upsampled(_ samples: [Float], by factor: Int) -> [Float] {
    let reach = 16
    var result = [Float](repeating: 0, count: samples.count * factor)
    for phase in 0..<factor {
      let offset = Double(phase) / Double(factor)
      let weights = (1 - reach...reach).map { Float(weight(at: Double($0) - offset, reach: reach)) }
      for index in samples.indices {
        var sum: Float = 0
        for (place, weight) in weights.enumerated() {
          let source = index + place + 1 - reach
          if samples.indices.contains(source) { sum += weight * samples[source] }
        }
        result[index * factor + phase] = sum
      }
    }
    return result
  }

  private static func weight(at distance: Double, reach: Int) -> Double {
    if distance == 0 { return 1 }
    guard abs(distance) < Double(reach) else { return 0 }
    let angle = Double.pi * distance
    let window = 0.5 + 0.5 * cos(angle / Double(reach))
    return sin(angle) / angle * window
  }
}

/// A waveform, as an SVG element: of each of some hundred columns the lowest and the highest sample.
struct WaveformPicture {
  var overview: SoundOverview

  var svg: String {
    let columns = min(600, overview.lows.count)
    guard columns > 0 else { return "" }
    var data = ""
    for column in 0..<columns {
      let range =
        column * overview.lows.count / columns..<(column + 1) * overview.lows.count / columns
      guard let low = overview.lows[range].min(), let high = overview.highs[range].max(),
        low <= high
      else { continue }
      func y(_ sample: Float) -> Int { Int((30 - 28 * max(-1, min(1, sample))).rounded()) }
      data += "M\(column) \(y(high))V\(max(y(low), y(high) + 1))"
    }
    return
      "<svg class=\"wave\" aria-hidden=\"true\" viewBox=\"0 0 \(columns) 60\" preserveAspectRatio=\"none\">"
      + "<path d=\"\(data)\"/></svg>"
  }
}
