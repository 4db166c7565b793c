import Glibc
import Playback
import Testing

@Suite struct ResamplerTests {
  private func sine(_ frequency: Double, rate: Double, count: Int) -> [Float] {
    (0..<count).map { Float(sin(2 * .pi * frequency * Double($0) / rate)) }
  }

  /// The largest deviation from a sine away from the ends.
  private func error(
    of frequency: Double, from rate: Double, to outputRate: Double
  ) -> Float {
    let samples = sine(frequency, rate: rate, count: 4000)
    let duration = Double(samples.count) / rate
    let wanted = Int(duration * outputRate)
    return (wanted / 4..<wanted * 3 / 4).map { index in
      let time = Double(index) / outputRate
      let value = Resampler.value(
        of: samples, at: time * rate, bandwidth: min(1, outputRate / rate))
      return abs(value - Float(sin(2 * .pi * frequency * time)))
    }.max() ?? .infinity
  }

  @Test func aSineStaysASineUpAndDown() {
    #expect(error(of: 1000, from: 22_050, to: 44_100) < 1e-4)
    #expect(error(of: 9000, from: 22_050, to: 48_000) < 1e-4)
    #expect(error(of: 1000, from: 768_000, to: 192_000) < 1e-3)
  }

  @Test func frequenciesAboveTheOutputBandAreFilteredOut() {
    let samples = sine(300_000, rate: 768_000, count: 4000)
    let loudest = (200..<800).map {
      abs(Resampler.value(of: samples, at: Double($0) * 4, bandwidth: 0.25))
    }.max()
    #expect((loudest ?? 1) < 1e-3)
  }

  @Test func isExactAtTheSamples() {
    let samples: [Float] = [0.1, -0.7, 1, 0.25]
    #expect((0..<4).map { Resampler.value(of: samples, at: Double($0), bandwidth: 1) } == samples)
    #expect(Resampler.value(of: samples, at: -40, bandwidth: 1) == 0)
    #expect(Resampler.value(of: samples, at: 1e12, bandwidth: 1) == 0)
    #expect(Resampler.value(of: [], at: 0.5, bandwidth: 1) == 0)
  }
}
