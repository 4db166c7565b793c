import Compute
import Messages
import Signals
import Testing

struct FrequencySamplingTests {
  @Test("responses are SciPy's")
  func scipy() throws {
    for row in try Fixtures.scipy().responses {
      let grid: FrequencyGrid =
        row.worN.count.map { .count($0, whole: row.whole ?? false) } ?? .frequencies(row.worN.list)
      let (frequencies, response) = try freqz(
        NDArray(row.b), NDArray(row.a ?? [1]), at: grid, sampleRate: row.fs ?? 2 * .pi)
      #expect(try zip(frequencies.doubles, row.frequencies).allSatisfy { abs($0 - $1) < 1e-12 })
      #expect(response.count == row.real.count)
      let peak = row.real.map(abs).max() ?? 1
      for (index, value) in try response.values(as: Complex.self).enumerated() {
        let expected = Complex(row.real[index], row.imaginary[index])
        #expect((value - expected).magnitude < 1e-13 * max(1, peak), "\(row)")
      }
    }
  }

  @Test("transform and Horner's scheme agree")
  func ways() throws {
    let kernel = NDArray(try firwin(301, cutoff: [0.1]))
    let (frequencies, byTransform) = try freqz(kernel, at: .count(1000, whole: false))
    let (_, byHorner) = try freqz(kernel, at: .frequencies(frequencies.doubles))
    let distance = try NDArray.unary(
      .absolute, .binary(.subtract, .array(byTransform), .array(byHorner)))
    #expect(try distance.maximum().doubles[0] < 1e-13)
  }

  @Test func noFrequenciesHaveNoResponse() throws {
    let (frequencies, response) = try freqz(NDArray([1.0, 2]), at: .count(0, whole: true))
    #expect(frequencies.count == 0 && response.count == 0)
  }

  @Test func whatCannotBeSampledIsSaid() {
    #expect(throws: Diagnostic.self) { try freqz(NDArray([Double]())) }
    #expect(throws: Diagnostic.self) { try freqz(NDArray(shape: [1, 1], values: [1.0])) }
    #expect(throws: Diagnostic.self) { try freqz(NDArray([1.0]), at: .count(-1, whole: true)) }
    #expect(throws: Diagnostic.self) { try freqz(NDArray([1.0]), at: .count(.max, whole: true)) }
  }
}
