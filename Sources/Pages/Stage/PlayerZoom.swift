import Glibc
import Messages
import Signals
import Sounds
import Terminal

/// A sound on the whole screen: its waveform, its spectrogram, and how loud it is where the playhead stands.
final class PlayerZoom {
  private let tracks: [Track]
  /// Of each track, made when it is first seen.
  private var spectrograms: [Int: Spectrogram] = [:]
  private var loudness: [Int: Double] = [:]

  init(_ tracks: [Track]) { self.tracks = tracks }

  /// The stretch that the level is measured over, in seconds: short enough to follow, long enough to read.
  private static let window = 0.1
  private static let floor = -60.0

  /// The waveform, below the level, and above its spectrogram column by column.
  func waveFrame(of number: Int, in frame: Rectangle, charset: Charset) -> Rectangle {
    let pictures = frame.inset(top: 2)
    var wave = Rectangle(
      x: pictures.x, y: pictures.y, width: pictures.width, height: max(1, pictures.height * 2 / 5))
    if tracks.indices.contains(number), let rest = spectrogramFrame(in: frame, below: wave),
      spectrogram(number) != nil
    {
      let columns = plot(of: tracks[number], []).dataColumns(in: rest, charset: charset)
      (wave.x, wave.width) = (columns.lowerBound, columns.count)
    }
    return wave
  }

  /// Nil where there is no room for it.
  private func spectrogramFrame(in frame: Rectangle, below wave: Rectangle) -> Rectangle? {
    let rest = frame.inset(top: wave.endY - frame.y)
    return rest.height >= 5 ? rest : nil
  }

  private func plot(of track: Track, _ values: [[Double]]) -> HeatmapPlot {
    var plot = HeatmapPlot(
      values: values, xRange: 0...max(track.duration, .leastNormalMagnitude),
      yRange: 0...max(track.sampleRate / 2, .leastNormalMagnitude))
    plot.title = "spectrogram"
    (plot.xUnit, plot.yUnit) = ("s", "Hz")
    return plot
  }

  /// - Parameter gain: of loudness matching, in dB.
  func draw(
    _ number: Int, position: Double, gain: Double, into canvas: inout Canvas,
    in frame: Rectangle, theme: Theme
  ) {
    guard tracks.indices.contains(number), frame.height >= 3 else { return }
    let track = tracks[number]
    let playhead = track.duration > 0 ? position / track.duration : 0
    drawLevel(track, number, position, gain: gain, into: &canvas, in: frame, theme: theme)
    let wave = waveFrame(of: number, in: frame, charset: canvas.charset)
    WaveformStrip(
      lows: track.overview.lows, highs: track.overview.highs, faults: track.overview.faults,
      playhead: playhead
    ).draw(into: &canvas, in: wave, theme: theme)
    guard let rest = spectrogramFrame(in: frame, below: wave), let spectrogram = spectrogram(number)
    else { return }
    let strongest = spectrogram.columns.reduce(-Double.infinity) { max($0, $1.max() ?? $0) }
    var plot = plot(of: track, spectrogram.columns)
    plot.limits = strongest.isFinite ? (strongest - 80)...strongest : -80...0
    plot.cursor = position
    plot.draw(into: &canvas, in: rest, theme: theme)
  }

  /// `level ▇▇▇▇▇▇─────── −18 dB   peak −6 dB   whole sound −23 dB`
  private func drawLevel(
    _ track: Track, _ number: Int, _ position: Double, gain: Double, into canvas: inout Canvas,
    in frame: Rectangle, theme: Theme
  ) {
    let center = Int(position * track.sampleRate)
    let half = max(1, Int(Self.window / 2 * track.sampleRate))
    let (rms, peak) = levels(track, max(0, center - half)..<max(0, center + half))
    let whole = loudness[number] ?? levels(track, 0..<track.samples.count).rms
    loudness[number] = whole
    func text(_ level: Double) -> String {
      level.isFinite ? "\(fixed(level + gain, decimals: 0)) dB" : "silent"
    }
    let numbers = "  \(text(rms))   peak \(text(peak))   whole sound \(text(whole))"
    let label = "level "
    let room = min(
      60, frame.width - label.count - displayWidth(of: numbers, charset: canvas.charset))
    var x = canvas.put(label, x: frame.x, y: frame.y, style: theme.dim)
    if room >= 8 {
      let share = rms.isFinite ? max(0, min(1, 1 - (rms + gain) / Self.floor)) : 0
      ProgressBar(fraction: share).draw(
        into: &canvas, in: Rectangle(x: x, y: frame.y, width: room, height: 1), theme: theme)
      x += room
    }
    canvas.put(numbers, x: x, y: frame.y, style: theme.prose, maximumWidth: frame.endX - x)
  }

  /// Root mean square and peak, in dB of full scale; minus infinity for silence.
  private func levels(_ track: Track, _ range: Range<Int>) -> (rms: Double, peak: Double) {
    let range = range.clamped(to: 0..<track.samples.count)
    var (sum, peak) = (0.0, 0.0)
    for channel in [track.samples, track.right].compactMap({ $0 }) {
      for index in range where channel[index].isFinite {
        let value = Double(channel[index])
        sum += value * value
        peak = max(peak, abs(value))
      }
    }
    guard sum > 0 else { return (-.infinity, -.infinity) }
    let count = Double(range.count * track.channelCount)
    return (10 * log10(sum / count), 20 * log10(peak))
  }

  /// Nil for a sound that has none, such as one with samples that are nan.
  private func spectrogram(_ number: Int) -> Spectrogram? {
    if let known = spectrograms[number] { return known }
    let track = tracks[number]
    let made = try? Spectrogram(
      of: track.mixed.map(Double.init), sampleRate: track.sampleRate)
    spectrograms[number] = made
    return made
  }
}
