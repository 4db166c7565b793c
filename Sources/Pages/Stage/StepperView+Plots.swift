import Terminal

/// What the table of numbers shows, as pictures.
extension StepperView {
  /// A plot of more samples would say little, and take long.
  private static let sampleLimit = 400

  private var current: Int { max(0, min(stepper.outputCount - 1, step)) }

  /// The indices that both plots cover, so that their columns are the same.
  private var indices: Range<Int> {
    let first = 1 - stepper.kernel.count
    let all = first..<max(first + 1, stepper.outputCount)
    guard all.count > Self.sampleLimit else { return all }
    let start = max(first, min(current - Self.sampleLimit / 2, all.upperBound - Self.sampleLimit))
    return start..<start + Self.sampleLimit
  }

  /// The signal, and the kernel where it stands at this step.
  var signalPlot: Plot {
    let shown = indices
    let signal = shown.map { stepper.signal.indices.contains($0) ? stepper.signal[$0] : 0 }
    let place =
      current - stepper.kernel.count + 1...max(current - stepper.kernel.count + 1, current)
    let kernel = stepper.flips ? stepper.kernel.reversed() : stepper.kernel
    // Beside the signal's stems, not on top of them.
    var plot = Plot(series: [
      Plot.Series(label: "signal x", x: shown.map(Double.init), y: signal, mark: .stem),
      Plot.Series(
        label: stepper.flips ? "kernel flipped" : "kernel as is",
        x: place.map { Double($0) + 0.25 }, y: Array(kernel.prefix(place.count)), mark: .stem),
    ])
    plot.hasLegendAtEnds = false
    plot.xLabel = "n"
    plot.xLimits = limits
    return plot
  }

  /// The output up to this step.
  var outputPlot: Plot {
    let known = indices.filter { (0...max(0, current)).contains($0) }
    var plot = Plot(series: [
      Plot.Series(
        x: known.map(Double.init), y: known.map { output(at: $0, flips: stepper.flips) },
        mark: .stem)
    ])
    plot.title = "output y, up to this step"
    plot.xLabel = "n"
    plot.xLimits = limits
    return plot
  }

  private var limits: ClosedRange<Double> {
    Double(indices.lowerBound) - 0.5...Double(indices.upperBound) - 0.5
  }
}
