import CALSA
import Concurrency
import Glibc

/// Opens devices on threads of their own: a sound server that has hung never returns from it, and
/// nothing can interrupt it.
struct PCMOpening {
  /// A device that is ready to be written to.
  struct Opened {
    var pcm: OpaquePointer
    var sampleRate: Int
    var bufferFrames: Int
  }

  /// For the devices that are tried one after another: how long each is waited for, and all together.
  static let secondsForEach = 2.0
  static let secondsForAll = 3.0
  /// For each, when the time for all is up.
  static let leastSeconds = 0.3

  /// When the time for all is up, on ``Clock``.
  private let deadline = Clock.now() + Self.secondsForAll

  /// - Throws: an error, after ``secondsForEach`` at the latest.
  func open(
    _ name: String, sampleRate: Int, calls: PCMCalls
  ) throws(PCMError) -> Opened {
    let seconds = min(
      Self.secondsForEach, max(Self.leastSeconds, deadline - Clock.now()))
    return try Self.answer(of: name, within: seconds, unanswered: calls.unanswered) {
      Result { () throws(PCMError) in
        try Self.openNow(name, sampleRate: sampleRate, calls: calls)
      }
    }.get()
  }

  /// What a call that asks `name` returns.
  private static func answer(
    of name: String, within seconds: Double, unanswered: Monitor<Set<String>>,
    _ call: @escaping @Sendable () -> Result<Opened, PCMError>
  ) -> Result<Opened, PCMError> {
    if unanswered.withLock({ $0.contains(name) }) { return .failure(.notAnswering) }
    let reply = Monitor(Reply())
    let thread = WorkerThread {
      let result = call()
      let isLate = reply.change { reply in
        reply.result = result
        return reply.isTooLate
      }
      guard isLate else { return }
      unanswered.withLock { _ = $0.remove(name) }
      if case .success(let opened) = result { snd_pcm_close(opened.pcm) }
    }
    guard let thread else { return .failure(PCMError(code: -EAGAIN)) }
    thread.detach()
    let end = Clock.now() + seconds
    return reply.wait { reply in
      if let result = reply.result { return .found(result) }
      guard Clock.now() >= end else { return .retry(at: end) }
      reply.isTooLate = true
      unanswered.withLock { _ = $0.insert(name) }
      return .found(.failure(.notAnswering))
    }
  }

  /// Unchecked, since a PCM is used by one thread at a time: by the one that opens it until it has
  /// answered, then by the one that asked.
  private struct Reply: @unchecked Sendable {
    var result: Result<Opened, PCMError>?
    /// Nobody waits any more.
    var isTooLate = false
  }

  private static func openNow(
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
    // Playback starts once there is no room for another whole period.
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
