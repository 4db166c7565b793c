import CALSA
import Glibc

/// A sound device, through ALSA: 16-bit stereo in periods of 10 ms, 50 ms ahead at most if the
/// device agrees.
package final class ALSAOutput: Output {
  /// Tried in this order when no device is named. PipeWire and PulseAudio come before the bare
  /// cards, which they may hold.
  static let usualDevices = ["default", "pipewire", "pulse", "sysdefault", "plughw:0,0"]

  private static let recoveryLimit = 10

  private let name: String
  private let calls: PCMCalls
  private let patience: Double
  /// Nil after `close`.
  private var pcm: OpaquePointer?
  package let sampleRate: Int
  private var pacer: Pacer
  /// The device takes everything at once (the plugins null and file do), and the clock keeps time.
  private var isPacedByClock = false
  /// Starts at a second's worth: the first failure may reopen the device.
  private var framesSinceReopening: Int

  package var description: OutputDescription { .device(name) }

  /// Opens the named device, or the first of the usual ones that works, at a rate as near as it
  /// can; silence, with the reason, when there is none.
  /// - Parameter patience: after so many seconds without room the device counts as lost.
  package static func open(
    device: String?, sampleRate: Int, calls: PCMCalls = PCMCalls(), patience: Double = 2
  ) -> any Output {
    etude_alsa_discard_messages()
    var lastReason = ""
    for name in device.map({ [$0] }) ?? usualDevices {
      do throws(PCMError) {
        return try ALSAOutput(
          name: name, sampleRate: sampleRate, calls: calls, patience: patience)
      } catch {
        lastReason = error.reason
      }
    }
    let reason =
      if let device {
        "the sound device \(device) cannot be used (\(lastReason)); `etude devices` lists others"
      } else {
        "no sound device can be used; tried \(usualDevices.joined(separator: ", "))"
      }
    return SilentOutput(sampleRate: sampleRate, reason: reason)
  }

  private init(
    name: String, sampleRate: Int, calls: PCMCalls, patience: Double
  ) throws(PCMError) {
    self.name = name
    self.calls = calls
    self.patience = patience
    let opened = try Self.openPCM(name, sampleRate: sampleRate, calls: calls)
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
    // Some plugins fail or answer below zero between two states.
    return snd_pcm_delay(pcm, &frames) == 0 ? max(0, frames) : 0
  }

  package func close() {
    guard let pcm else { return }
    // What was written last is silence: nothing is cut off. (Draining would fail without waiting.)
    snd_pcm_drop(pcm)
    snd_pcm_close(pcm)
    self.pcm = nil
  }

  package func write(_ samples: UnsafeBufferPointer<Int16>) throws(LostOutput) {
    guard let start = samples.baseAddress else { return }
    let count = samples.count / 2
    if pacer.waitForRoom() { isPacedByClock = true }
    var done = 0
    var trouble = Trouble()
    while done < count {
      guard let pcm else { throw LostOutput(reason: "the sound device \(name) is closed") }
      let taken = calls.write(pcm, start + 2 * done, count - done)
      if taken > 0 {
        done += taken
        framesSinceReopening += taken
        trouble = Trouble()
      } else if taken == 0 || taken == -Int(EAGAIN) {
        try waitForRoom(pcm, &trouble)
      } else {
        try recover(pcm, from: Int32(truncatingIfNeeded: taken), &trouble)
      }
    }
    pacer.wrote(count)
  }

  // MARK: When the device does not take it

  /// What went wrong since the device took the last frame.
  private struct Trouble {
    var recoveries = 0
    var secondsWaited = 0.0
  }

  private func waitForRoom(_ pcm: OpaquePointer, _ trouble: inout Trouble) throws(LostOutput) {
    // A full buffer that does not start by itself would never empty.
    if snd_pcm_state(pcm) == SND_PCM_STATE_PREPARED { snd_pcm_start(pcm) }
    let slice: Int32 = 100
    let code = snd_pcm_wait(pcm, slice)
    if code < 0 {
      try recover(pcm, from: code, &trouble)
      return
    }
    // The device keeps the pace; the clock only does when nothing ever waits.
    pacer.restart()
    isPacedByClock = false
    if code == 0 {
      trouble.secondsWaited += Double(slice) / 1000
    } else {
      // Room was promised; should none be there, do not spin.
      trouble.secondsWaited += 0.001
      if trouble.secondsWaited > 0.01 { usleep(1000) }
    }
    if trouble.secondsWaited > patience { try reopen(after: -EIO, &trouble) }
  }

  private func recover(
    _ pcm: OpaquePointer, from code: Int32, _ trouble: inout Trouble
  ) throws(LostOutput) {
    trouble.recoveries += 1
    if [-EPIPE, -ESTRPIPE, -EINTR].contains(code), trouble.recoveries <= Self.recoveryLimit,
      snd_pcm_recover(pcm, code, 1) == 0
    {
      pacer.restart()
      return
    }
    try reopen(after: code, &trouble)
  }

  /// A device that answers anew goes on where it was. One that then fails within a second of sound
  /// only pretends to work, and is lost.
  private func reopen(after code: Int32, _ trouble: inout Trouble) throws(LostOutput) {
    close()
    if framesSinceReopening >= sampleRate,
      let opened = try? Self.openPCM(name, sampleRate: sampleRate, calls: calls)
    {
      pcm = opened.pcm
      pacer = Pacer(sampleRate: sampleRate, bufferFrames: opened.bufferFrames)
      isPacedByClock = false
      framesSinceReopening = 0
      trouble = Trouble()
      if opened.sampleRate == sampleRate { return }
      close()
    }
    let reason = PCMError(code: code).reason
    throw LostOutput(reason: "the sound device \(name) was lost (\(reason))")
  }

  // MARK: Opening

  private struct Opened {
    var pcm: OpaquePointer
    var sampleRate: Int
    var bufferFrames: Int
  }

  private static func openPCM(
    _ name: String, sampleRate: Int, calls: PCMCalls
  ) throws(PCMError) -> Opened {
    let pcm = try calls.open(name).get()
    do throws(PCMError) {
      return try configure(pcm, sampleRate: sampleRate)
    } catch {
      snd_pcm_close(pcm)
      throw error
    }
  }

  private static func configure(
    _ pcm: OpaquePointer, sampleRate: Int
  ) throws(PCMError) -> Opened {
    var hardware: OpaquePointer?
    snd_pcm_hw_params_malloc(&hardware)
    defer { snd_pcm_hw_params_free(hardware) }
    var rate = UInt32(sampleRate)
    try check(snd_pcm_hw_params_any(pcm, hardware))
    try check(snd_pcm_hw_params_set_access(pcm, hardware, SND_PCM_ACCESS_RW_INTERLEAVED))
    try check(snd_pcm_hw_params_set_format(pcm, hardware, SND_PCM_FORMAT_S16))
    try check(snd_pcm_hw_params_set_channels(pcm, hardware, 2))
    try check(snd_pcm_hw_params_set_rate_resample(pcm, hardware, 1))
    try check(snd_pcm_hw_params_set_rate_near(pcm, hardware, &rate, nil))
    var period = snd_pcm_uframes_t(max(16, rate / 100))
    var buffer = period * 5
    try check(snd_pcm_hw_params_set_buffer_size_near(pcm, hardware, &buffer))
    try check(snd_pcm_hw_params_set_period_size_near(pcm, hardware, &period, nil))
    try check(snd_pcm_hw_params(pcm, hardware))
    try check(snd_pcm_hw_params_get_buffer_size(hardware, &buffer))
    try check(snd_pcm_hw_params_get_period_size(hardware, &period, nil))

    var software: OpaquePointer?
    snd_pcm_sw_params_malloc(&software)
    defer { snd_pcm_sw_params_free(software) }
    try check(snd_pcm_sw_params_current(pcm, software))
    // Starts when no whole period has room any more.
    let threshold = max(period, buffer / max(1, period) * period)
    try check(snd_pcm_sw_params_set_start_threshold(pcm, software, threshold))
    try check(snd_pcm_sw_params_set_avail_min(pcm, software, period))
    try check(snd_pcm_sw_params(pcm, software))
    return Opened(pcm: pcm, sampleRate: Int(rate), bufferFrames: Int(buffer))
  }

  private static func check(_ code: Int32) throws(PCMError) {
    if code < 0 { throw PCMError(code: code) }
  }
}
