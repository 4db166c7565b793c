import CALSA
import Glibc

/// The ALSA calls that can go wrong while sound plays, so that tests can make them go wrong.
package struct PCMCalls: Sendable {
  package var open: @Sendable (_ name: String) -> Result<OpaquePointer, PCMError> = { name in
    var pcm: OpaquePointer?
    // Without waiting: a device in use answers so, instead of hanging the player.
    let code = snd_pcm_open(&pcm, name, SND_PCM_STREAM_PLAYBACK, Int32(SND_PCM_NONBLOCK))
    guard code == 0, let pcm else { return .failure(PCMError(code: code)) }
    return .success(pcm)
  }
  /// Frames taken, or a negative error code.
  package var write: @Sendable (OpaquePointer, UnsafePointer<Int16>, Int) -> Int = {
    snd_pcm_writei($0, $1, snd_pcm_uframes_t($2))
  }

  package init() {}
}

/// An error code of ALSA, in its words.
package struct PCMError: Error {
  package var code: Int32

  package init(code: Int32) { self.code = code }

  package var reason: String { String(cString: snd_strerror(code)) }
}
