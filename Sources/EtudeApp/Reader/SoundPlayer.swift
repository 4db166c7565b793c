import Sounds

/// Plays one of several tracks at a time. No function blocks; the executable supplies the audible
/// player.
package protocol SoundPlayer: AnyObject {
  var state: PlayerState { get }

  /// Replaces the tracks; `keepingPosition` continues at the same position.
  func load(_ tracks: [Track], keepingPosition: Bool)
  /// Opens the sound device for the loaded tracks, so that the state tells whether they can be heard.
  func open()
  func play()
  func pause()
  /// In seconds; negative seeks backwards.
  func seek(by seconds: Double)
  /// In seconds from the start.
  func seek(to seconds: Double)
  /// Switches to another track at the same position; `throughSilence` with a short silence in between, by
  /// which nobody hears whether it is another track.
  func select(_ track: Int, throughSilence: Bool)
  func setLooping(_ isLooping: Bool)
  func setMatchingLoudness(_ isMatching: Bool)
  /// For all tracks, in dB, at most 0.
  func setVolume(inDecibels volume: Double)
  /// Pauses, rewinds and releases the sound device.
  func stop()
}
