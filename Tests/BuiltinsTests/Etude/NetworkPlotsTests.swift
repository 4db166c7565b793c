import Glibc
import Interpreter
import RunningCells
import Testing

@Suite struct NetworkPlotsTests {
  private func cell(_ code: String) throws -> RunningCell {
    try RunningCell("\(tinyNetwork)\nfit = \(tinyCall)\n\(code)")
  }

  private func firstGrid(_ cell: RunningCell) -> FigureGrid? {
    for case .grid(let grid) in cell.outputs { return grid }
    return nil
  }

  @Test func curvesShowLossAccuracyAndGuessing() throws {
    let figures = try cell("curves(fit)").figures
    #expect(figures.count == 2)
    let loss = figures[0]
    #expect(loss.isYLogarithmic)
    #expect(figures.flatMap(\.series).allSatisfy { $0.isSmoothed })
    #expect(loss.series.map(\.label) == ["train", "test"])
    #expect(loss.series[0].x == (1...20).map(Double.init))
    #expect(loss.series[0].y == (try tinyFit().history.values))
    #expect(loss.markers.map(\.y) == [log(2.0)])
    #expect(loss.markers[0].label == "guessing: ln 2")
    #expect(loss.summary.hasPrefix("loss after 20 epochs: train 0."))
    let right = figures[1]
    #expect(right.yUnit == "%" && right.yLimits == 0...100)
    #expect(right.markers.map(\.label) == ["guessing: 50 %"])
    #expect(right.summary.hasSuffix("of 12 test signals"))
  }

  @Test func curvesCompareFits() throws {
    let figures = try cell(
      "other = train(net, data, epochs=3)\ncurves(fit, other, labels=[\"a\", \"b\"])"
    ).figures
    #expect(figures[0].series.map(\.label) == ["a, train", "a, test", "b, train"])
    #expect(figures[1].series.map(\.label) == ["a, test"])
    #expect(failure(of: "curves()")?.contains("needs a fit") == true)
    #expect(failure(of: "curves(3)")?.contains("number 0 is 'int'") == true)
  }

  /// np.random.seed(3); np.random.choice(12, 4, replace=False) is [5, 4, 1, 2].
  @Test func examplesAreChosenAsInNumPy() throws {
    let cell = try cell(
      """
      examples(fit, data, count=4, seed=3, labels=["even", "odd"])\nclasses = predict(fit, data)
      """
    )
    let grid = try #require(firstGrid(cell))
    let chosen = [5, 4, 1, 2]
    guard case .array(let classes)? = cell.values["classes"] else { return }
    #expect(grid.items.count == 4 && grid.preferredColumns == 3)
    for (item, index) in zip(grid.items, chosen) {
      let signal = (0..<8).map { Double(Float(sin(Double(index * $0)))) }
      #expect(item.figure.series[0].y == signal)
      let isRight = try Int(classes.doubles[index]) == index % 2
      #expect(item.verdict == isRight)
      #expect(item.figure.title?.contains("taken for") == !isRight)
    }
    #expect(grid.summary.contains("of 4 examples right"))
    #expect(failure(of: "examples(3, 4)") != nil)
  }

  @Test func kernelsComeWithTheirGain() throws {
    let cell = try cell("kernels(fit, fs=100)\nsave_me = fit.model")
    let grid = try #require(firstGrid(cell))
    // Two kernels of three taps, each as taps and gain.
    #expect(grid.items.map(\.figure.title) == ["kernel 0", "gain", "kernel 1", "gain"])
    let taps = grid.items[0].figure.series[0].y
    #expect(taps.count == 3)
    let gain = grid.items[1].figure.series[0]
    #expect(gain.x.first == 0 && gain.x.last == 50)
    #expect(abs((gain.y.first ?? 0) - abs(taps.reduce(0, +))) < 1e-12)
    #expect(abs((gain.y.last ?? 0) - abs(taps[0] - taps[1] + taps[2])) < 1e-12)
    #expect(grid.items[0].figure.yLimits == grid.items[2].figure.yLimits)
    #expect(grid.items[1].figure.yLimits == 0...(gain.y.max() ?? 0))
  }

  @Test(arguments: [
    ("kernels(fit, layer=1)", "use 0"), ("kernels(fit, channel=1)", "between 0 and 0"),
    ("kernels(net)", "no weights yet"), ("kernels(fit, fs=0)", "fs must be above 0"),
    ("examples(fit, data, count=0)", "between 1 and 12"),
    ("examples(fit, data, count=13)", "between 1 and 12"),
  ])
  func badInputIsExplained(code: String, message: String) {
    let error = failure(of: "\(tinyNetwork)\nfit = train(net, data, epochs=1)\n\(code)")
    #expect(error?.contains(message) == true, "\(error ?? "no error")")
  }
}
