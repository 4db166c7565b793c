import CALSA
import Concurrency
import Glibc
import Playback
import Sounds
import TemporaryFolders
import Testing

private func ramp(_ count: Int, sign: Float = 1) -> [Float] {
  (0..<count).map { sign * Float(1 + $0 % 32_000) / 32768 }
}

private func pcm(_ samples: [Float]) -> [Int16] { samples.map { Int16(sample: $0) } }

/// A device of ALSA's file plugin, which writes raw 16-bit stereo to a file.
private func fileDevice(_ path: String) -> String { "file:FILE=\(path),FORMAT=raw" }

/// The left channel written by the file plugin; the right one must be the same.
private func recorded(_ path: String) -> [Int16] {
  let bytes = TemporaryFolder.bytes(of: path)
  let items = stride(from: 0, to: bytes.count - 1, by: 2).map {
    Int16(truncatingIfNeeded: Int(bytes[$0]) | Int(bytes[$0 + 1]) << 8)
  }
  let frames = stride(from: 0, to: items.count - 1, by: 2)
  if frames.contains(where: { items[$0] != items[$0 + 1] }) {
    Issue.record("left and right differ")
  }
  return frames.map { items[$0] }
}

/// Counts the periods written to another output.
private final class CountingOutput: SoundOutput {
  private let inner: any SoundOutput
  private let periods: Monitor<Int>

  init(_ inner: any SoundOutput, periods: Monitor<Int>) {
    self.inner = inner
    self.periods = periods
  }

  var description: SoundDestination { inner.description }
  var sampleRate: Int { inner.sampleRate }
  var delay: Int { inner.delay }
  func close() { inner.close() }
  func write(_ samples: UnsafeBufferPointer<Int16>) throws(OutputLostError) {
    try inner.write(samples)
    periods.change { $0 += 1 }
  }
}

