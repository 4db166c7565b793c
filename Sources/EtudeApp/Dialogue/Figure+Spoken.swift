import Glibc
import Interpreter
import Messages
import Pages

/// Plots as a sentence and a small table.
extension Figure {
  /// "Plot kernel: 1 set of stems of 11 points, x 0 to 10, y 0.03 to 0.15."
  func sentence(_ prefix: String) -> String {
    let kind =
      switch self.kind {
      case .line, .stem: "plot"
      case .response: "frequency response"
      case .spectrum: "spectrum"
      case .spectrogram: "spectrogram"
      }
    let name = title.map { "\(kind) \"\($0)\"" } ?? kind
    return
      "\(prefix)\(prefix.isEmpty ? name.prefix(1).uppercased() + name.dropFirst() : name): \(summary)"
      .inWords + "."
  }

  /// A few rows.
  ///
  /// - Parameters:
  ///   - count: how many at most.
  ///   - range: the part of the x axis; nil for all of it.
  func rows(_ count: Int, in range: ClosedRange<Double>? = nil) -> [SpokenLine] {
    if let heatmap { return heatmap.rows(count).map { .sentence($0) } }
    guard let all = xRange else { return [] }
    let shown = range.map { $0.clamped(to: all) } ?? all
    let points = series.map { $0.curve.indices(ofX: shown).count }.max() ?? 0
    if points <= max(count, 12) { return pointRows(in: shown) }
    return isSmooth
      ? places(count, in: shown).map { .sentence(reading(at: $0)) }
      : stretches(count, in: shown)
  }

  /// The values of all series at the point nearest to an x.
  func reading(at x: Double) -> String {
    var place = x
    let values = series.enumerated().compactMap { index, series -> String? in
      guard let nearest = series.curve.nearestIndex(toX: x) else { return nil }
      let point = series.curve.point(nearest)
      if index == 0 { place = point.x }
      return "\(name(of: index)) \(yText(point.y))"
    }
    return "At \(xText(place)): \(values.isEmpty ? "nothing" : values.joined(separator: ", "))."
  }

  /// A curve that single points tell; of others only the extremes of stretches do.
  private var isSmooth: Bool { kind == .response }

  private func pointRows(in range: ClosedRange<Double>) -> [SpokenLine] {
    guard let first = series.first else { return [] }
    let x = first.curve.indices(ofX: range).map(first.curve.x)
    if series.count == 1 {
      let values = first.curve.indices(ofX: range).map { yText(first.curve.point($0).y) }
      return [
        .sentence("Values from \(xText(x.first ?? 0)) on: \(values.joined(separator: "; ")).")
      ]
    }
    return x.map { .sentence(reading(at: $0)) }
  }

  private func places(_ count: Int, in range: ClosedRange<Double>) -> [Double] {
    edges(count - 1, in: range)
  }

  /// The ends of equal stretches, as they are on the plot's axis.
  private func edges(_ count: Int, in range: ClosedRange<Double>) -> [Double] {
    let (low, high) = (range.lowerBound, range.upperBound)
    return (0...max(1, count)).map { index in
      let share = Double(index) / Double(max(1, count))
      return isXLogarithmic && low > 0
        ? low * pow(high / low, share) : low + (high - low) * share
    }
  }

  private func stretches(_ count: Int, in range: ClosedRange<Double>) -> [SpokenLine] {
    let edges = edges(count, in: range)
    return zip(edges, edges.dropFirst()).map { start, end in
      let parts = series.enumerated().compactMap { index, series -> String? in
        let indices = series.curve.indices(ofX: start...end)
        guard let extremes = series.curve.y.extremes(in: indices).range else { return nil }
        let scale = series.curve.yScale
        let (low, high) = (yText(extremes.lowerBound * scale), yText(extremes.upperBound * scale))
        return name(of: index) + (low == high ? " \(low)" : " \(low) to \(high)")
      }
      let text = parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
      return .sentence("From \(xText(start)) to \(xText(end)): \(text).")
    }
  }

  private func name(of index: Int) -> String {
    series[index].label ?? (series.count == 1 ? yLabel ?? "y" : "curve \(index + 1)")
  }

  /// "0.5 seconds", "200 Hz", "epoch 3".
  private func xText(_ x: Double) -> String {
    let number = readable(x, digits: 4)
    if !xUnit.isEmpty { return "\(number) \(xUnit)" }
    guard let xLabel else { return "x \(number)" }
    return ["seconds", "s", "Hz", "dB"].contains(xLabel)
      ? "\(number) \(xLabel)" : "\(xLabel) \(number)"
  }

  private func yText(_ y: Double) -> String {
    readable(y, digits: 3) + (yUnit.isEmpty ? "" : " \(yUnit)")
  }
}

extension Figure.Heatmap {
  /// The loudest frequency of each stretch of time.
  fileprivate func rows(_ count: Int) -> [String] {
    let bins = columns.first?.count ?? 0
    guard !columns.isEmpty, bins > 1, count > 0 else { return [] }
    return (0..<min(count, columns.count)).map { row in
      let range = row * columns.count / count..<max(1, (row + 1) * columns.count / count)
      var best = (level: -Double.infinity, bin: 0)
      for column in columns[range.clamped(to: columns.indices)] {
        for (bin, level) in column.enumerated() where level > best.level { best = (level, bin) }
      }
      func time(_ column: Int) -> String {
        readable(Double(column) * seconds / Double(columns.count), digits: 3)
      }
      let place = "From \(time(range.lowerBound)) to \(time(range.upperBound)) s"
      guard best.level.isFinite else { return "\(place): silence." }
      let frequency = Double(best.bin) * maximumFrequency / Double(bins - 1)
      return "\(place): loudest near \(Quantity(frequency.rounded(), unit: "Hz")), "
        + "\(readable(best.level, digits: 3)) dB."
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
