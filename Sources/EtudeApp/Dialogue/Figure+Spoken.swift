import Glibc
import Interpreter
import Messages
import Pages
import Terminal

/// Plots as a sentence and a small table.
extension Figure {
  /// "Plot kernel: 1 set of stems of 11 points, x 0 to 10, y 0.03 to 0.15."
  var sentence: String {
    let kind =
      switch self.kind {
      case .line, .stem: "Plot"
      case .response: "Frequency response"
      case .spectrum: "Spectrum"
      case .spectrogram: "Spectrogram"
      case .image: "Image"
      }
    return "\(kind)\(title.map { " \($0)" } ?? ""): \(summary)".inWords + "."
  }

  /// A few rows.
  ///
  /// - Parameters:
  ///   - count: about how many.
  ///   - range: the part of the x axis; nil for all of it.
  func rows(_ count: Int, in range: ClosedRange<Double>? = nil) -> [SpokenLine] {
    if let heatmap {
      return heatmap.rows(count, isSound: kind == .spectrogram).map { .sentence($0) }
    }
    guard let all = xRange else { return [] }
    let shown = range.map { $0.clamped(to: all) } ?? all
    let points = series.map { $0.curve.indices(ofX: shown).count }.max() ?? 0
    // The values of one curve are a single row, so more of them may be said.
    let limit = max(series.count == 1 ? 3 * count : count, SpokenThing.manyRows)
    if points == 0 {
      let places = xText(from: shown.lowerBound, to: shown.upperBound, digits: 4)
      return [.sentence("\(places): nothing.")]
    }
    if points <= limit { return pointRows(in: shown) }
    // A response without notches is smooth, so a few points describe it. Other curves need the
    // extremes between them.
    let places = places(count, in: shown)
    return kind == .response && !hasNotches(between: places)
      ? places.map { .sentence("At \(xText($0)): \(values(at: $0)).") } : stretches(places)
  }

  /// Whether a curve falls far below its values at two places, and rises again between them.
  private func hasNotches(between places: [Double]) -> Bool {
    zip(places, places.dropFirst()).contains { start, end in
      series.contains { series in
        let indices = series.curve.indices(ofX: start...end)
        guard let first = series.curve.nearestIndex(toX: start),
          let last = series.curve.nearestIndex(toX: end),
          let range = series.curve.y.extremes(in: indices).range
        else { return false }
        let lowest = range.lowerBound * series.curve.yScale
        return lowest < min(series.curve.point(first).y, series.curve.point(last).y) - Self.notch
      }
    }
  }

  /// In decibels.
  private static let notch = 20.0

  /// The values of all series at the point nearest to an x.
  func reading(at x: Double) -> String {
    let nearest = series.first.flatMap { series in
      series.curve.nearestIndex(toX: x).map { series.curve.x($0) }
    }
    return "At \(xText(nearest ?? x, digits: 7)): \(values(at: x))."
  }

  private func values(at x: Double) -> String {
    let values = series.enumerated().compactMap { index, series -> String? in
      guard let nearest = series.curve.nearestIndex(toX: x) else { return nil }
      return "\(name(of: index)) \(yText(series.curve.point(nearest).y))"
    }
    return values.isEmpty ? "nothing" : values.joined(separator: "; ")
  }

  private func pointRows(in range: ClosedRange<Double>) -> [SpokenLine] {
    guard let first = series.first else { return [] }
    let indices = first.curve.indices(ofX: range)
    let x = indices.map(first.curve.x)
    if series.count == 1, x.count > 1 {
      let values = indices.map { yText(first.curve.point($0).y) }
      let places = xText(from: x.first ?? 0, to: x.last ?? 0, digits: 4)
      return [.sentence("\(places): \(values.joined(separator: "; ")).")]
    }
    return x.map { .sentence(reading(at: $0)) }
  }

