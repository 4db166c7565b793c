import EtudeApp
import Playback

/// The reader plays sounds through ALSA's player.
extension Player: SoundPlayer {}

extension Player {
  /// - Parameters:
  ///   - isAudible: false for a silent player that only keeps time.
  ///   - device: the ALSA device that the student named.
  static func forReader(isAudible: Bool, device: String?) -> Player {
    isAudible
      ? Player(device: device) : Player(silentBecause: "sound is switched off in the options")
  }
}
