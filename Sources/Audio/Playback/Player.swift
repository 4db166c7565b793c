import Glibc

/// Plays one of several tracks at a time, on a thread of its own, and follows what a student does:
/// every change is heard within about 60 ms, without a click.
///
/// The sound device is opened at the first `play`, at the tracks' rate, and given back after a
/// second of silence. All functions return at once.
package final class Player: Sendable {
  private let playback: Monitor<Playback>
  private let start: @Sendable () -> Bool

  /// - Parameter device: the ALSA device to use; nil tries the usual ones.
  package convenience init(device: String? = nil) {
    self.init(lingerSeconds: 1) { ALSAOutput.open(device: device, sampleRate: $0) }
  }

  /// - Parameters:
  ///   - lingerSeconds: how long the output stays open after the last sound.
  ///   - open: opens an output, at this rate if it can; runs on the audio thread.
  package init(lingerSeconds: Double, open: @escaping @Sendable (Int) -> any Output) {
    let playback = Monitor(Playback(lingerSeconds: lingerSeconds))
    self.playback = playback
    start = { AudioThread(playback: playback, open: open).start() }
  }

  deinit { playback.withLock { $0.shutDown() } }

  package var state: PlayerState { playback.withLock { $0.state } }

  /// New tracks. `keepingPosition` is for a filter that changes while it plays: playing, selected
  /// track and position (in seconds) go on with a cross-fade; otherwise the sound stops and goes
  /// back to the start of the first track.
  package func load(_ tracks: [Track], keepingPosition: Bool) {
    // Measured before the lock is taken: the audio thread must not wait for it.
    let sources = tracks.map(Source.init)
    playback.withLock { $0.change { $0.load(sources, keepingPosition: keepingPosition) } }
  }

  /// Starts, from the beginning when the end had been reached.
  package func play() {
    let needsThread = playback.withLock { playback in
      playback.change { $0.play() }
      defer { playback.hasThread = true }
      return !playback.hasThread
    }
    if needsThread, !start() { playback.withLock { $0.threadFailed() } }
  }

  package func pause() { playback.withLock { $0.change { $0.pause() } } }

  package func toggle() {
    if state.isPlaying { pause() } else { play() }
  }

  /// To a time in seconds; what lies outside the track goes to its ends.
  package func seek(to seconds: Double) {
    playback.withLock { $0.change { $0.seek(to: seconds) } }
  }

  /// Forward, or back when negative. Several calls add up, however fast they come.
  package func seek(by seconds: Double) {
    playback.withLock { playback in
      playback.change { $0.seek(to: Double($0.frame) / Double($0.outputRate) + seconds) }
    }
  }

  /// Another track at the same position; a track that is over by then starts from its beginning.
  /// An index that does not exist is ignored.
  package func select(_ track: Int) { playback.withLock { $0.change { $0.select(track) } } }

  package func setLooping(_ isLooping: Bool) {
    playback.withLock { $0.change { $0.isLooping = isLooping } }
  }

  /// Brings tracks that are louder than the first (by RMS) down to it.
  package func setMatchingLoudness(_ isMatching: Bool) {
    playback.withLock { $0.change { $0.isMatchingLoudness = isMatching } }
  }

  /// Pauses, goes back to the start and gives the sound device back: for leaving the page.
  package func stop() { playback.withLock { $0.stop() } }

  /// Stops and waits until the last sound has faded and the device is given back, for half a second
  /// at most: for leaving the program.
  package func close() {
    stop()
    _ = playback.wait(seconds: 0.5) { $0.isOpen ? nil : true }
  }

  /// Waits until `condition` holds, for at most so many seconds. Returns whether it came to hold.
  /// Not for the thread that draws.
  package func wait(seconds: Double, until condition: (PlayerState) -> Bool) -> Bool {
    playback.wait(seconds: seconds) { condition($0.state) ? true : nil } ?? false
  }
}
