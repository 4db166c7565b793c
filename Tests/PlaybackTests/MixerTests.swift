import Playback
import Sounds
import Testing

/// Samples that identify their index: n / 32768, exact in 16 bits.
private func ramp(_ count: Int, from first: Int = 1, sign: Float = 1) -> [Float] {
  (0..<count).map { sign * Float(first + $0) / 32768 }
}

private func source(_ samples: [Float], rate: Double = 48_000) -> Source {
  Source(Track(samples: samples, sampleRate: rate, label: "test"))
}

/// A mixer with tracks that need no resampling.
private func mixer(_ tracks: [[Float]], rate: Double = 48_000) -> Mixer {
  var mixer = Mixer(outputRate: 48_000)
  mixer.load(tracks.map { source($0, rate: rate) }, keepingPosition: false)
  return mixer
}

extension Mixer {
  /// The next frames; both channels must be the same.
  mutating func frames(_ count: Int) -> [Int16] {
    var period = [Int16](repeating: 99, count: 2 * count)
    period.withUnsafeMutableBufferPointer { render(into: $0) }
    for index in 0..<count where period[2 * index] != period[2 * index + 1] {
      Issue.record("left and right differ at frame \(index)")
    }
    return (0..<count).map { period[2 * $0] }
  }
}

private func pcm(_ samples: [Float]) -> [Int16] { samples.map { Int16(sample: $0) } }

/// A linear cross-fade over the whole length, ending with the last new sample alone.
private func fade(_ old: [Float], _ new: [Float]) -> [Int16] {
  zip(old, new).enumerated().map { index, pair in
    let share = Float(index + 1) / Float(old.count)
    return Int16(sample: pair.0 * (1 - share) + pair.1 * share)
  }
}

private let silence = [Float](repeating: 0, count: 10)

@Suite struct MixerTests {
  @Test func playingFromTheStartGivesTheSamplesUnchanged() {
    let samples = ramp(25, from: -12)
    var mixer = mixer([samples])
    #expect(mixer.frames(10) == [Int16](repeating: 0, count: 10))
    mixer.play()
    #expect(mixer.frames(10) == pcm(samples)[..<10].map { $0 })
    #expect(mixer.frames(10) == pcm(samples)[10..<20].map { $0 })
    #expect(mixer.isPlaying)
    #expect(mixer.frames(10) == pcm(Array(samples[20...]) + silence[..<5]))
    #expect(!mixer.isPlaying)
    #expect(mixer.frame == 25)
    #expect(mixer.frames(10) == pcm(silence))
  }

  @Test("Two channels reach two channels, through fades and at other rates, too")
  func stereo() {
    let (left, right) = (ramp(30), ramp(30, from: 100, sign: -1))
    func frames(_ count: Int, of mixer: inout Mixer) -> [Int16] {
      var period = [Int16](repeating: 99, count: 2 * count)
      period.withUnsafeMutableBufferPointer { mixer.render(into: $0) }
      return period
    }
    func mixer(rate: Double) -> Mixer {
      var mixer = Mixer(outputRate: 48_000)
      mixer.load(
        [Source(Track(samples: left, right: right, sampleRate: rate, label: "both"))],
        keepingPosition: false)
      mixer.play()
      return mixer
    }
    var exact = mixer(rate: 48_000)
    let expected = zip(pcm(left), pcm(right)).flatMap { [$0, $1] }
    #expect(frames(10, of: &exact) == Array(expected[..<20]))
    exact.pause()
    let faded = frames(10, of: &exact)
    let sides = (fade(Array(left[10..<20]), silence), fade(Array(right[10..<20]), silence))
    #expect(faded == zip(sides.0, sides.1).flatMap { [$0, $1] })
    var resampled = mixer(rate: 24_000)
    let halves = frames(20, of: &resampled)
    // Every second frame is a sample.
    #expect(halves[4 * 5] == pcm(left)[5] && halves[4 * 5 + 1] == pcm(right)[5])
  }

  @Test("The loudness of two channels is that of both")
  func stereoLoudness() {
    let one = Source(Track(samples: [0.5, 0.5], sampleRate: 8000, label: "one"))
    let both = Source(
      Track(samples: [0.5, 0.5], right: [0, 0], sampleRate: 8000, label: "both"))
    #expect(one.rms == 0.5)
    #expect(abs(both.rms - (0.125 as Double).squareRoot()) < 1e-12)
  }

  @Test func atTheEndPlayStartsAgain() {
    var mixer = mixer([ramp(10)])
    mixer.play()
    _ = mixer.frames(10)
    #expect(!mixer.isPlaying)
    mixer.play()
    #expect(mixer.frames(5) == pcm(ramp(5)))
  }

  @Test func pausingFadesOutAndResumingFadesIn() {
    let samples = ramp(100, from: 1000)
    var mixer = mixer([samples])
    mixer.play()
    _ = mixer.frames(10)
    mixer.pause()
    #expect(mixer.frames(10) == fade(Array(samples[10..<20]), silence))
    #expect(mixer.frames(10) == pcm(silence))
    #expect(mixer.frame == 10)
    mixer.play()
    #expect(mixer.frames(10) == fade(silence, Array(samples[10..<20])))
    #expect(mixer.frames(10) == pcm(Array(samples[20..<30])))
  }

