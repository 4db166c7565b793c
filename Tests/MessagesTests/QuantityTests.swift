import Messages
import Testing

struct QuantityTests {
  @Test(arguments: [
    (0.0, "0"), (22_050, "22,050"), (-0.0312, "−0.0312"), (1.2e-7, "1.2e−7"), (1234.56, "1,235"),
    (999_999, "999,999"), (1_000_000, "1e6"), (.nan, "nan"), (-.infinity, "−inf"),
  ])
  func numbersInASentence(value: Double, text: String) {
    #expect(Quantity(value).description == text)
    #expect(Quantity(value, unit: "Hz").description == text + " Hz")
  }

  @Test(arguments: [
    (0.0, "0.0 s", "0.1 s"), (0.42, "0.4 s", "0.4 s"), (2.04, "2.0 s", "2 s"), (12, "12 s", "12 s"),
    (180, "3 min", "3 min"), (9000, "2.5 h", "2.5 h"),
  ])
  func durations(seconds: Double, exact: String, rough: String) {
    #expect(Quantity(seconds: seconds).description == exact)
    #expect(Quantity(seconds: seconds, isRough: true).description == rough)
  }

  @Test(arguments: [
    (512.0, "512 bytes"), (1024, "1 KiB"), (1536, "1.5 KiB"), (8e12, "7.3 TiB"),
    (1e40, "more than a million EiB"),
  ])
  func memory(bytes: Double, text: String) {
    #expect(Quantity(bytes: bytes).description == text)
  }
}

struct PercentageTests {
  @Test("The standard error is that of a proportion: sqrt(p (1 − p) / N)")
  func standardError() {
    #expect(Percentage(113, of: 120).withStandardError() == "94 % ± 2")
    #expect(Percentage(part: 1.0 / 3, of: 120).withStandardError(plusMinus: "+-") == "33 % +- 4")
    #expect(Percentage(0, of: 7).withStandardError() == "0 % ± 0")
  }
}
