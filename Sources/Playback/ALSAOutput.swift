import CALSA
import Glibc
import Sounds

/// A sound device, through ALSA: 16-bit stereo in periods of 10 ms, with a buffer of 50 ms if the
/// device allows it.
package final class ALSAOutput: SoundOutput {
  /// Tried in this order if no device is named. PipeWire and PulseAudio come before the bare cards,
  /// which they may have opened.
  static let defaultDevices = ["default", "pipewire", "pulse", "sysdefault", "plughw:0,0"]

  private static let recoveryLimit = 10

  private let name: String
  private let calls: PCMCalls
  private let stallTimeout: Double
  /// Nil after `close`.
  private var pcm: OpaquePointer?
  package let sampleRate: Int
  private var pacer: Pacer
  /// The device never blocks (as the plugins null and file), so the clock sets the pace.
  private var isPacedByClock = false
  /// Starts at one second's worth, so that the first failure may reopen the device.
  private var framesSinceReopening: Int

  package var description: SoundDestination { .device(name) }

  /// Opens the named device, or the first default device that works, as close to the given rate as
  /// possible. If none works, or answers within a few seconds, returns a silent output with the reason.
  /// - Parameter stallTimeout: seconds without room in the buffer until the device counts as lost.
  package static func open(
    device: String?, sampleRate: Int, calls: PCMCalls = PCMCalls(), stallTimeout: Double = 2
  ) -> any SoundOutput {
    etude_alsa_discard_messages()
    let opening = PCMOpening()
    var lastReason = ""
    var unanswered: [String] = []
    for name in device.map({ [$0] }) ?? defaultDevices {
      do throws(PCMError) {
        return try ALSAOutput(
          name: name, sampleRate: sampleRate, opening: opening, calls: calls,
          stallTimeout: stallTimeout)
      } catch {
        lastReason = error.reason
        if error.isNotAnswering { unanswered.append(name) }
      }
    }
    let reason =
      if let device {
        "the sound device \(device) cannot be used (\(lastReason)); `etude devices` lists others"
      } else {
        (unanswered.first.map { "the sound device \($0) does not answer, and no other can be used" }
          ?? "no sound device can be used") + "; `etude devices` says what helps"
      }
    return SilentOutput(sampleRate: sampleRate, reason: reason)
  }

  private init(
    name: String, sampleRate: Int, opening: PCMOpening, calls: PCMCalls, stallTimeout: Double
  ) throws(PCMError) {
    self.name = name
    self.calls = calls
    self.stallTimeout = stallTimeout
    let opened = try opening.open(name, sampleRate: sampleRate, calls: calls)
    pcm = opened.pcm
    self.sampleRate = opened.sampleRate
    framesSinceReopening = opened.sampleRate
    pacer = Pacer(sampleRate: opened.sampleRate, bufferFrames: opened.bufferFrames)
  }

  deinit { close() }

  package var delay: Int {
    if isPacedByClock { return pacer.lead }
    guard let pcm else { return 0 }
    var frames: snd_pcm_sframes_t = 0
    // Some plugins fail or return a negative delay during state changes.
    return snd_pcm_delay(pcm, &frames) == 0 ? max(0, frames) : 0
  }

  package func close() {
    guard let pcm else { return }
    // The last frames are silence, so nothing is cut off. (Draining fails in non-blocking mode.)
    snd_pcm_drop(pcm)
    snd_pcm_close(pcm)
    self.pcm = nil
  }

  package func write(_ samples: UnsafeBufferPointer<Int16>) throws(OutputLostError) {
    guard let start = samples.baseAddress else { return }
    let count = samples.count / 2
    if pacer.waitForRoom() { isPacedByClock = true }
    var done = 0
    var failures = Failures()
    while done < count {
      guard let pcm else { throw OutputLostError(reason: "the sound device \(name) is closed") }
      let taken = calls.write(pcm, start + 2 * done, count - done)
      if taken > 0 {
        done += taken
        framesSinceReopening += taken
        failures = Failures()
      } else if taken == 0 || taken == -Int(EAGAIN) {
        try waitForRoom(pcm, &failures)
      } else {
        try recover(pcm, from: Int32(truncatingIfNeeded: taken), &failures)
      }
    }
    pacer.wrote(count)
  }

  // MARK: Recovery

  /// Failures since the device last accepted a frame.
  private struct Failures {
    var recoveries = 0
    var secondsWaited = 0.0
  }

  private func waitForRoom(_ pcm: OpaquePointer, _ failures: inout Failures) throws(OutputLostError)
  {
    // A full buffer that has not been started would never drain.
    if snd_pcm_state(pcm) == SND_PCM_STATE_PREPARED { snd_pcm_start(pcm) }
    let timeout: Int32 = 100
    let code = snd_pcm_wait(pcm, timeout)
    if code < 0 {
      try recover(pcm, from: code, &failures)
      return
    }
    // The device sets the pace; the clock does so only for devices that never block.
    pacer.restart()
    isPacedByClock = false
    if code == 0 {
      failures.secondsWaited += Double(timeout) / 1000
    } else {
      // Room was reported; if there is none after all, do not spin.
      failures.secondsWaited += 0.001
      if failures.secondsWaited > 0.01 { usleep(1000) }
    }
    if failures.secondsWaited > stallTimeout { try reopen(after: -EIO, &failures) }
  }

  private func recover(
    _ pcm: OpaquePointer, from code: Int32, _ failures: inout Failures
  ) throws(OutputLostError) {
    failures.recoveries += 1
    if [-EPIPE, -ESTRPIPE, -EINTR].contains(code), failures.recoveries <= Self.recoveryLimit,
      snd_pcm_recover(pcm, code, 1) == 0
    {
      pacer.restart()
      return
    }
    try reopen(after: code, &failures)
  }

  /// A device that can be reopened continues where it was. If it fails again within one second of
  /// sound, it counts as lost.
  private func reopen(after code: Int32, _ failures: inout Failures) throws(OutputLostError) {
    close()
    if framesSinceReopening >= sampleRate,
      let opened = try? PCMOpening().open(name, sampleRate: sampleRate, calls: calls)
    {
      pcm = opened.pcm
      pacer = Pacer(sampleRate: sampleRate, bufferFrames: opened.bufferFrames)
      isPacedByClock = false
      framesSinceReopening = 0
      failures = Failures()
      if opened.sampleRate == sampleRate { return }
      close()
    }
    let reason = PCMError(code: code).reason
    throw OutputLostError(reason: "the sound device \(name) was lost (\(reason))")
  }
}