  @Test func seekingCrossFades() {
    let samples = ramp(1000, from: 5000)
    var mixer = mixer([samples])
    mixer.play()
    _ = mixer.frames(10)
    mixer.seek(to: 500.0 / 48_000)
    #expect(mixer.frames(10) == fade(Array(samples[10..<20]), Array(samples[500..<510])))
    #expect(mixer.frames(10) == pcm(Array(samples[510..<520])))
  }

  @Test(arguments: [(-1, 0), (0, 0), (.infinity, 100), (-.infinity, 0), (1e300, 100), (.nan, 50)])
  func seekingStaysWithinTheTrack(seconds: Double, frame: Int) {
    var mixer = mixer([ramp(100)])
    mixer.seek(to: 50.0 / 48_000)
    mixer.seek(to: seconds)
    #expect(mixer.frame == frame)
  }

  @Test func switchingCrossFadesAtTheSamePosition() {
    let (first, second) = (ramp(100, from: 1000), ramp(100, from: 3000, sign: -1))
    var mixer = mixer([first, second])
    mixer.play()
    _ = mixer.frames(10)
    mixer.select(1)
    #expect(mixer.frames(10) == fade(Array(first[10..<20]), Array(second[10..<20])))
    #expect(mixer.frames(10) == pcm(Array(second[20..<30])))
    mixer.select(7)
    #expect(mixer.selected == 1)
    #expect(mixer.frames(10) == pcm(Array(second[30..<40])))
  }

