import Terminal
import Testing

struct SparklineTests {
  @Test func levels() {
    #expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], width: 20) == "▁▂▃▄▅▆▇█")
    #expect(sparkline([0, 7], width: 20, charset: .ascii) == "_#")
    #expect(sparkline([5, 5, 5], width: 20) == "▅▅▅")
    #expect(sparkline([0, .nan, 1], width: 20) == "▁ █")
  }

  @Test func peaksSurviveAndTheWidthIsKept() {
    var values = Array(repeating: 0.0, count: 1000)
    values[777] = 1
    #expect(sparkline(values, width: 10) == "▁▁▁▁▁▁▁█▁▁")
  }

  @Test func noValues() {
    #expect(sparkline([], width: 5) == "")
    #expect(sparkline([1, 2], width: 0) == "")
    #expect(sparkline([1, 2], width: -1) == "")
    #expect(sparkline([.nan], width: 3) == "")
    #expect(sparkline([-1e308, 1e308], width: 3) == "▁█")
  }
}
