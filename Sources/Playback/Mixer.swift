import Glibc

/// Turns commands (play, pause, seek, switch tracks) into samples, one period at a time.
///
/// A period is either a voice unchanged, or a linear cross-fade over the whole period from the
/// previous voice to the current one, either of which may be silence. So changes take effect at the
/// start of a period, without a click. Starting from silence at frame 0 has no fade: the output is
/// the samples themselves.
///
/// Frames are counted at the output's rate from the start of the sound. Commands take constant time,
/// and the cost of a period does not depend on the length of the tracks.
package struct Mixer: Sendable {
  /// A track being played from some frame, with a gain. `generation` is the number of the `load` that
  /// the track came with.
  private struct Voice {
    var source: Source
    var generation: Int
    var track: Int
    var frame: Int
    var gain: Float

    func continues(_ other: Voice) -> Bool {
      (generation, track, frame, gain)
        == (other.generation, other.track, other.frame, other.gain)
    }
  }

  package private(set) var sources: [Source] = []
  package private(set) var selected = 0
  package private(set) var isPlaying = false
  package private(set) var frame = 0
  package private(set) var outputRate: Int
  package var isLooping = false
  package var isMatchingLoudness = false
  /// A factor for all tracks; never above 1.
  package var volume = 1.0
  /// The periods of silence that are left of a switch.
  private var mutedPeriods = 0
  private var generation = 0
  /// The voice at the end of the last period; the next one continues it or fades it out.
  private var lastVoice: Voice?

  package init(outputRate: Int = 48_000) { self.outputRate = outputRate }

  // MARK: State

  /// The highest rate among the tracks, so that none loses its upper band.
  package var preferredRate: Int { sources.map(\.deviceRate).max() ?? outputRate }

  /// Whether the last period ended in silence, so that the next sound fades in.
  package var isSilent: Bool { lastVoice == nil }

  /// The length of the selected track in frames.
  package var frameCount: Int {
    sources.indices.contains(selected) ? sources[selected].frameCount(at: outputRate) : 0
  }

  /// Loudness matching reduces tracks that are louder than the first (by RMS) to its level. It only
  /// attenuates, so that nothing clips, and never changes the first track.
  package func gain(ofTrack track: Int) -> Double {
    guard isMatchingLoudness, sources.indices.contains(track), let first = sources.first,
      first.rms > 0, sources[track].rms > first.rms
    else { return 1 }
    return first.rms / sources[track].rms
  }

  // MARK: Commands

  /// Replaces the tracks. Playback stops and returns to the start of the first track, or with
  /// `keepingPosition` (for a filter that changes during playback) continues in the selected track at
  /// the same position.
  package mutating func load(_ sources: [Source], keepingPosition: Bool) {
    self.sources = sources
    generation += 1
    if keepingPosition {
      selected = max(0, min(selected, sources.count - 1))
      keepFrameInRange()
    } else {
      selected = 0
      frame = 0
      isPlaying = false
    }
  }

  /// Starts playing, from the beginning if the end has been reached.
  package mutating func play() {
    guard frameCount > 0 else { return }
    if !isPlaying {
      if frame >= frameCount { frame = 0 }
      mutedPeriods = 0
    }
    isPlaying = true
  }

  package mutating func pause() { isPlaying = false }

  /// Seeks to a time in seconds, clamped to the selected track.
  package mutating func seek(to seconds: Double) {
    guard !seconds.isNaN else { return }
    let target = (seconds * Double(outputRate)).rounded()
    frame = Int(max(0, min(target, Double(frameCount))))
  }

  /// Selects another track at the same position; a shorter track starts from its beginning.
  ///
  /// - Parameter throughSilence: fades out, pauses for some periods and fades in again, also where the track
  ///   is the one that plays already. A cross-fade would be heard where it is one of different sounds and not
  ///   where it is one of the same: so whoever listens does not learn from the switch which track it is.
  package mutating func select(_ track: Int, throughSilence: Bool = false) {
    guard sources.indices.contains(track) else { return }
    selected = track
    mutedPeriods = throughSilence && isPlaying ? Self.periodsOfSilence : 0
    keepFrameInRange()
  }

  /// With periods of 10 ms long enough to separate two sounds, and short enough to compare them.
  private static let periodsOfSilence = 5

  /// Changes the output rate, keeping the position in seconds. Does not fade.
  package mutating func setOutputRate(_ rate: Int) {
    let seconds = Double(frame) / Double(outputRate)
    outputRate = rate
    lastVoice = nil
    seek(to: seconds)
  }

  private mutating func keepFrameInRange() {
    let count = frameCount
    guard frame >= count else { return }
    if !isPlaying {
      frame = count
    } else {
      frame = isLooping && count > 0 ? frame % count : 0
    }
  }

  // MARK: Rendering

  /// Renders the next period as interleaved stereo and advances. A track in one channel sounds the same
  /// on both sides. At the end of the track it loops or stops.
  package mutating func render(into output: UnsafeMutableBufferPointer<Int16>) {
    let count = output.count / 2
    guard count > 0 else { return }
    let voice = isPlaying && mutedPeriods == 0 ? currentVoice() : nil
    mutedPeriods = max(0, mutedPeriods - 1)
    let fading = needsFade(from: lastVoice, to: voice) ? lastVoice : nil
    let fades = needsFade(from: lastVoice, to: voice)

    for index in 0..<count {
      var sample = voice.map { value(of: $0, after: index) } ?? .zero
      if fades {
        let weight = Float(index + 1) / Float(count)
        let old = fading.map { value(of: $0, after: index) } ?? .zero
        sample = old * (1 - weight) + sample * weight
      }
      output[2 * index] = Int16(sample: sample.x)
      output[2 * index + 1] = Int16(sample: sample.y)
    }

    lastVoice = voice
    if isPlaying { advance(by: count) }
  }

  private func currentVoice() -> Voice? {
    guard sources.indices.contains(selected) else { return nil }
    return Voice(
      source: sources[selected], generation: generation, track: selected, frame: frame,
      gain: Float(gain(ofTrack: selected) * volume))
  }

  private func needsFade(from old: Voice?, to new: Voice?) -> Bool {
    switch (old, new) {
    case (nil, nil): false
    case (nil, .some(let new)): new.frame > 0
    case (.some, nil): true
    case (.some(let old), .some(let new)): !new.continues(old)
    }
  }

  private func value(of voice: Voice, after offset: Int) -> SIMD2<Float> {
    var frame = voice.frame + offset
    if isLooping {
      let count = voice.source.frameCount(at: outputRate)
      if count > 0 { frame %= count }
    }
    return voice.source.stereo(at: frame, outputRate: outputRate) * voice.gain
  }

  private mutating func advance(by count: Int) {
    let end = frameCount
    frame += count
    if frame >= end {
      if isLooping, end > 0 {
        frame %= end
      } else {
        frame = end
        isPlaying = false
        // The track has ended, so there is nothing to fade out.
        lastVoice = nil
      }
    }
    if isPlaying { lastVoice?.frame = frame }
  }
}
