import Compute
import Foundation
import Signals
import Testing

struct FIRDesignTests {
  private struct Golden: Decodable {
    struct Filter: Decodable {
      var key: String
      var numtaps: Int
      var cutoff: Double
      var fs: Double
      var window: String
    }
    var firwin: [Filter]
  }

  @Test("the reference filters, to 1e-15 of their peak")
  func golden() throws {
    let arrays = try SafeTensors("signal.safetensors").arrays
    let table = try JSONDecoder().decode(Golden.self, from: Fixtures.data("signal.json"))
    #expect(table.firwin.count == 9)
    for filter in table.firwin {
      let window = try #require(Window(name: filter.window))
      let taps = try firwin(
        filter.numtaps, cutoff: [filter.cutoff], window: window, sampleRate: filter.fs)
      let expected = try #require(arrays[filter.key])
      #expect(taps.count == expected.count)
      let peak = expected.map(abs).max() ?? 0
      #expect(zip(taps, expected).allSatisfy { abs($0 - $1) <= 2e-15 * peak }, "\(filter)")
    }
  }

  @Test("every kind of band and window is SciPy's")
  func scipy() throws {
    for filter in try Fixtures.scipy().filters {
      let taps = try firwin(
        filter.numtaps, cutoff: filter.cutoff, window: filter.window.window,
        pass: filter.pass_zero?.pass ?? .zero(true), scale: filter.scale ?? true,
        sampleRate: filter.fs)
      #expect(taps.count == filter.taps.count)
      #expect(zip(taps, filter.taps).allSatisfy { abs($0 - $1) < 1e-14 }, "\(filter)")
    }
  }

  private func message(
    _ taps: Int, _ cutoff: [Double], _ pass: PassBand = .zero(true), rate: Double = 1000
  ) -> String? {
    do {
      _ = try firwin(taps, cutoff: cutoff, pass: pass, sampleRate: rate)
      return nil
    } catch { return error.message }
  }

  @Test func whatCannotBeDesignedIsSaid() {
    #expect(
      message(10, [100], .highpass)
        == "a filter with an even number of taps cannot let half the sampling rate pass, as this "
        + "one should")
    for cutoff in [[0], [-1], [500], [600], [.nan], [100, 100], [200, 100], []] {
      #expect(message(11, cutoff) != nil, "\(cutoff)")
    }
    #expect(
      message(11, [500])
        == "a cut-off frequency must be greater than 0 and less than half the sampling rate, 500.0 Hz"
    )
    #expect(
      message(11, [100, 200], .lowpass) == "a lowpass filter takes one cut-off frequency, not 2")
    #expect(message(11, [100], .bandpass) != nil)
    #expect(message(0, [100]) == "a filter needs at least 1 tap, not 0")
    #expect(message(.max, [100]) != nil)
    #expect(message(11, [100], rate: 0) != nil)
    #expect(message(11, [100], rate: .infinity) != nil)
  }
}
