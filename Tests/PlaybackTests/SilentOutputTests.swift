import Playback
import Testing

/// What keeps time by the clock: silence, and ALSA devices that take everything at once.
@Suite(.timeLimit(.minutes(1))) struct SilentOutputTests {
  private static func outputs() -> [any SoundOutput] {
    [
      SilentOutput(sampleRate: 48_000, reason: "a test"),
      ALSAOutput.open(device: "null", sampleRate: 48_000),
    ]
  }

  @Test func writingRunsAheadOfTheClockByTheBufferOnly() throws {
    for output in Self.outputs() {
      let period = [Int16](repeating: 0, count: 2 * 480)
      let clock = ContinuousClock()
      let start = clock.now
      var delays: [Int] = []
      for _ in 0..<30 {
        try period.withUnsafeBufferPointer { try output.write($0) }
        delays.append(output.delay)
      }
      // The buffer holds 50 ms, plus the period being written.
      #expect(delays.allSatisfy { (0...2880).contains($0) })
      #expect(delays.contains { $0 > 0 })
      #expect(clock.now - start >= .milliseconds(300 - 60))
      output.close()
    }
  }
}
