import Compute
import Interpreter
import Messages

/// Plots of arrays as they are: curves, stems, convolution step by step, tables. Each appends an
/// output and returns None.
extension Builtins {
  private static let captions: [Parameter] = [
    .optionalKeyword("labels", note: "a name for each curve"),
    .optionalKeyword("title"),
    .optionalKeyword("xlabel"),
    .optionalKeyword("ylabel"),
    .optionalKeyword("ylim", note: "(lowest, highest)"),
    Parameter("xscale", kind: .keywordOnly, default: .string("linear"), note: "'linear' or 'log'"),
    Parameter("yscale", kind: .keywordOnly, default: .string("linear"), note: "'linear' or 'log'"),
  ]

  private enum Scale: String, CaseIterable { case linear, log }

  static let plots: [Builtin] = [
    Builtin(
      "plot",
      [Parameter("args", kind: .variadic, note: "y, or x, y, x2, y2, …")] + captions,
      """
      Curves: plot(y) against the index, or plot(x, y, x2, y2, …) on shared axes. Each x must be \
      as long as its y.
      """
    ) { call in
      call.context.show(.figure(try figure(.line, noun: ("curve", "curves"), call.arguments)))
      return .none
    },

    Builtin(
      "stem",
      [Parameter("args", kind: .variadic, note: "y, or x, y, x2, y2, …")] + captions,
      "Individual values as stems from 0, such as the taps of a filter: stem(kernel)."
    ) { call in
      call.context.show(
        .figure(try figure(.stem, noun: ("set of stems", "sets of stems"), call.arguments)))
      return .none
    },

    Builtin(
      "stepper",
      [
        Parameter("signal"), Parameter("kernel"),
        Parameter(
          "flip", default: .bool(true), note: "False: correlation, what conv1d computes"),
      ],
      """
      A convolution to step through: the kernel slides over the signal, and the products are \
      summed. For signals of up to 64 samples.
      """
    ) { call in
      let signal = try call.arguments.signal("signal")
      let kernel = try call.arguments.signal("kernel")
      for (name, samples) in [("signal", signal), ("kernel", kernel)] {
        guard (1...64).contains(samples.count) else {
          throw call.arguments.error(
            name, "has \(samples.count) samples, but only 1 to 64 can be shown step by step",
            hint: samples.isEmpty ? nil : "use a part, as in \(name)[:16]")
        }
      }
      call.context.show(
        .stepper(
          Stepper(signal: signal, kernel: kernel, flips: try call.arguments.bool("flip"))))
      return .none
    },

    Builtin(
      "table",
      [
        Parameter("headers", note: "a list of strings"), Parameter("rows", note: "a list of lists"),
      ],
      "A table. Use f-strings for numbers: [[\"peak\", f\"{peak:.2f}\"]]."
    ) { call in
      let headers = try call.arguments.list("headers").map(\.str)
      let rows = try call.arguments.list("rows").enumerated().map { index, row in
        let cells = try row.items("table: rows").map(\.str)
        guard cells.count == headers.count else {
          throw call.arguments.error(
            "rows",
            "must have \(headers.count) values each, like headers, but row \(index) has "
              + "\(cells.count)")
        }
        return cells
      }
      call.context.show(.table(headers: headers, rows: rows))
      return .none
    },
  ]

  // MARK: Curves

  private static func figure(
    _ kind: Figure.Kind, noun: (one: String, several: String), _ arguments: Arguments
  ) throws -> Figure {
    var figure = Figure(kind: kind, summary: "")
    figure.series = try curves(in: arguments)
    figure.xLabel = try arguments.optionalString("xlabel")
    figure.yLabel = try arguments.optionalString("ylabel")
    figure.title = try arguments.optionalString("title")
    figure.yLimits = try limits(arguments)
    figure.isXLogarithmic = try arguments.option("xscale", Scale.self) == .log
    figure.isYLogarithmic = try arguments.option("yscale", Scale.self) == .log
    figure.summary = summary(of: figure.series, noun: noun)
    return figure
  }

