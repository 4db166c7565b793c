import Messages
import Testing

struct NumberTests {
  @Test(
    arguments: [
      (0, "0"), (0.1, "0.1"), (44100, "44.1k"), (1e6, "1M"), (2.5e-7, "2.5e−7"), (-3, "−3"),
      (1234.5678, "1235"), (1e20, "1e20"), (.nan, "nan"), (-.infinity, "−inf"), (0.001, "0.001"),
      (1.7976931348623157e308, "1.798e308"),
    ] as [(Double, String)])
  func readableNumbers(value: Double, text: String) {
    #expect(readable(value) == text)
  }

  @Test(
    arguments: [
      (13230, "13,230"), (-999_999, "−999,999"), (1_234_567, "1.23457M"), (9999.5, "9999.5"),
      (10_000.25, "10,000.2"),
    ] as [(Double, String)])
  func numbersWithinTheDigitLimitAreWrittenOut(value: Double, text: String) {
    #expect(readable(value, digits: 6) == text)
  }

  @Test(arguments: [
    ("-32768", "−32768"), ("-0.5 dB", "−0.5 dB"), ("[-1, 2]", "[-1, 2]"), ("-", "-"), ("-x", "-x"),
    ("1e-05", "1e-05"), ("", ""),
  ])
  func printedNumbersInProse(printed: String, prose: String) {
    #expect(inProse(printed) == prose)
  }

  @Test func closeNumbersAreToldApart() {
    #expect(toldApart(1.0986, 1.0984, digits: 3...7) == ("1.099", "1.098"))
    #expect(toldApart(0.5, 0.25, digits: 3...7) == ("0.5", "0.25"))
    #expect(toldApart(1.00000001, 1, digits: 3...5) == ("1", "1"))
  }

  @Test func unitsAfterOne() {
    #expect(withUnit("1", "samples") == "1 sample")
    #expect(withUnit("0.1", "seconds") == "0.1 seconds")
    #expect(withUnit("1", "ms") == "1 ms")
    #expect(withUnit("1", "") == "1")
  }

  @Test func fixedNumbers() {
    #expect(fixed(-1.005, decimals: 1) == "−1.0")
    #expect(fixed(-0.001, decimals: 2) == "0.00")
    #expect(fixed(2, decimals: 0) == "2")
    #expect(fixed(-1e308, decimals: 17).count > 300)
  }
}
