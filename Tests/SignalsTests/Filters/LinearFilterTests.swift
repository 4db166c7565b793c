import Compute
import Messages
import Signals
import Testing

@Suite struct LinearFilterTests {
  private func filtered(
    _ x: [Double], b: [Double], a: [Double], state: inout [Double]?
  ) throws -> [Double] {
    try LinearFilter(numerator: b, denominator: a)
      .filter(NDArray(x), axis: 0, initial: &state).doubles
  }

  /// The definition, term by term.
  private func expected(_ x: [Double], b: [Double], a: [Double]) -> [Double] {
    var y: [Double] = []
    for n in x.indices {
      var sum = 0.0
      for k in 0..<min(b.count, n + 1) { sum += b[k] * x[n - k] }
      for k in 1..<max(1, min(a.count, n + 1)) { sum -= a[k] * y[n - k] }
      y.append(sum / a[0])
    }
    return y
  }

  private static let noise = (0..<700).map { Double(($0 * 7919) % 1009) / 500 - 1 }

  @Test(
    "Every way of computing gives the definition's values",
    arguments: [
      ([1.0], [1.0]), ([0.5, 0.5], [1]), ([1], [2, -0.5]), ([1, 0.5], [1, -0.9]),
      ([1, 2, 3], [1, -0.5, 0.25]), ([1, 2, 3, 4], [1, 0.1, 0.1, 0.1, 0.1]),
      // Mostly zeros.
      ([1] + zeros(99) + [0.5], [1]), ([1], [1] + zeros(99) + [-0.7]),
      ([1] + zeros(9) + [0.25], [1] + zeros(39) + [-0.5] + zeros(20) + [0.2]),
      // Longer than the signal.
      ([1] + zeros(899) + [0.5], [1] + zeros(999) + [-0.7]),
    ] as [([Double], [Double])])
  func values(b: [Double], a: [Double]) throws {
    var none: [Double]?
    let y = try filtered(Self.noise, b: b, a: a, state: &none)
    let wanted = expected(Self.noise, b: b, a: a)
    #expect(zip(y, wanted).allSatisfy { abs($0 - $1) < 1e-12 })
    // In two parts, with what the first one leaves behind.
    var state: [Double]? = zeros(max(a.count, b.count) - 1)
    let first = try filtered(Array(Self.noise[..<300]), b: b, a: a, state: &state)
    let second = try filtered(Array(Self.noise[300...]), b: b, a: a, state: &state)
    #expect(zip(first + second, wanted).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test("nan stays where the feedback brings it")
  func notFinite() throws {
    var none: [Double]?
    let y = try filtered([1, .nan, 1, 1], b: [1] + zeros(7) + [1], a: [1], state: &none)
    #expect(y[0] == 1 && y.dropFirst().allSatisfy(\.isNaN))
  }

  @Test func refusals() {
    #expect(throws: Diagnostic.self) { try LinearFilter(numerator: [], denominator: [1]) }
    #expect(throws: Diagnostic.self) { try LinearFilter(numerator: [1], denominator: []) }
    #expect(throws: Diagnostic.self) { try LinearFilter(numerator: [1], denominator: [0, 1]) }
  }

  @Test("A Butterworth filter has half its power at the cut-off, as coefficients and as sections")
  func butterworthFilter() throws {
    for order in 1...6 {
      let filter = butterworth(order: order, .low(0.3))
      let (b, a) = filter.coefficients
      let response = try FrequencyResponse(of: b, denominator: a, sampleRate: 2)
      #expect(abs(try response.response(at: 0.3).magnitude - 0.5.squareRoot()) < 1e-9)
      #expect(abs(try response.response(at: 0).magnitude - 1) < 1e-9)
      var impulse = zeros(60)
      impulse[0] = 1
      var none: [Double]?
      let direct = try filtered(impulse, b: b, a: a, state: &none)
      let rows = filter.sections
      let sections = try SecondOrderSections(
        NDArray(shape: [rows.count, 6], values: rows.flatMap { $0 }))
      let chained = try sections.filter(NDArray(impulse), axis: 0, initial: &none).doubles
      #expect(zip(direct, chained).allSatisfy { abs($0 - $1) < 1e-9 }, "order \(order)")
    }
  }
}

private func zeros(_ count: Int) -> [Double] { [Double](repeating: 0, count: count) }
