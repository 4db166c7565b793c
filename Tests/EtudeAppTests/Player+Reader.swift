import EtudeApp
import Playback

extension Player: SoundPlayer {}
