import Sounds
import Testing

@Suite struct Int16SampleTests {
  @Test func every16BitSampleRoundTrips() {
    #expect((Int16.min...Int16.max).allSatisfy { Int16(sample: Float($0) / 32768) == $0 })
  }

  @Test(
    arguments: [
      (1, 32767), (-1, -32768), (1.5, 32767), (-7, -32768), (1e30, 32767), (-1e30, -32768),
      (.infinity, 32767), (-.infinity, -32768), (.nan, 0), (0.4 / 32768, 0), (0.6 / 32768, 1),
      (-0.6 / 32768, -1),
    ] as [(Float, Int16)])
  func clampsAndRounds(sample: Float, pcm: Int16) {
    #expect(Int16(sample: sample) == pcm)
  }
}
