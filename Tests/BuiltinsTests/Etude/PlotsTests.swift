import RunningCells
import Testing

@Suite struct PlotsTests {
  @Test func plotsOverTheIndex() throws {
    let figure = try #require(RunningCell("plot([1, 4, -2])").figures.first)
    #expect(figure.series.count == 1)
    #expect(figure.series[0].x == [0, 1, 2])
    #expect(figure.series[0].y == [1, 4, -2])
    #expect(figure.summary == "1 curve of 3 points, x 0 … 2, y −2 … 4")
  }

  @Test func plotsPairs() throws {
    let figure = try #require(
      RunningCell(
        """
        plot([0, 1], [2, 3], [5, 6, 7], [0.5, 0.25, 0.125], labels=["a", "b"], title="t", \
        xlabel="s", ylabel="v", ylim=(-1, 1))
        """
      ).figures.first)
    #expect(figure.series.map(\.label) == ["a", "b"])
    #expect(figure.series[1].x == [5, 6, 7])
    #expect(figure.title == "t" && figure.xLabel == "s" && figure.yLabel == "v")
    #expect(figure.yLimits == -1...1)
    #expect(
      figure.summary == "2 curves (2 points are outside ylim: not drawn), x 0 … 7, y 0.125 … 3")
  }

  @Test("Numbers that differ late are told with as many digits as tell them apart")
  func narrowRanges() throws {
    let figure = try #require(RunningCell("plot(1e6 + 0.001 * np.arange(5))").figures.first)
    #expect(figure.summary == "1 curve of 5 points, x 0 … 4, y 1000000 … 1000000.004")
    let single = try #require(RunningCell("plot([3.0])").figures.first)
    #expect(single.summary == "1 curve of 1 point, x 0 … 0, y 3 … 3")
  }

  @Test func axesCanBeLogarithmic() throws {
    let figure = try #require(
      RunningCell("plot([1, 1000], [2, 3], xscale=\"log\", yscale=\"log\")").figures.first)
    #expect(figure.isXLogarithmic && figure.isYLogarithmic)
    let plain = try #require(RunningCell("plot([1, 1000], [2, 3])").figures.first)
    #expect(!plain.isXLogarithmic && !plain.isYLogarithmic)
  }

  @Test(arguments: [
    ("plot()", "needs something"), ("plot([1], [1], [1])", "pairs"),
    ("plot([1, 2], [1])", "same length"), ("plot(np.zeros((2, 2)))", "x[:, 0]"),
    ("plot([])", "nothing to draw"), ("plot([1], labels=[\"a\", \"b\"])", "must be 1"),
    ("plot([1], ylim=(1, 0))", "ylim"), ("plot([1], ylim=(0, 1), yscale='log')", "above 0"),
    ("plot(np.fft.rfft([1, 2]))", "np.abs"),
    ("plot(\"text\")", "plot"), ("plot([1], yscale=\"dB\")", "'linear', 'log'"),
  ])
  func rejectsWhatCannotBeDrawn(source: String, message: String) {
    #expect(failure(of: source)?.contains(message) == true, "\(failure(of: source) ?? "drawn")")
  }

  @Test func drawsStems() throws {
    let figure = try #require(RunningCell("stem([0.25, 0.5])").figures.first)
    #expect(figure.kind == .stem)
    #expect(figure.series[0].y == [0.25, 0.5])
  }

  @Test func stepsThroughConvolutions() throws {
    guard
      case .stepper(let stepper)? = try RunningCell("stepper([0, 1], [1, 0.5], flip=False)")
        .outputs.first
    else {
      Issue.record("no stepper")
      return
    }
    #expect(stepper.signal == [0, 1] && stepper.kernel == [1, 0.5] && !stepper.flips)
    #expect(failure(of: "stepper(np.zeros(65), [1])")?.contains("signal[:16]") == true)
    #expect(failure(of: "stepper([1], [])") != nil)
  }

  @Test func showsTables() throws {
    guard
      case .table(let headers, let rows)? = try RunningCell(
        "table([\"mode\", \"n\"], [[\"full\", 3], [\"same\", 2.5]])"
      ).outputs.first
    else {
      Issue.record("no table")
      return
    }
    #expect(headers == ["mode", "n"])
    #expect(rows == [["full", "3"], ["same", "2.5"]])
    #expect(failure(of: "table([\"a\"], [[1, 2]])")?.contains("row 0 has 2") == true)
    // More than anybody reads.
    #expect(failure(of: "table(['a'], [['b']] * 10**7)")?.contains("10,000 cells") == true)
    #expect(failure(of: "table(['a'], np.zeros((10**5, 1)))")?.contains("10,000 cells") == true)
    #expect(failure(of: "table(['a'], [['b' * 10**6]])")?.contains("text") == true)
    #expect(failure(of: "table(['a'], [3])")?.contains("row 0 is 'int'") == true)
  }
}
