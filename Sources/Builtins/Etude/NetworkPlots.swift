import Compute
import Concurrency
import Curves
import Glibc
import Interpreter
import Messages
import NeuralNetworks
import Signals

/// Plots of training results. Each appends an output and returns None.
extension Builtins {
  private static let classLabels = Parameter.optional("labels", note: "a name for each class")

  static let networkPlots: [Builtin] = [
    Builtin(
      "curves",
      [
        Parameter("fits", kind: .variadic, note: "one or more"),
        .optionalKeyword("labels", note: "a name for each fit"),
      ],
      """
      How training went: the loss after each epoch on the training and the test set, on a \
      logarithmic axis, and the fraction of the test set classified correctly. The level of \
      guessing is marked.
      """
    ) { call in
      let runs = try runs(call)
      // An x and a y for each epoch of three curves.
      try Budget.reserve(
        48 * runs.reduce(0) { $0 + Double($1.fit.epoch) }, for: "the curves of \(runs.count) fits")
      call.context.show(.figure(lossFigure(runs)))
      if runs.contains(where: { !$0.fit.testAccuracy.isEmpty }) {
        call.context.show(.figure(accuracyFigure(runs)))
      }
      return .none
    },

    Builtin(
      "examples",
      [
        Parameter("fit", note: "a fit, or a model with weights"),
        Parameter("data", note: "a data set"), Parameter("count", default: .int(6)),
        Parameter("seed", default: .int(0), note: "for NumPy's random numbers"), classLabels,
      ],
      """
      Some signals with their true and predicted classes, chosen as by np.random.seed(seed) and \
      np.random.choice(len(data), count, replace=False).
      """
    ) { call in
      let data = try dataSet("data", call)
      let count = try call.arguments.int("count")
      guard (1...min(24, max(1, data.count))).contains(count) else {
        throw call.arguments.error("count", "must be between 1 and \(min(24, data.count))")
      }
      var random = NumPyGenerator(seed: try seed(call))
      try Budget.reserve(
        8 * Double(data.count), for: "an order of \(data.count) signals")
      let order = try random.permutation(data.count) { try Budget.check() }
      let chosen = try data.selecting(order.prefix(count))
      let logits = try logits(call, of: chosen)
      let names = try classNames(
        call, of: data, count: max(logits.shape[1], data.classCount))
      let predicted = try logits.rows().map { CrossEntropy.predictedClass($0) }
      call.context.show(.grid(exampleGrid(chosen, predicted, names)))
      return .none
    },

    Builtin(
      "kernels",
      [
        Parameter("fit", note: "a fit, or a model with weights"),
        Parameter("layer", default: .int(0), note: "the index of a Conv1d in the model"),
        Parameter("channel", default: .int(0), note: "of the layer's input"),
        Parameter("fs", kind: .keywordOnly, default: .int(1), note: "the sample rate in Hz"),
      ],
      """
      The kernels that a layer has learned, up to 32: their taps, and next to them the gain at \
      each frequency. With fs=1, frequencies are in cycles per sample.
      """
    ) { call in
      let (kernels, count, sampleRate) = try learnedKernels(call)
      let grid = try kernelGrid(kernels, of: count, sampleRate: sampleRate)
      call.context.show(.grid(grid))
      return .none
    },
  ]

  // MARK: curves

  private struct Run {
    var label: String?
    var fit: Fit

    /// "train", or with several runs "CNN, train".
    func name(_ kind: String) -> String { label.map { "\($0), \(kind)" } ?? kind }
  }

  private static func runs(_ call: Call) throws -> [Run] {
    let values = try call.arguments.list("fits")
    guard !values.isEmpty else {
      throw Diagnostic("curves needs a fit", hint: "write curves(fit)")
    }
    let labels = try labels(call.arguments, count: values.count)
    return try values.enumerated().map { index, value in
      guard case .fit(let fit) = value else {
        throw call.arguments.error(
          "fits", "must be fits, but number \(index) is '\(value.typeName)'")
      }
      let label = labels?[index] ?? (values.count > 1 ? "run \(index + 1)" : nil)
      return Run(label: label, fit: fit)
    }
  }

  private static func lossFigure(_ runs: [Run]) -> Figure {
    var figure = epochFigure("loss")
    figure.isYLogarithmic = true
    for run in runs {
      figure.series.append(series(run.name("train"), run.fit.history))
      if !run.fit.testHistory.isEmpty {
        figure.series.append(series(run.name("test"), run.fit.testHistory))
      }
    }
    for count in Set(runs.map(\.fit.data.classCount)).sorted() where count > 1 {
      figure.markers.append(
        Figure.Marker(x: nil, y: log(Double(count)), label: "guessing: ln \(count)"))
    }
    figure.summary =
      runs.map { run in
        let last = [("train", run.fit.history), ("test", run.fit.testHistory)]
          .compactMap { kind, values in values.last.map { "\(kind) \(Quantity($0))" } }
        return (run.label.map { "\($0): " } ?? "") + "loss after "
          + "\(Quantity(run.fit.epoch)) epochs: " + last.joined(separator: ", ")
      }.joined(separator: "; ") + (figure.undrawnPoints.map { "; \($0)" } ?? "")
    return figure
  }

  private static func accuracyFigure(_ runs: [Run]) -> Figure {
    var figure = epochFigure("right")
    figure.yUnit = "%"
    figure.yLimits = 0...100
    var notes: [String] = []
    for run in runs {
      guard let last = run.fit.testAccuracy.last, let test = run.fit.test else {
        continue
      }
      figure.series.append(series(run.name("test"), run.fit.testAccuracy, scale: 100))
      notes.append(
        (run.label.map { "\($0): " } ?? "")
          + "\(Percentage(part: last, of: test.count).withStandardError()) of \(test.count) test signals"
      )
    }
    for count in Set(runs.map(\.fit.data.classCount)).sorted() where count > 1 {
      let guessing = Percentage(1, of: count)
      figure.markers.append(
        Figure.Marker(x: nil, y: 100 * guessing.part, label: "guessing: \(guessing)"))
    }
    figure.summary = "classified correctly: " + notes.joined(separator: "; ")
    return figure
  }

