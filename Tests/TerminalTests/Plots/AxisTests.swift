import Terminal
import Testing

struct AxisTests {
  private func labels(
    _ range: ClosedRange<Double>, atMost count: Int, log isLogarithmic: Bool = false
  ) -> [String] {
    Axis(range, isLogarithmic: isLogarithmic).ticks(atMost: count).map(\.label)
  }

  @Test func ticksAreRound() {
    #expect(labels(0...1, atMost: 5) == ["0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(labels(-0.93...0.93, atMost: 4) == ["−0.5", "0", "0.5"])
    #expect(labels(0...22050, atMost: 5) == ["0", "5k", "10k", "15k", "20k"])
    #expect(labels(0...1.5e6, atMost: 3) == ["0", "0.5M", "1.0M", "1.5M"])
    #expect(labels(7000...9000, atMost: 4) == ["7000", "7500", "8000", "8500", "9000"])
    #expect(labels(0...2e-7, atMost: 2) == ["0", "1e−7", "2e−7"])
  }

  @Test func decadesOnALogarithmicAxis() {
    #expect(labels(20...20000, atMost: 4, log: true) == ["100", "1k", "10k"])
    #expect(labels(20...22050, atMost: 3, log: true) == ["100", "1k", "10k"])
    #expect(labels(3...9e4, atMost: 3, log: true) == ["10", "1k"])
    #expect(
      labels(1...100, atMost: 9, log: true) == ["1", "2", "5", "10", "20", "50", "100"])
    #expect(labels(1e-5...0.1, atMost: 5, log: true) == ["1e−5", "1e−4", "0.001", "0.01", "0.1"])
    #expect(labels(1e-4...0.1, atMost: 4, log: true) == ["0.0001", "0.001", "0.01", "0.1"])
    #expect(labels(200...500, atMost: 4, log: true) == ["200", "300", "400", "500"])
  }

  @Test func fractionAndValueAreInverse() {
    for axis in [Axis(-3...5), Axis(20...20000, isLogarithmic: true)] {
      for fraction in [0, 0.25, 0.7, 1] {
        #expect(abs(axis.fraction(of: axis.value(at: fraction)) - fraction) < 1e-12)
      }
    }
    #expect(Axis(1...100, isLogarithmic: true).value(at: 0.5) == 10)
    #expect(Axis(1...100, isLogarithmic: true).fraction(of: -1).isNaN)
  }

  /// A literal this small would be a warning.
  private func number(_ text: String) -> Double { Double(text) ?? .nan }

  @Test("Ends of the range of numbers have true labels")
  func extremes() {
    #expect(labels(-1e308...1e308, atMost: 4) == ["−1e308", "−5e307", "0", "5e307", "1e308"])
    #expect(labels(0...number("2e-310"), atMost: 2) == ["0", "1e−310", "2e−310"])
    #expect(labels(0...number("1e-323"), atMost: 4).first == "0")
    #expect(Axis(-1e308...1e308).fraction(of: 0) == 0.5)
    #expect(Axis(0...number("2e-310")).fraction(of: number("1e-310")) == 0.5)
    let log = labels(number("1e-320")...1e308, atMost: 5, log: true)
    #expect(log.count >= 3 && log.allSatisfy { $0.hasPrefix("1e") || $0 == "1" })
  }

  @Test(
    arguments: [
      (0, 0), (5, 5), (-2, -2), (-1e308, 1e308), (1e17, 1e17 + 16), (0, .leastNonzeroMagnitude),
      (1e-300, 2e-300),
      (-.infinity, .infinity),
    ] as [(Double, Double)])
  func anyRangeCanBeDrawn(low: Double, high: Double) {
    let range = low...high
    for isLogarithmic in [false, true] {
      let axis = Axis(range, isLogarithmic: isLogarithmic)
      #expect(axis.range.lowerBound < axis.range.upperBound)
      #expect(axis.fraction(of: axis.range.upperBound) == 1)
      for count in [0, 1, 7] {
        let ticks = axis.ticks(atMost: count)
        #expect(ticks.count < 30)
        #expect(ticks.allSatisfy { $0.value.isFinite && $0.label.count < 12 })
      }
    }
  }
}
