import Concurrency
import Glibc
import Sounds

/// Plays one of several tracks on its own thread. Every command is heard within about 60 ms, without
/// a click.
///
/// The sound device is opened on the first `play`, or by `open`, at the tracks' rate, and released after a second
/// of silence. Functions do not block unless they say so.
package final class Player: Sendable {
  private let playback: Monitor<Playback>
  private let start: @Sendable () -> Bool

  /// - Parameter device: the ALSA device to use; nil tries the default ones.
  package convenience init(device: String? = nil) {
    self.init(lingerSeconds: 1) { ALSAOutput.open(device: device, sampleRate: $0) }
  }

  /// - Parameters:
  ///   - lingerSeconds: how long the output stays open after the last sound.
  ///   - open: opens an output, at the given rate if possible; runs on the audio thread.
  package init(lingerSeconds: Double, open: @escaping @Sendable (Int) -> any SoundOutput) {
    let playback = Monitor(Playback(lingerSeconds: lingerSeconds))
    self.playback = playback
    start = { AudioThread(playback: playback, open: open).start() }
  }

  deinit { playback.change { $0.shutDown() } }

  package var state: PlayerState { playback.withLock { $0.state } }

  /// Replaces the tracks. With `keepingPosition`, for a filter that changes during playback, the
  /// selected track cross-fades and continues from the same position; otherwise playback stops and
  /// returns to the start of the first track.
  package func load(_ tracks: [Track], keepingPosition: Bool) {
    // Measure loudness before taking the lock, which the audio thread must not wait for.
    let sources = tracks.map(Source.init)
    playback.change { $0.change { $0.load(sources, keepingPosition: keepingPosition) } }
  }

  /// Opens the sound device and plays nothing yet, so that ``state`` tells whether it can be heard.
  package func open() { change { $0.open() } }

  /// Starts playing, from the beginning if the end has been reached.
  package func play() { change { $0.change { $0.play() } } }

  /// Starts the thread if there is none.
  private func change(_ body: (inout Playback) -> Void) {
    let needsThread = playback.change { playback in
      body(&playback)
      defer { playback.hasThread = true }
      return !playback.hasThread
    }
    if needsThread, !start() { playback.change { $0.threadFailed() } }
  }

  package func pause() { playback.change { $0.change { $0.pause() } } }

  package func toggle() {
    if state.isPlaying { pause() } else { play() }
  }

  /// Seeks to a time in seconds, clamped to the track.
  package func seek(to seconds: Double) {
    playback.change { $0.change { $0.seek(to: seconds) } }
  }

  /// Seeks forward, or backward if negative. Calls in quick succession add up.
  package func seek(by seconds: Double) {
    playback.change { playback in
      playback.change { $0.seek(to: Double($0.frame) / Double($0.outputRate) + seconds) }
    }
  }

  /// Selects another track at the same position; a shorter track starts from its beginning. Invalid
  /// indices are ignored.
  ///
  /// - Parameter throughSilence: with 50 ms of silence in between, whichever track plays now.
  package func select(_ track: Int, throughSilence: Bool = false) {
    playback.change { $0.change { $0.select(track, throughSilence: throughSilence) } }
  }

  package func setLooping(_ isLooping: Bool) {
    playback.change { $0.change { $0.isLooping = isLooping } }
  }

  /// Whether tracks louder than the first (by RMS) are reduced to its level.
  package func setMatchingLoudness(_ isMatching: Bool) {
    playback.change { $0.change { $0.isMatchingLoudness = isMatching } }
  }

  /// For all tracks, in dB; above 0 counts as 0, at which the samples sent are the samples given.
  package func setVolume(inDecibels volume: Double) {
    playback.change { $0.change { $0.volume = pow(10, min(0, volume) / 20) } }
  }

  /// Pauses, returns to the start and releases the sound device: for leaving the page.
  package func stop() { playback.change { $0.stop() } }

  /// Stops, and blocks until the sound has faded and the device is released, for at most half a
  /// second: for quitting the program.
  package func close() {
    stop()
    _ = wait(seconds: 0.5) { !$0.isOpen }
  }

  /// Blocks until `condition` holds or the time is up. Returns whether it holds. Not for use on the
  /// drawing thread.
  package func wait(seconds: Double, until condition: (PlayerState) -> Bool) -> Bool {
    wait(seconds: seconds) { condition($0.state) }
  }

  private func wait(seconds: Double, until condition: (Playback) -> Bool) -> Bool {
    let deadline = Clock.now() + seconds
    return playback.wait { playback in
      let holds = condition(playback)
      return holds || Clock.now() >= deadline ? .found(holds) : .retry(at: deadline)
    }
  }
}
