import Compute
import Concurrency
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
      """
      A table of at most 10,000 cells. Use f-strings for numbers: [["peak", f"{peak:.2f}"]].
      """
    ) { call in
      let (headers, rows) = try (
        call.arguments.sequence("headers"), call.arguments.sequence("rows")
      )
      guard Double(rows.count + 1) * Double(headers.count) <= tableLimit else {
        throw call.arguments.error(
          "rows",
          "would make a table of \(rows.count) rows and \(headers.count) columns; it can have "
            + "\(Quantity(tableLimit)) cells at most", hint: "show a part, as in rows[:100]")
      }
      call.context.show(try table(headers, rows, call.arguments))
      return .none
    },
  ]

  // MARK: Tables

  /// The most cells of a table, and the most bytes of its text: a multiple of what one can read.
  private static let tableLimit = 10_000.0
  private static let tableTextLimit = 1 << 18

  private static func table(
    _ headers: ItemSequence, _ rows: ItemSequence, _ arguments: Arguments
  ) throws -> Output {
    var byteCount = 0
    func texts(_ items: ItemSequence) throws -> [String] {
      var items = items
      var texts: [String] = []
      while let item = try items.next() {
        texts.append(try item.printedText())
        byteCount += texts[texts.count - 1].utf8.count
        guard byteCount <= tableTextLimit else {
          throw Diagnostic(
            "table: the text is too long; a table shows \(Quantity(bytes: Double(tableTextLimit))) "
              + "of text at most", hint: "show a part of it")
        }
      }
      return texts
    }
    let headerTexts = try texts(headers)
    var cells: [[String]] = []
    var rows = rows
    while let row = try rows.next() {
      guard let items = ItemSequence(row) else {
        throw arguments.error("rows", "must be lists, but row \(cells.count) is '\(row.typeName)'")
      }
      guard items.count == headers.count else {
        throw arguments.error(
          "rows",
          "must have \(headers.count) values each, like headers, but row \(cells.count) has "
            + "\(items.count)")
      }
      cells.append(try texts(items))
    }
    return .table(headers: headerTexts, rows: cells)
  }

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
    if figure.isYLogarithmic, let limits = figure.yLimits, !(limits.lowerBound > 0) {
      throw arguments.error("ylim", "must be above 0 on a logarithmic axis")
    }
    figure.summary = summary(of: figure, noun: noun)
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
      return [Figure.Series(label: labels?[0], y: axes[0])]
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
    try axis(value, for: function).doubles
  }

  /// The same as an array of its own type.
  static func axis(_ value: Value, for function: String) throws -> NDArray {
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
    return array
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
    of figure: Figure, noun: (one: String, several: String)
  ) -> String {
    let series = figure.series
    let count = series.count == 1 ? "1 \(noun.one)" : "\(series.count) \(noun.several)"
    let points = series.count == 1 ? " of \(Self.points(series[0].curve.count))" : ""
    let x = span(series.compactMap(\.curve.xRange))
    let y = span(series.compactMap(\.curve.yRange))
    let undrawn = figure.undrawnPoints.map { " (\($0))" } ?? ""
    return "\(count)\(points)\(undrawn), x \(x), y \(y)"
  }

  private static func points(_ count: Int) -> String {
    "\(Quantity(count)) point\(count == 1 ? "" : "s")"
  }

  /// The smallest and the largest number: "−1 … 0.92"; with as many digits as tell them apart.
  private static func span(_ ranges: [ClosedRange<Double>]) -> String {
    guard let low = ranges.map(\.lowerBound).min(), let high = ranges.map(\.upperBound).max()
    else { return "without finite numbers" }
    let (first, last) = ("\(Quantity(low))", "\(Quantity(high))")
    guard low < high, first == last else { return "\(first) … \(last)" }
    let digits = (5...17).first { exact(low, digits: $0) != exact(high, digits: $0) } ?? 17
    return "\(exact(low, digits: digits)) … \(exact(high, digits: digits))"
  }
}