  private static func epochFigure(_ yLabel: String) -> Figure {
    var figure = Figure(kind: .line, summary: "")
    figure.xLabel = "epoch"
    figure.yLabel = yLabel
    return figure
  }

  /// The values after the epochs 1, 2, 3 …
  private static func series(
    _ label: String, _ values: Trace, scale: Double = 1
  ) -> Figure.Series {
    var series = Figure.Series(
      label: label, curve: Curve(y: values, countingFrom: 1, yScale: scale))
    series.isSmoothed = true
    return series
  }

  // MARK: examples

  private static func exampleGrid(
    _ data: DataSet, _ predicted: [Int], _ names: [String]
  ) -> FigureGrid {
    let length = data.sampleShape.last ?? 0
    let size = data.sampleShape.reduce(1, *)
    let items = data.labels.indices.map { index in
      let (label, guess) = (data.labels[index], predicted[index])
      var figure = Figure(kind: .line, summary: "")
      // The first channel.
      let signal = data.inputs[(index * size)..<(index * size + length)].map(Double.init)
      figure.series = [Figure.Series(label: nil, y: signal)]
      figure.title =
        label == guess ? names[label] : "\(names[label]), taken for \(names[guess])"
      figure.summary = figure.title ?? ""
      return FigureGrid.Item(figure: figure, verdict: label == guess)
    }
    let rightCount = items.count { $0.verdict == true }
    return FigureGrid(
      items: items, preferredColumns: 3,
      summary: "\(rightCount) of \(items.count) examples right: "
        + items.map(\.figure.summary).joined(separator: "; "))
  }

  // MARK: kernels

  private static func learnedKernels(
    _ call: Call
  ) throws -> (kernels: [[Double]], count: Int, sampleRate: Double) {
    let sampleRate = try call.arguments.double("fs")
    guard sampleRate > 0, sampleRate.isFinite else {
      throw call.arguments.error("fs", "must be above 0 Hz")
    }
    let model = try trainedModel(call)
    var layers = [model.layer]
    if case .sequential(let parts) = model.layer { layers = parts }
    let index = try call.arguments.int("layer")
    guard layers.indices.contains(index), case .conv1d = layers[index] else {
      let indices = layers.indices.filter { if case .conv1d = layers[$0] { true } else { false } }
      throw call.arguments.error(
        "layer", "must be the index of a Conv1d in the model",
        hint: indices.isEmpty
          ? "this model has none" : "use \(indices.map(String.init).joined(separator: " or "))")
    }
    var prefix = ""
    if case .sequential = model.layer { prefix = "\(index)." }
    guard let weights = model.state?.first(where: { $0.name == prefix + "weight" })?.array else {
      throw call.arguments.error("layer", "has no weights")
    }
    let (count, channels, length) = (weights.shape[0], weights.shape[1], weights.shape[2])
    let channel = try call.arguments.int("channel")
    guard (0..<channels).contains(channel) else {
      throw call.arguments.error("channel", "must be between 0 and \(channels - 1)")
    }
    let values = try weights.doubles
    let kernels = (0..<min(count, 32)).map { kernel in
      Array(values[((kernel * channels + channel) * length)...].prefix(length))
    }
    return (kernels, count, sampleRate)
  }

  /// - Parameter count: the number of all kernels, of which these are the first.
  private static func kernelGrid(
    _ kernels: [[Double]], of count: Int, sampleRate: Double
  ) throws -> FigureGrid {
    let shown =
      count > kernels.count
      ? "the first \(kernels.count) of \(count) kernels" : "\(kernels.count) kernels"
    let highest = kernels.joined().reduce(0) { max($0, abs($1)) }
    // One scale for all, so that a weak kernel looks weak.
    let limits = highest > 0 && highest.isFinite ? -highest...highest : nil
    var items: [FigureGrid.Item] = []
    for (index, kernel) in kernels.enumerated() {
      var taps = Figure(kind: .stem, summary: "kernel \(index)")
      taps.title = "kernel \(index)"
      taps.series = [Figure.Series(label: nil, y: kernel)]
      taps.yLimits = limits
      items.append(FigureGrid.Item(figure: taps))

      try Budget.check()
      let response = try FrequencyResponse(of: kernel, sampleRate: sampleRate)
      var gain = Figure(kind: .line, summary: "gain of kernel \(index)")
      gain.title = "gain"
      let frequencies = (0...64).map { Double($0) / 128 * sampleRate }
      let gains = try frequencies.map { try response.response(at: $0).magnitude }
      gain.series = [Figure.Series(label: nil, x: frequencies, y: gains)]
      // The axis starts at 0, so that only frequencies that the kernel stops lie at the bottom.
      let peak = gains.reduce(0) { max($0, $1) }
      gain.yLimits = peak > 0 && peak.isFinite ? 0...peak : nil
      gain.xUnit = sampleRate == 1 ? "" : "Hz"
      items.append(FigureGrid.Item(figure: gain))
    }
    return FigureGrid(
      items: items, preferredColumns: 8,
      summary: "\(shown) of \(kernels.first?.count ?? 0) taps, each with its gain "
        + "up to "
        + (sampleRate == 1 ? "0.5 per sample" : "\(Quantity(sampleRate / 2, unit: "Hz"))"))
  }
}
