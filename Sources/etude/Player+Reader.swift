import EtudeApp
import Playback

/// ALSA's player is what the reader plays sounds with.
extension Player: SoundPlayer {}

extension Player {
  /// - Parameters:
  ///   - isAudible: false for a player that only keeps time.
  ///   - device: the ALSA device that the student named.
  static func forReader(isAudible: Bool, device: String?) -> Player {
    isAudible
      ? Player(device: device) : Player(silentBecause: "sound is switched off in the options")
  }
}
