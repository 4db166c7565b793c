import Glibc

/// Turns what a student does (play, pause, seek, switch) into samples, one period after the other.
///
/// A period is either a voice as it is, or a linear cross-fade over the whole period from the voice
/// that sounded to the one that is wanted now, silence being one of them. So every change comes
/// without a click, at the start of a period. Playing from frame 0 out of silence has no ramp: the
/// samples sent are the samples given.
///
/// Frames count at the output's rate from the start of the sound. Changes take constant time, and a
/// period's cost does not depend on the length of the tracks.
package struct Mixer: Sendable {
  /// What sounds: a track from a frame on, at a gain. `generation` tells tracks apart that were
  /// loaded one after the other.
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
  private var generation = 0
  /// What the last period ended on; the next one continues it or fades it out.
  private var sounding: Voice?

  package init(outputRate: Int = 48_000) { self.outputRate = outputRate }

  // MARK: What there is

  /// The rate at which the tracks need the least resampling: the highest among them, so that no
  /// track loses its upper band.
  package var preferredRate: Int { sources.map(\.deviceRate).max() ?? outputRate }

  /// Whether the last period ended in silence, so that the next sound fades in.
  package var isSilent: Bool { sounding == nil }

  /// The length of the selected track in frames.
  package var frameCount: Int {
    sources.indices.contains(selected) ? sources[selected].frameCount(at: outputRate) : 0
  }

  /// Loudness matching brings a track that is louder than the first (by RMS) down to it. It only
  /// attenuates, so that nothing clips, and the first track is never touched.
  package func gain(ofTrack track: Int) -> Double {
    guard isMatchingLoudness, sources.indices.contains(track), let first = sources.first,
      first.rms > 0, sources[track].rms > first.rms
    else { return 1 }
    return first.rms / sources[track].rms
  }

  // MARK: What a student does

  /// New tracks. Either the sound stops and goes back to the start of the first track, or, when a
  /// filter changes while it plays, the position in seconds, the selected track and playing go on.
  package mutating func load(_ sources: [Source], keepingPosition: Bool) {
    self.sources = sources
    generation += 1
    if keepingPosition {
      selected = max(0, min(selected, sources.count - 1))
      returnToTrack()
    } else {
      selected = 0
      frame = 0
      isPlaying = false
    }
  }

  /// Starts, from the beginning when the end had been reached.
  package mutating func play() {
    guard frameCount > 0 else { return }
    if !isPlaying, frame >= frameCount { frame = 0 }
    isPlaying = true
  }

  package mutating func pause() { isPlaying = false }

  /// To a time in seconds, within the selected track.
  package mutating func seek(to seconds: Double) {
    guard !seconds.isNaN else { return }
    let wanted = (seconds * Double(outputRate)).rounded()
    frame = Int(max(0, min(wanted, Double(frameCount))))
  }

  /// Another track at the same position; a track that is over by then starts from its beginning.
  package mutating func select(_ track: Int) {
    guard sources.indices.contains(track) else { return }
    selected = track
    returnToTrack()
  }

  /// Takes up another rate, in silence: what sounded is forgotten, the position in seconds stays.
  package mutating func setOutputRate(_ rate: Int) {
    let seconds = Double(frame) / Double(outputRate)
    outputRate = rate
    sounding = nil
    seek(to: seconds)
  }

  private mutating func returnToTrack() {
    let count = frameCount
    guard frame >= count else { return }
    if !isPlaying {
      frame = count
    } else {
      frame = isLooping && count > 0 ? frame % count : 0
    }
  }

  // MARK: Samples

  /// Renders the next period, interleaved stereo with the same signal on both sides, and moves on.
  /// At the end of the track it loops or stops.
  package mutating func render(into output: UnsafeMutableBufferPointer<Int16>) {
    let count = output.count / 2
    guard count > 0 else { return }
    let wanted = isPlaying ? currentVoice() : nil
    let fading = needsFade(from: sounding, to: wanted) ? sounding : nil
    let ramps = needsFade(from: sounding, to: wanted)

    for index in 0..<count {
      var sample = wanted.map { value(of: $0, after: index) } ?? 0
      if ramps {
        let share = Float(index + 1) / Float(count)
        let old = fading.map { value(of: $0, after: index) } ?? 0
        sample = old * (1 - share) + sample * share
      }
      let pcm = Int16(sample: sample)
      output[2 * index] = pcm
      output[2 * index + 1] = pcm
    }

    sounding = wanted
    if isPlaying { advance(by: count) }
  }

  private func currentVoice() -> Voice? {
    guard sources.indices.contains(selected) else { return nil }
    return Voice(
      source: sources[selected], generation: generation, track: selected, frame: frame,
      gain: Float(gain(ofTrack: selected)))
  }

  private func needsFade(from old: Voice?, to new: Voice?) -> Bool {
    switch (old, new) {
    case (nil, nil): false
    case (nil, .some(let new)): new.frame > 0
    case (.some, nil): true
    case (.some(let old), .some(let new)): !new.continues(old)
    }
  }

  private func value(of voice: Voice, after offset: Int) -> Float {
    var frame = voice.frame + offset
    if isLooping {
      let count = voice.source.frameCount(at: outputRate)
      if count > 0 { frame %= count }
    }
    return voice.source.sample(at: frame, outputRate: outputRate) * voice.gain
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
        // The track is over: there is nothing left to fade out.
        sounding = nil
      }
    }
    if isPlaying { sounding?.frame = frame }
  }
}