  /// The curves of `plot(y)` or `plot(x, y, x2, y2, …)`.
  private static func curves(in arguments: Arguments) throws -> [Figure.Series] {
    let values = try arguments.list("args")
    guard !values.isEmpty else {
      throw Diagnostic("\(arguments.function) needs something to draw", hint: "pass an array")
    }
    guard values.count == 1 || values.count.isMultiple(of: 2) else {
      throw Diagnostic(
        "\(arguments.function) takes y, or pairs of x and y, but got \(values.count) arrays",
        hint: "write an x in front of each y")
    }
    let axes = try values.map { try samples($0, for: arguments.function) }
    let labels = try labels(arguments, count: (axes.count + 1) / 2)
    guard axes.count > 1 else {
      return [
        Figure.Series(label: labels?[0], x: (0..<axes[0].count).map(Double.init), y: axes[0])
      ]
    }
    return try stride(from: 0, to: axes.count, by: 2).map { index in
      let (x, y) = (axes[index], axes[index + 1])
      guard x.count == y.count else {
        throw Diagnostic(
          "\(arguments.function): x and y must have the same length, but they have \(x.count) and "
            + "\(y.count)")
      }
      return Figure.Series(label: labels?[index / 2], x: x, y: y)
    }
  }

  /// One axis of real numbers from an array or a list.
  static func samples(_ value: Value, for function: String) throws -> [Double] {
    let array: NDArray
    do {
      if case .tensor(let tensor) = value {
        array = tensor.array
      } else {
        array = try NDArray(nested: value)
      }
    } catch let error as Diagnostic {
      throw Diagnostic("\(function): \(error.message)", hint: error.hint)
    }
    guard array.axisCount == 1 else {
      throw Diagnostic(
        "\(function) draws arrays with one axis, but this one has the shape "
          + NDArray.describe(shape: array.shape),
        hint: array.axisCount == 2
          ? "pick a row, x[0], or a column, x[:, 0]"
          : array.shape.dropLast().allSatisfy { $0 == 1 } ? "use x.squeeze()" : nil)
    }
    guard array.type != .complex128 else {
      throw Diagnostic("\(function) draws real numbers", hint: "use np.abs or np.real")
    }
    guard array.count > 0 else { throw Diagnostic("\(function): there is nothing to draw") }
    return array.doubles
  }

  /// A label for each curve, if there are labels.
  static func labels(_ arguments: Arguments, count: Int) throws -> [String]? {
    if case .string(let label) = arguments["labels"], count == 1 { return [label] }
    guard let labels = try arguments.optionalStrings("labels") else { return nil }
    guard labels.count == count else {
      throw arguments.error(
        "labels", "must be \(count), one for each curve, but there are \(labels.count)")
    }
    return labels
  }

  private static func limits(_ arguments: Arguments) throws -> ClosedRange<Double>? {
    guard let values = try arguments.optionalList("ylim") else { return nil }
    let numbers = values.compactMap(\.realNumber)
    guard values.count == 2, numbers.count == 2, numbers[0].isFinite, numbers[1].isFinite,
      numbers[0] < numbers[1]
    else {
      throw arguments.error("ylim", "must be (lowest, highest)", hint: "write ylim=(-1, 1)")
    }
    return numbers[0]...numbers[1]
  }

  /// "2 curves, x 0 … 5, y −1 … 0.92".
  private static func summary(
    of series: [Figure.Series], noun: (one: String, several: String)
  ) -> String {
    let count = series.count == 1 ? "1 \(noun.one)" : "\(series.count) \(noun.several)"
    let points = series.count == 1 ? " of \(Quantity(series[0].y.count)) points" : ""
    return "\(count)\(points), x \(span(series.map(\.x))), y \(span(series.map(\.y)))"
  }

  /// The smallest and the largest finite number: "−1 … 0.92".
  static func span(_ values: [[Double]]) -> String {
    var lowest = Double.infinity
    var highest = -Double.infinity
    for axis in values {
      for value in axis where value.isFinite {
        lowest = min(lowest, value)
        highest = max(highest, value)
      }
    }
    return lowest > highest
      ? "without finite numbers" : "\(Quantity(lowest)) … \(Quantity(highest))"
  }
}