  /// Fades out, pauses, and fades in, five periods later: also where the track stays the same.
  @Test(arguments: [0, 1])
  func switchingThroughSilenceDoesNotTellWhetherTheTrackIsAnother(next: Int) {
    let tracks = [ramp(200, from: 1000), ramp(200, from: 3000, sign: -1)]
    var mixer = mixer(tracks)
    mixer.play()
    _ = mixer.frames(10)
    mixer.select(next, throughSilence: true)
    #expect(mixer.frames(10) == fade(Array(tracks[0][10..<20]), silence))
    for _ in 0..<4 { #expect(mixer.frames(10) == pcm(silence)) }
    #expect(mixer.frames(10) == fade(silence, Array(tracks[next][60..<70])))
    #expect(mixer.frames(10) == pcm(Array(tracks[next][70..<80])))
  }

  @Test func aSwitchThroughSilenceTakesNothingFromWhatIsPlayedLater() {
    let tracks = [ramp(100, from: 1000), ramp(100, from: 3000, sign: -1)]
    var mixer = mixer(tracks)
    mixer.select(1, throughSilence: true)
    mixer.play()
    #expect(mixer.frames(10) == pcm(Array(tracks[1][..<10])), "nothing played before")
    mixer.select(0, throughSilence: true)
    mixer.pause()
    mixer.seek(to: 0)
    _ = mixer.frames(10)
    mixer.play()
    #expect(mixer.frames(10) == pcm(Array(tracks[0][..<10])))
  }

  @Test func aShorterTrackStartsFromItsBeginning() {
    let (long, short) = (ramp(100, from: 1000), ramp(20, from: 3000, sign: -1))
    var mixer = mixer([long, short])
    mixer.play()
    _ = mixer.frames(30)
    mixer.select(1)
    #expect(mixer.frames(10) == fade(Array(long[30..<40]), Array(short[..<10])))
    mixer.select(0)
    _ = mixer.frames(25)
    mixer.isLooping = true
    mixer.select(1)
    #expect(mixer.frame == 35 % 20)
  }

  @Test func loadingDuringPlaybackCrossFades() {
    let (first, second) = (ramp(100, from: 1000), ramp(90, from: 3000, sign: -1))
    var mixer = mixer([first])
    mixer.play()
    _ = mixer.frames(10)
    mixer.load([source(second)], keepingPosition: true)
    #expect(mixer.isPlaying)
    #expect(mixer.frames(10) == fade(Array(first[10..<20]), Array(second[10..<20])))
    #expect(mixer.frames(10) == pcm(Array(second[20..<30])))
    // Another page: fades out and returns to the start.
    mixer.load([source(first)], keepingPosition: false)
    #expect(!mixer.isPlaying)
    #expect(mixer.frames(10) == fade(Array(second[30..<40]), silence))
    #expect(mixer.frame == 0)
  }

  @Test func loadingFewerTracksSelectsTheLast() {
    var mixer = mixer([ramp(10), ramp(10), ramp(10)])
    mixer.select(2)
    mixer.load([source(ramp(10)), source(ramp(10))], keepingPosition: true)
    #expect(mixer.selected == 1)
    mixer.load([], keepingPosition: true)
    #expect(mixer.selected == 0)
    mixer.play()
    #expect(!mixer.isPlaying)
    #expect(mixer.frames(10) == pcm(silence))
  }

  @Test func loopingHasNoGap() {
    let samples = ramp(7)
    var mixer = mixer([samples])
    mixer.isLooping = true
    mixer.play()
    #expect(mixer.frames(20) == pcm((0..<20).map { samples[$0 % 7] }))
    #expect(mixer.frame == 20 % 7)
    mixer.isLooping = false
    #expect(mixer.frames(10) == pcm(Array(samples[6...]) + silence[..<9]))
    #expect(!mixer.isPlaying)
  }

  @Test func matchingLoudnessOnlyAttenuatesAndNeverChangesTheFirst() {
    let half = [Float](repeating: 0.5, count: 100)
    let full = [Float](repeating: 1, count: 100)
    let quiet = [Float](repeating: 0.1, count: 100)
    var mixer = mixer([half, full, quiet])
    #expect((0..<3).map { mixer.gain(ofTrack: $0) } == [1, 1, 1])
    mixer.isMatchingLoudness = true
    #expect((0..<3).map { mixer.gain(ofTrack: $0) } == [1, 0.5, 1])
    // The gain fades in.
    mixer.isMatchingLoudness = false
    mixer.select(1)
    mixer.play()
    #expect(mixer.frames(10) == pcm(Array(full[..<10])))
    mixer.isMatchingLoudness = true
    #expect(mixer.frames(10) == fade(Array(full[..<10]), Array(half[..<10])))
    #expect(mixer.frames(10) == pcm(Array(half[..<10])))
  }

  @Test func aSilentFirstTrackDoesNotSilenceOthers() {
    var mixer = mixer([[0, 0], [1, 1]])
    mixer.isMatchingLoudness = true
    #expect(mixer.gain(ofTrack: 1) == 1)
  }

  @Test func outOfRangeSamplesAreClampedAndNaNIsSilent() {
    var mixer = mixer([[2, -2, .nan, .infinity, -.infinity, 1e38, 0.5]])
    mixer.isMatchingLoudness = true
    mixer.play()
    #expect(mixer.frames(7) == [32767, -32768, 0, 32767, -32768, 32767, 16384])
  }

  @Test(arguments: [1, 11, 4_000, 44_100.4, 768_000, 1_000_000])
  func unusualRatesPlay(rate: Double) {
    // A constant, long enough that the interpolation at its middle does not reach the ends.
    let count = max(200, Int(rate / 50))
    var mixer = mixer([[Float](repeating: 0.5, count: count)], rate: rate)
    mixer.setOutputRate(mixer.preferredRate)
    #expect(Source.deviceRates.contains(mixer.outputRate))
    mixer.play()
    #expect(mixer.isPlaying)
    let seconds = Double(mixer.frameCount) / Double(mixer.outputRate)
    #expect(abs(seconds - Double(count) / rate) <= 1 / Double(mixer.outputRate) + 1e-5)
    mixer.seek(to: seconds / 2)
    _ = mixer.frames(10)
    #expect(mixer.frames(10).allSatisfy { abs(Int($0) - 16384) <= 20 })
  }

  @Test(arguments: [0, -1, 0.5, 1e9, .infinity, -.infinity, .nan])
  func impossibleRatesAreReported(rate: Double) {
    var mixer = mixer([ramp(100)], rate: rate)
    #expect(mixer.sources[0].problem?.contains("Hz cannot be played; give one from") == true)
    mixer.play()
    #expect(!mixer.isPlaying)
    #expect((4_000...192_000).contains(mixer.preferredRate))
  }

  @Test func anEmptyTrackEndsAtOnce() {
    var mixer = mixer([[], ramp(20)])
    mixer.isLooping = true
    mixer.play()
    #expect(!mixer.isPlaying)
    #expect(mixer.sources[0].problem == "the track has no samples")
    mixer.select(1)
    mixer.play()
    _ = mixer.frames(5)
    mixer.select(0)
    #expect(mixer.frames(10).last == 0)
    #expect(!mixer.isPlaying)
  }

  @Test func theHighestRateOfTheTracksIsPreferred() {
    var mixer = Mixer()
    let rates = [22_050.0, 44_100, 11]
    mixer.load(rates.map { source(ramp(10), rate: $0) }, keepingPosition: false)
    #expect(mixer.preferredRate == 44_100)
  }

  @Test func aTrackAtHalfTheRateKeepsItsSamplesAndTakesTwiceAsLong() {
    let samples = ramp(50, from: 100)
    var mixer = Mixer(outputRate: 44_100)
    mixer.load([source(samples, rate: 22_050)], keepingPosition: false)
    #expect(mixer.frameCount == 100)
    mixer.play()
    let frames = mixer.frames(100)
    #expect((0..<50).map { frames[2 * $0] } == pcm(samples))
  }

  @Test func aChangeOfRateKeepsThePositionInSeconds() {
    var mixer = mixer([ramp(48_000 / 2)])
    mixer.seek(to: 0.25)
    mixer.setOutputRate(44_100)
    #expect(mixer.frame == 11_025)
  }
}
