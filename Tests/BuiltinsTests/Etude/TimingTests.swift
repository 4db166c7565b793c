import RunningCells
import Testing

@Suite struct TimingTests {
  @Test func measuresAFunction() throws {
    let cell = try RunningCell(
      """
      seconds = timeit(np.convolve, np.ones(1000), np.ones(100), mode="valid")
      plausible = 0 < seconds < 1
      """)
    #expect(cell.json("plausible") == "true")
  }

  /// Otherwise a plot that is timed would appear a thousand times.
  @Test func showsNothing() throws {
    #expect(try RunningCell("x = timeit(print, 1)").outputs.isEmpty)
  }

  @Test func passesErrorsOn() {
    #expect(failure(of: "x = timeit(np.zeros, -1)") != nil)
    #expect(failure(of: "x = timeit(3)")?.contains("function") == true)
  }
}