  /// Places to tell a curve by: the ends, and round numbers between them.
  private func places(_ count: Int, in range: ClosedRange<Double>) -> [Double] {
    let (low, high) = (range.lowerBound, range.upperBound)
    guard low < high else { return [low, high] }
    guard isXLogarithmic, low > 0, high > 10 * low else {
      let ticks = Axis(range).ticks(atMost: count + 2).map(\.value)
      // A short remainder at either end is told with the stretch beside it.
      let margin = ticks.count > 1 ? (ticks[1] - ticks[0]) * 0.3 : 0
      return [low] + ticks.filter { $0 - low > margin && high - $0 > margin } + [high]
    }
    let decades = Int(log10(low).rounded(.down))...Int(log10(high).rounded(.up))
    func ticks(_ steps: [Double]) -> [Double] {
      decades.flatMap { decade in steps.map { $0 * pow(10, Double(decade)) } }
        .filter { $0 > low && $0 < high }
    }
    let fine = ticks([1, 3])
    return [low] + (fine.count < count ? fine : ticks([1])) + [high]
  }

  private func stretches(_ edges: [Double]) -> [SpokenLine] {
    let digits =
      (4...12).first { digits in
        zip(edges, edges.dropFirst()).allSatisfy {
          xNumber($0, digits: digits) != xNumber($1, digits: digits)
        }
      } ?? 4
    return zip(edges, edges.dropFirst()).map { start, end in
      let parts = series.enumerated().compactMap { index, series -> String? in
        let indices = series.curve.indices(ofX: start...end)
        guard let extremes = series.curve.y.extremes(in: indices).range else { return nil }
        let scale = series.curve.yScale
        let (low, high) = (yText(extremes.lowerBound * scale), yText(extremes.upperBound * scale))
        let values = low == high ? low : "between \(low) and \(high)"
        // A single curve needs no name.
        return self.series.count == 1 ? values : "\(name(of: index)) \(values)"
      }
      let text = parts.isEmpty ? "nothing" : parts.joined(separator: "; ")
      return .sentence("\(xText(from: start, to: end, digits: digits)): \(text).")
    }
  }

  private func name(of index: Int) -> String {
    series[index].label ?? (series.count == 1 ? yWords.name ?? "y" : "curve \(index + 1)")
  }

  /// What is read before the numbers of an axis, and what after them.
  private typealias Words = (name: String?, unit: String)

  /// Units that are the whole label of an axis, or the end of one: "seconds", "right, %".
  private static let units = ["seconds", "s", "ms", "Hz", "kHz", "dB", "samples", "%"]

  private static func words(label: String?, unit: String) -> Words {
    guard unit.isEmpty, let label else { return (label, unit) }
    if units.contains(label) { return (nil, label) }
    for separator in [", ", " in "] {
      guard let gap = label.ranges(of: separator).last else { continue }
      let unit = String(label[gap.upperBound...])
      if units.contains(unit) { return (String(label[..<gap.lowerBound]), unit) }
    }
    return (label, "")
  }

  private var xWords: Words {
    xUnit.isEmpty ? Self.words(label: xLabel ?? "x", unit: "") : (nil, xUnit)
  }

  private var yWords: Words { Self.words(label: yLabel, unit: yUnit) }

  /// "0.5 seconds", "200 Hz", "epoch 3", "shift 12 samples".
  private func xText(_ x: Double, digits: Int = 4) -> String {
    let number = xNumber(x, digits: digits)
    let (name, unit) = xWords
    let quantity = withUnit(number, unit)
    return name.map { "\($0) \(quantity)" } ?? quantity
  }