@Suite(.timeLimit(.minutes(1))) struct ALSAOutputTests {
  let folder = TemporaryFolder()

  /// Plays a track to its end and returns the final state and the output.
  private func play(
    _ samples: [Float], rate: Double = 48_000, volume: Double = 0, calls: PCMCalls = PCMCalls()
  ) -> (PlayerState, [Int16]) {
    let path = folder.path + "/out.raw"
    let player = Player(lingerSeconds: 0) {
      ALSAOutput.open(
        device: fileDevice(path), sampleRate: $0, calls: calls, stallTimeout: 0.05)
    }
    player.load(
      [Track(samples: samples, sampleRate: rate, label: "test")], keepingPosition: false)
    player.setVolume(inDecibels: volume)
    player.play()
    #expect(player.wait(seconds: 30) { !$0.isPlaying })
    let state = player.state
    player.close()
    return (state, recorded(path))
  }

  @Test(arguments: [48_000.0, 44_100, 8_000, 192_000])
  func outputIsBitExact(rate: Double) {
    let samples = ramp(Int(rate / 5) + 123)
    let (state, frames) = play(samples, rate: rate)
    #expect(state.output == .device(fileDevice(folder.path + "/out.raw")))
    #expect(Array(frames.prefix(samples.count)) == pcm(samples))
    #expect(frames.dropFirst(samples.count).allSatisfy { $0 == 0 })
  }

  /// From the first sample on: playing from the start has no ramp.
  @Test(arguments: [-3.0, -12, -48])
  func volumeScalesEverySample(volume: Double) {
    let samples = ramp(9723)
    let (state, frames) = play(samples, volume: volume)
    #expect(abs(state.volumeInDecibels - volume) < 1e-9)
    let gain = Float(pow(10, volume / 20))
    #expect(Array(frames.prefix(samples.count)) == pcm(samples.map { $0 * gain }))
    #expect(frames.dropFirst(samples.count).allSatisfy { $0 == 0 })
  }

  @Test func aDeviceThatNeverBlocksIsPacedByTheClock() {
    let clock = ContinuousClock()
    let start = clock.now
    _ = play(ramp(14_400))
    #expect(clock.now - start >= .milliseconds(290))
  }

  /// A mixer given the same commands must render exactly the samples played. The periods in which
  /// the commands took effect are found by where the signal deviates from its course.
  @Test func switchSeekVolumeAndPauseMatchTheMixer() {
    let path = folder.path + "/out.raw"
    let periods = Monitor(0)
    let player = Player(lingerSeconds: 60) {
      CountingOutput(
        ALSAOutput.open(device: fileDevice(path), sampleRate: $0), periods: periods)
    }
    let tracks = [ramp(48_000), ramp(48_000, sign: -1)].map {
      Track(samples: $0, sampleRate: 48_000, label: "test")
    }
    let commands: [(player: @Sendable (Player) -> Void, mixer: (inout Mixer) -> Void)] = [
      ({ $0.select(1) }, { $0.select(1) }),
      ({ $0.seek(to: 0.3) }, { $0.seek(to: 0.3) }),
      ({ $0.setVolume(inDecibels: -12) }, { $0.volume = pow(10, -12.0 / 20) }),
      ({ $0.setVolume(inDecibels: 6) }, { $0.volume = 1 }),
      ({ $0.pause() }, { $0.pause() }),
      ({ $0.play() }, { $0.play() }),
      ({ $0.select(0) }, { $0.select(0) }),
    ]
    player.load(tracks, keepingPosition: false)
    player.play()
    for command in commands {
      let now = periods.withLock { $0 }
      periods.wait { $0 >= now + 3 ? .found(()) : .retry() }
      command.player(player)
    }
    #expect(player.wait(seconds: 30) { !$0.isPlaying })
    player.close()

    let frames = recorded(path)
    var mixer = Mixer()
    mixer.load(tracks.map(Source.init), keepingPosition: false)
    mixer.play()
    var remaining = commands[...]
    for start in stride(from: 0, to: frames.count - 479, by: 480) {
      let heard = Array(frames[start..<start + 480])
      let before = mixer
      if mixer.frames(480) == heard { continue }
      guard let command = remaining.popFirst() else {
        Issue.record("frames from \(start) on are not what was mixed")
        return
      }
      mixer = before
      command.mixer(&mixer)
      #expect(mixer.frames(480) == heard, "frames from \(start) on")
    }
    #expect(remaining.isEmpty)
    #expect(!mixer.isPlaying)
  }

  // MARK: Failures

  /// Calls in which every third write fails with this code.
  private func failing(with code: Int32) -> PCMCalls {
    let count = Monitor(0)
    var calls = PCMCalls()
    let write = calls.write
    calls.write = { pcm, samples, frames in
      let number = count.change { count -> Int in
        count += 1
        return count
      }
      return number % 3 == 0 ? -Int(code) : write(pcm, samples, frames)
    }
    return calls
  }

  @Test(arguments: [EPIPE, ESTRPIPE, EINTR, EAGAIN, 0])
  func underrunsAndInterruptionsLoseNothing(code: Int32) {
    let samples = ramp(9600)
    let (state, frames) = play(samples, calls: failing(with: code))
    #expect(state.output == .device(fileDevice(folder.path + "/out.raw")))
    #expect(Array(frames.prefix(samples.count)) == pcm(samples))
  }

  @Test func shortWritesLoseNothing() {
    var calls = PCMCalls()
    let write = calls.write
    calls.write = { write($0, $1, min($2, 7)) }
    let samples = ramp(9600)
    let (_, frames) = play(samples, calls: calls)
    #expect(Array(frames.prefix(samples.count)) == pcm(samples))
  }

  /// Calls in which the first `failing` devices opened fail from their tenth write on, and only the
  /// first `opening` can be opened. Each device writes to its own file.
  private func losing(failing: Int, opening: Int, code: Int32) -> PCMCalls {
    let state = Monitor((opened: 0, writes: 0))
    let path = folder.path
    var calls = PCMCalls()
    let (open, write) = (calls.open, calls.write)
    calls.open = { _ in
      let number = state.change { state -> Int in
        state.opened += 1
        state.writes = 0
        return state.opened
      }
      return number > opening
        ? .failure(PCMError(code: -ENODEV)) : open(fileDevice("\(path)/\(number).raw"))
    }
    calls.write = { pcm, samples, frames in
      let fails = state.change { state -> Bool in
        state.writes += 1
        return state.opened <= failing && state.writes >= 10
      }
      return fails ? -Int(code) : write(pcm, samples, frames)
    }
    return calls
  }

  @Test func aReopenedDeviceContinuesWhereItWas() {
    let samples = ramp(9600)
    let (state, _) = play(samples, calls: losing(failing: 1, opening: 2, code: ENODEV))
    #expect(state.output == .device(fileDevice(folder.path + "/out.raw")))
    let first = recorded(folder.path + "/1.raw")
    let second = recorded(folder.path + "/2.raw")
    #expect(first == pcm(Array(samples[..<(9 * 480)])))
    #expect(Array((first + second).prefix(9600)) == pcm(samples))
  }

  /// Some devices cannot be reopened; others can, but keep failing.
  @Test(arguments: [ENODEV, EAGAIN, EPIPE], [1, 9])
  func aLostDeviceIsReportedAndThePlayheadMovesOn(code: Int32, opening: Int) {
    let samples = ramp(14_400)
    let (state, _) = play(samples, calls: losing(failing: 9, opening: opening, code: code))
    guard case .silent(let reason) = state.output else {
      Issue.record("the output is \(state.output)")
      return
    }
    #expect(reason.hasPrefix("the sound device file:"))
    #expect(reason.contains("was lost ("))
    #expect(state.position == 0.3)
  }

  // MARK: Opening

  @Test func anUnknownDeviceIsSilentWithTheReason() {
    let output = ALSAOutput.open(device: "no-such-device", sampleRate: 44_100)
    guard case .silent(let reason) = output.description else {
      Issue.record("opened \(output.description)")
      return
    }
    #expect(reason.hasPrefix("the sound device no-such-device cannot be used ("))
    #expect(output.sampleRate == 44_100)
  }

  @Test func theDefaultDevicesAreTriedInOrder() {
    let tried = Monitor<[String]>([])
    var calls = PCMCalls()
    let open = calls.open
    calls.open = { name in
      tried.change { $0.append(name) }
      return name == "sysdefault" ? open("null") : .failure(PCMError(code: -ENOENT))
    }
    let output = ALSAOutput.open(device: nil, sampleRate: 44_100, calls: calls)
    #expect(output.description == .device("sysdefault"))
    #expect(tried.withLock { $0 } == ["default", "pipewire", "pulse", "sysdefault"])
  }

  @Test func aDeviceThatDoesNotAnswerIsSilentWithTheReasonAndNotAskedAgain() {
    let asked = Monitor(0)
    let gate = Monitor(false)
    var calls = PCMCalls()
    let open = calls.open
    calls.unanswered = Monitor([])
    calls.open = { _ in
      asked.change { $0 += 1 }
      gate.wait { $0 ? .found(()) : .retry() }
      return open("null")
    }
    for _ in 0..<2 {
      let output = ALSAOutput.open(device: "hung", sampleRate: 44_100, calls: calls)
      #expect(
        output.description
          == .silent(
            "the sound device hung cannot be used (it does not answer); `etude devices` lists others"
          ))
    }
    #expect(asked.withLock { $0 } == 1)
    gate.change { $0 = true }
    // Once it has answered it can be used again; the late answer itself is closed.
    let clock = ContinuousClock()
    let end = clock.now + .seconds(10)
    var output = ALSAOutput.open(device: "hung", sampleRate: 44_100, calls: calls)
    while output.description != .device("hung"), clock.now < end {
      output = ALSAOutput.open(device: "hung", sampleRate: 44_100, calls: calls)
    }
    #expect(output.description == .device("hung"))
  }

  @Test func aDefaultDeviceThatDoesNotAnswerIsNotWaitedForLong() {
    let gate = Monitor(false)
    defer { gate.change { $0 = true } }
    var calls = PCMCalls()
    let open = calls.open
    calls.unanswered = Monitor([])
    calls.open = { name in
      if name == "sysdefault" { return open("null") }
      gate.wait { $0 ? .found(()) : .retry() }
      return .failure(PCMError(code: -ENOENT))
    }
    let clock = ContinuousClock()
    let time = clock.measure {
      let output = ALSAOutput.open(device: nil, sampleRate: 44_100, calls: calls)
      #expect(output.description == .device("sysdefault"))
    }
    #expect(time < .seconds(5))
    let devices = PlaybackDevice.all(calls: calls)
    #expect(
      devices.filter { !$0.isAnswering }.map(\.name).prefix(3)
        == ["default", "pipewire", "pulse"])
    #expect(devices.contains { $0.name == "sysdefault" })
  }

  /// A device with a fixed rate: ALSA's converter holds frames back, which the silence at the end must
  /// flush out.
  @Test func aFixedRateDevicePlaysToTheLastSample() throws {
    let path = folder.path + "/out.raw"
    let configuration = """
      pcm.fixed { type plug slave { pcm { type file file "\(path)" format raw
        slave.pcm { type null } } format S16_LE channels 2 rate 48000 } }
      """
    var calls = PCMCalls()
    calls.open = { _ in
      var config: OpaquePointer?
      var pcm: OpaquePointer?
      var code = snd_config_load_string(&config, configuration, 0)
      if code == 0 {
        code = snd_pcm_open_lconf(
          &pcm, "fixed", SND_PCM_STREAM_PLAYBACK, Int32(SND_PCM_NONBLOCK), config)
      }
      if let pcm, code == 0 { return .success(pcm) }
      return .failure(PCMError(code: code))
    }
    let seconds = 0.2
    let samples = [Float](repeating: 0.5, count: Int(44_100 * seconds))
    let (state, frames) = play(samples, rate: 44_100, calls: calls)
    #expect(state.position == seconds)
    let sounding = frames.lastIndex { abs(Int($0)) > 8192 } ?? 0
    #expect(abs(sounding - Int(48_000 * seconds)) < 48)
  }
}
