import RunningCells
import Testing

@Suite struct SoundsTests {
  @Test func playsFloatsUnchanged() throws {
    let track = try #require(
      RunningCell("play([0.5, -1.0, 2.0], 8000, label=\"clicks\")").tracks.first)
    #expect(track.samples == [0.5, -1, 2])
    #expect(track.sampleRate == 8000)
    #expect(track.label == "clicks")
  }

  @Test(
    arguments: [
      ("int16", "[16384, -32768]", [0.5, -1]), ("int32", "[1073741824, 0]", [0.5, 0]),
      ("uint8", "[128, 0]", [0, -1]), ("float32", "[0.25, 1]", [0.25, 1]),
      ("int64", "[0, 1]", [0, 1]),
    ] as [(String, String, [Float])])
  func scalesIntegersByTheirRange(type: String, values: String, samples: [Float]) throws {
    let track = try #require(
      RunningCell("play(np.array(\(values), dtype=\"\(type)\"), 44100)").tracks.first)
    #expect(track.samples == samples)
  }

  @Test("Two channels are left and right; more are averaged")
  func channels() throws {
    let stereo = try #require(RunningCell("play([[1.0, 0.0], [0.5, 0.25]], 44100)").tracks.first)
    #expect(stereo.samples == [1, 0.5] && stereo.right == [0, 0.25])
    #expect(stereo.interleaved == [1, 0, 0.5, 0.25] && stereo.channelCount == 2)
    #expect(stereo.mixed == [0.5, 0.375])
    let four = try #require(RunningCell("play([[1.0, 0.0, 0.5, 0.5]], 44100)").tracks.first)
    #expect(four.samples == [0.5] && four.right == nil)
    let mono = try #require(RunningCell("play([[1.0], [0.5]], 44100)").tracks.first)
    #expect(mono.samples == [1, 0.5] && mono.right == nil)
    #expect(mono.interleaved == mono.samples && mono.channelCount == 1)
  }

  @Test(arguments: [
    ("play([], 44100)", "no samples"), ("play([1.0], 0)", "Hz"), ("play([1.0], np.nan)", "Hz"),
    ("play(np.zeros((2, 44100)), 44100)", ".T"), ("play(1.0, 44100)", "samples"),
    ("play(np.fft.rfft([1, 2]), 44100)", "real"),
  ])
  func rejectsWhatIsNotASound(source: String, message: String) {
    #expect(failure(of: source)?.contains(message) == true, "\(failure(of: source) ?? "played")")
  }
}
