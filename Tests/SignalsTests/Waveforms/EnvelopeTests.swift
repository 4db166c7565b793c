import Signals
import Testing

struct EnvelopeTests {
  @Test func noPeakIsLost() {
    var samples = [Double](repeating: 0, count: 400_000)
    samples[123_456] = 1
    samples[399_999] = -2
    let envelope = Envelope(of: samples, columns: 100)
    #expect(envelope.maxima.count == 100)
    #expect(envelope.maxima.firstIndex(of: 1) == 30)
    #expect(envelope.minima.firstIndex(of: -2) == 99)
    #expect(envelope.maxima.count { $0 != 0 } == 1)
  }

  @Test func everySampleIsInExactlyOneColumn() {
    let samples = (0..<17).map(Double.init)
    let envelope = Envelope(of: samples, columns: 5)
    #expect(envelope.minima == [0, 3, 6, 10, 13])
    #expect(envelope.maxima == [2, 5, 9, 12, 16])
  }

  @Test func fewSamplesRepeat() {
    let envelope = Envelope(of: [1, 2], columns: 4)
    #expect(envelope.minima == [1, 1, 2, 2])
    #expect(envelope.maxima == [1, 1, 2, 2])
  }

  @Test func rangesAreClamped() {
    let samples = (0..<10).map(Double.init)
    #expect(Envelope(of: samples, in: 4..<8, columns: 2).maxima == [5, 7])
    #expect(Envelope(of: samples, in: 8..<100, columns: 1).minima == [8])
    #expect(Envelope(of: samples, in: 20..<30, columns: 3).minima == [])
    #expect(Envelope(of: [], columns: 3).minima == [])
    #expect(Envelope(of: samples, columns: 0).minima == [])
  }

  @Test func nanIsPassedOver() {
    let envelope = Envelope(of: [.nan, 3, .nan, .nan, .infinity, .infinity], columns: 3)
    #expect(envelope.maxima[0] == 3)
    #expect(envelope.maxima[1].isNaN && envelope.minima[1].isNaN)
    #expect(envelope.minima[2] == .infinity)
  }
}
