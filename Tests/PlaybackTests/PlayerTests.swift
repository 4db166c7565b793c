import Concurrency
import Playback
import Sounds
import Testing

/// Samples exact in 16 bits, each different from its neighbours.
private func ramp(_ count: Int, sign: Float = 1) -> [Float] {
  (0..<count).map { sign * Float(1 + $0 % 32_000) / 32768 }
}

private func track(_ samples: [Float], rate: Double = 48_000) -> Track {
  Track(samples: samples, sampleRate: rate, label: "test")
}

/// A player whose output accepts periods of 480 frames when the test says so.
private func steppedPlayer(
  lingerSeconds: Double = 60, delay: Int = 0
) -> (Player, Monitor<Recording>) {
  let recording = Monitor(Recording())
  let player = Player(lingerSeconds: lingerSeconds) {
    SteppedOutput(sampleRate: $0, delay: delay, recording: recording)
  }
  return (player, recording)
}

/// Lets a player end, whatever its output is waiting for.
private func finish(_ player: Player, _ recording: Monitor<Recording>) {
  recording.change { $0.periodsAllowed = .max / 2 }
  player.close()
}

@Suite(.timeLimit(.minutes(1))) struct PlayerTests {
  @Test func nothingIsOpenedBeforePlay() {
    let (player, recording) = steppedPlayer()
    player.load([track(ramp(1000))], keepingPosition: false)
    player.seek(to: 0.01)
    player.setLooping(true)
    #expect(player.state.output == .notOpened)
    #expect(player.state.position == 0.01)
    #expect(player.state.duration == 1000.0 / 48_000)
    #expect(recording.change { $0.openedRates } == [])
  }

  @Test func openingPlaysNothing() {
    let (player, recording) = steppedPlayer()
    player.load([track(ramp(1000))], keepingPosition: false)
    player.open()
    recording.step(1)
    #expect(player.state.output != .notOpened)
    #expect(!player.state.isPlaying && player.state.position == 0)
    #expect(recording.change { $0.openedRates } == [48_000])
    finish(player, recording)
  }

  @Test func commandsTakeEffectAtTheNextPeriod() {
    let (player, recording) = steppedPlayer()
    let (first, second) = (ramp(48_000), ramp(48_000, sign: -1))
    player.load([track(first), track(second)], keepingPosition: false)
    player.play()
    var expected = Mixer()
    expected.load([first, second].map { Source(track($0)) }, keepingPosition: false)
    expected.play()

    recording.step(2)
    var frames = expected.frames(3 * 480)
    player.select(1)
    expected.select(1)
    recording.step(2)
    frames += expected.frames(480) + expected.frames(480)
    player.seek(to: 0.5)
    expected.seek(to: 0.5)
    recording.step(1)
    frames += expected.frames(480)
    player.pause()
    expected.pause()
    recording.step(2)
    frames += expected.frames(480) + expected.frames(480)
    player.play()
    expected.play()
    recording.step(1)
    #expect(recording.frames == frames)
    #expect(recording.change { $0.openedRates } == [48_000])
    finish(player, recording)
  }

  @Test func thePositionIsWhatIsHeard() {
    let (player, recording) = steppedPlayer(delay: 960)
    player.load([track(ramp(4800))], keepingPosition: false)
    player.play()
    recording.step(5)
    #expect(player.state.position == Double(5 * 480 - 960) / 48_000)
    // The end has been written but not heard yet.
    recording.step(6)
    #expect(player.state.isPlaying)
    #expect(player.state.position == Double(11 * 480 - 960) / 48_000)
    recording.step(1)
    #expect(!player.state.isPlaying)
    #expect(player.state.position == 0.1)
    finish(player, recording)
  }

  @Test func relativeSeeksAddUp() {
    let (player, recording) = steppedPlayer(delay: 2400)
    player.load([track(ramp(480_000))], keepingPosition: false)
    player.seek(by: 1)
    player.seek(by: 2.5)
    player.seek(by: -0.5)
    #expect(player.state.position == 3)
    player.seek(by: -9)
    #expect(player.state.position == 0)
    finish(player, recording)
  }

  @Test func aNewRateIsUsedAfterSilence() {
    let (player, recording) = steppedPlayer()
    player.load([track(ramp(48_000))], keepingPosition: false)
    player.play()
    recording.step(1)
    player.load([track(ramp(4410), rate: 44_100)], keepingPosition: false)
    recording.step(3)
    player.play()
    // One more period of silence is under way; then the output is reopened.
    let before = recording.frames.count
    recording.step(11)
    #expect(recording.change { $0.openedRates } == [48_000, 44_100])
    #expect(Array(recording.frames[(before + 480)...]) == ramp(4410).map { Int16(sample: $0) })
    finish(player, recording)
  }

  @Test func stoppingReleasesTheDevice() {
    let (player, recording) = steppedPlayer()
    player.load([track(ramp(48_000))], keepingPosition: false)
    player.play()
    recording.step(4)
    player.stop()
    #expect(!player.state.isPlaying)
    #expect(player.state.position == 0)
    recording.change { $0.periodsAllowed = .max / 2 }
    recording.wait { $0.closeCount == 1 ? .found(()) : .retry() }
    #expect(recording.frames.suffix(2400).allSatisfy { $0 == 0 })
    // And again.
    player.play()
    recording.wait { $0.openedRates.count == 2 ? .found(()) : .retry() }
    finish(player, recording)
  }

  @Test func theDeviceIsReleasedAfterTheEnd() {
    let (player, recording) = steppedPlayer(lingerSeconds: 0.1)
    recording.change { $0.periodsAllowed = .max / 2 }
    player.load([track(ramp(1000))], keepingPosition: false)
    player.play()
    recording.wait { $0.closeCount == 1 ? .found(()) : .retry() }
    let expected = ramp(1000).map { Int16(sample: $0) }
    #expect(Array(recording.frames[..<1000]) == expected)
    #expect(recording.frames[1000...].allSatisfy { $0 == 0 })
    #expect(recording.frames.count >= 1000 + 4800)
  }

  @Test func afterLosingTheDeviceThePlayheadMovesOnInSilence() {
    let (player, recording) = steppedPlayer()
    player.load([track(ramp(24_000))], keepingPosition: false)
    player.play()
    recording.step(3)
    recording.change { $0.losesDevice = true }
    #expect(player.wait(seconds: 30) { $0.output == .silent("the test took the device away") })
    #expect(player.state.isPlaying)
    #expect(player.wait(seconds: 30) { !$0.isPlaying })
    #expect(player.state.position == 0.5)
    #expect(recording.change { $0.closeCount } == 1)
    player.close()
  }

  @Test func aSilentOutputKeepsTime() {
    let player = Player(lingerSeconds: 0) { SilentOutput(sampleRate: $0, reason: "a test") }
    player.load([track(ramp(9600))], keepingPosition: false)
    let clock = ContinuousClock()
    let start = clock.now
    player.play()
    #expect(player.wait(seconds: 30) { $0.position > 0 && $0.position < 0.2 })
    #expect(player.wait(seconds: 30) { !$0.isPlaying })
    #expect(clock.now - start >= .milliseconds(195))
    #expect(player.state.position == 0.2)
    #expect(player.state.output == .silent("a test"))
  }

  @Test func theStateReportsTracksAndGains() {
    let (player, _) = steppedPlayer()
    player.load(
      [
        Track(samples: [0.25, -0.25], sampleRate: 2, label: "soft"),
        Track(samples: [0.5, -0.5], sampleRate: 2, label: "loud"),
        Track(samples: [1], sampleRate: .nan, label: "odd"),
      ], keepingPosition: false)
    player.setMatchingLoudness(true)
    let state = player.state
    #expect(state.tracks.map(\.label) == ["soft", "loud", "odd"])
    #expect(state.tracks.map(\.duration) == [1, 1, 0])
    #expect(state.tracks[0].gainInDecibels == 0)
    #expect(abs(state.tracks[1].gainInDecibels + 6.0206) < 1e-4)
    #expect(state.tracks[2].problem != nil)
    #expect(state.isMatchingLoudness)
  }
}