  /// "From 0.5 to 1 seconds", "From epoch 3 to 5".
  private func xText(from start: Double, to end: Double, digits: Int) -> String {
    let (name, unit) = xWords
    let numbers = [start, end].map { xNumber($0, digits: digits) }.joined(separator: " to ")
    return ["From", name ?? "", numbers, unit].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// Every digit of a thousand and more, in groups: "22,050", not "22.05k".
  private func xNumber(_ x: Double, digits: Int) -> String {
    switch abs(x) {
    case 1e6..<1e12 where x == x.rounded(): "\(Quantity(Int(x)))"
    case 1000...: readableInFull(x)
    default: readable(x, digits: digits)
    }
  }

  private func yText(_ y: Double) -> String {
    let unit = yWords.unit
    // A tenth of a decibel is more than anybody hears.
    if unit == "dB" { return fixed(y, decimals: 1) + " dB" }
    if unit == "seconds", abs(y) < 0.1, y != 0 {
      return abs(y) < 1e-4
        ? readable(y * 1e6, digits: 3) + " µs" : readable(y * 1000, digits: 3) + " ms"
    }
    return readable(y, digits: 3) + (unit.isEmpty ? "" : " \(unit)")
  }
}

extension Figure.Heatmap {
  /// Where the greatest value of each stretch of x is: in a spectrogram the loudest frequency.
  fileprivate func rows(_ count: Int, isSound: Bool) -> [String] {
    let bins = columns.first?.count ?? 0
    guard !columns.isEmpty, bins > 1, count > 0 else { return [] }
    let width = xRange.upperBound - xRange.lowerBound
    let height = yRange.upperBound - yRange.lowerBound
    return (0..<min(count, columns.count)).map { row in
      let range = row * columns.count / count..<max(1, (row + 1) * columns.count / count)
      /// The greatest value from a bin on.
      func greatest(from first: Int) -> (level: Double, bin: Int) {
        var best = (level: -Double.infinity, bin: first)
        for column in columns[range.clamped(to: columns.indices)] {
          for bin in column.indices.dropFirst(first) where column[bin] > best.level {
            best = (column[bin], bin)
          }
        }
        return best
      }
      let best = greatest(from: 0)
      func x(_ column: Int) -> String {
        readable(xRange.lowerBound + Double(column) * width / Double(columns.count), digits: 3)
      }
      let place = "From \(x(range.lowerBound)) to \(x(range.upperBound))" + (isSound ? " s" : "")
      guard best.level.isFinite else { return "\(place): \(isSound ? "silence" : "nothing")." }
      func y(_ bin: Int) -> Double {
        yRange.lowerBound + Double(bin) * height / Double(bins - 1)
      }
      func text(_ level: Double) -> String {
        readable(level, digits: 3) + (unit.isEmpty ? "" : " \(unit)")
      }
      guard isSound else {
        return "\(place): greatest near \(readable(y(best.bin), digits: 3)), \(text(best.level))."
      }
      func hertz(_ bin: Int) -> String { "\(Quantity(y(bin).rounded(), unit: "Hz"))" }
      let loudest = "\(place): loudest near \(hertz(best.bin)), \(text(best.level))"
      // Most sounds are loudest at low frequencies; what a filter has left above says as much.
      let upper = greatest(from: bins / 2)
      return upper.level.isFinite && best.bin < bins / 2
        ? "\(loudest); of the upper half near \(hertz(upper.bin)), \(text(upper.level))."
        : "\(loudest)."
    }
  }
}

extension FigureGrid {
  /// A row for each small plot that has something to say beyond the sentence about all.
  var rows: [SpokenLine] {
    items.compactMap { item in
      guard item.verdict == nil, let curve = item.figure.series.first?.curve, curve.count > 0
      else { return nil }
      let places =
        curve.count <= 8
        ? Array(0..<curve.count) : (0...4).map { $0 * (curve.count - 1) / 4 }
      let unit = item.figure.xUnit.isEmpty ? "" : " \(item.figure.xUnit)"
      let values = places.map { index in
        let value = readable(curve.point(index).y, digits: 2)
        return curve.count <= 8 ? value : "\(value) at \(readable(curve.x(index)))\(unit)"
      }
      return .sentence("\(item.figure.summary): \(values.joined(separator: ", ")).".asSentence)
    }
  }
}
