import CALSA
import Concurrency
import Glibc

/// The ALSA calls that can fail during playback, replaceable so that tests can make them fail.
package struct PCMCalls: Sendable {
  package var open: @Sendable (_ name: String) -> Result<OpaquePointer, PCMError> = { name in
    var pcm: OpaquePointer?
    // Non-blocking: a device in use then returns an error instead of hanging the player.
    let code = snd_pcm_open(&pcm, name, SND_PCM_STREAM_PLAYBACK, Int32(SND_PCM_NONBLOCK))
    guard code == 0, let pcm else { return .failure(PCMError(code: code)) }
    return .success(pcm)
  }
  /// The number of frames accepted, or a negative error code.
  package var write: @Sendable (OpaquePointer, UnsafePointer<Int16>, Int) -> Int = {
    snd_pcm_writei($0, $1, snd_pcm_uframes_t($2))
  }

  /// The devices that did not answer in time when they were opened, and still have not. They are not
  /// asked again, which would leave one more thread behind. Of the whole process; a test has its own.
  package var unanswered = Self.allUnanswered

  private static let allUnanswered = Monitor<Set<String>>([])

  package init() {}
}

/// An ALSA error code, described by ALSA.
package struct PCMError: Error {
  package var code: Int32

  package init(code: Int32) { self.code = code }

  /// The device has not returned from being opened.
  package static let notAnswering = PCMError(code: -ETIMEDOUT)

  package var isNotAnswering: Bool { code == Self.notAnswering.code }

  package var reason: String {
    isNotAnswering ? "it does not answer" : String(cString: snd_strerror(code))
  }
}
