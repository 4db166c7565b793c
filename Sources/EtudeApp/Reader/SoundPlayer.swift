import Sounds

/// Plays one of several tracks at a time and follows what a student does. All functions return at
/// once; the executable brings the player that is heard.
package protocol SoundPlayer: AnyObject {
  var state: PlayerState { get }

  /// New tracks; `keepingPosition` goes on playing at the same position.
  func load(_ tracks: [Track], keepingPosition: Bool)
  func play()
  func pause()
  /// Forward, or back when negative, in seconds.
  func seek(by seconds: Double)
  /// Another track at the same position.
  func select(_ track: Int)
  func setLooping(_ isLooping: Bool)
  func setMatchingLoudness(_ isMatching: Bool)
  /// Pauses, goes back to the start and gives the sound device back.
  func stop()
}
