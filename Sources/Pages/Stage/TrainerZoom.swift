import Curves
import Messages
import NeuralNetworks
import Notebook
import Terminal

/// A training on the whole screen: its curves, and below them how the network answers, what its first kernels
/// look like, and how large the gradients are.
struct TrainerZoom {
  var view: TrainerView
  /// Nil before the first epoch.
  var inspection: FitInspection?

  private static let panelHeight = 8
  private static let panelWidth = 25
  private static let gap = 2

  private struct Panel {
    var title: String
    var draw: (inout Canvas, Rectangle, Theme) -> Void
  }

  func draw(into canvas: inout Canvas, in frame: Rectangle, theme: Theme) {
    let panels = panels(canvas.charset)
    let perBand = max(1, (frame.width + Self.gap) / (Self.panelWidth + Self.gap))
    let wanted = (panels.count + perBand - 1) / perBand
    let bands = min(wanted, max(frame.height >= 20 ? 1 : 0, frame.height / 2 / Self.panelHeight))
    let bandHeight = bands == 0 ? 0 : max(Self.panelHeight, frame.height * 2 / 5 / bands)
    let upper = frame.height - bands * bandHeight
    view.fitted(toHeight: upper, width: frame.width, charset: canvas.charset).draw(
      into: &canvas,
      in: Rectangle(x: frame.x, y: frame.y, width: frame.width, height: upper), theme: theme)
    for band in 0..<bands {
      let shown = Array(panels.dropFirst(band * perBand).prefix(perBand))
      let width = (frame.width - (shown.count - 1) * Self.gap) / max(1, shown.count)
      for (index, panel) in shown.enumerated() {
        let place = Rectangle(
          x: frame.x + index * (width + Self.gap), y: frame.y + upper + band * bandHeight,
          width: width, height: bandHeight)
        canvas.clipped(to: place) { canvas in
          canvas.put(
            truncated(panel.title, toWidth: width, charset: canvas.charset), x: place.x, y: place.y,
            style: theme.strong)
          panel.draw(&canvas, place.inset(top: 1), theme)
        }
      }
    }
  }

  /// The most telling first.
  private func panels(_ charset: Charset) -> [Panel] {
    var panels: [Panel] = []
    let runs = view.comparedRuns
    if !runs.rows.isEmpty {
      panels.append(
        Panel(title: "runs, by what differs") { canvas, place, theme in
          draw(runs, into: &canvas, in: place, theme: theme)
        })
    }
    if let inspection, !inspection.confusion.isEmpty {
      panels.append(
        Panel(title: "true class \\ said") { canvas, place, theme in
          draw(confusion(inspection.confusion), into: &canvas, in: place, theme: theme)
        })
    }
    if let inspection, !inspection.kernels.isEmpty {
      panels.append(
        Panel(title: "first kernels") { canvas, place, theme in
          let mark: Plot.Mark = (inspection.kernels.first?.count ?? 0) > 16 ? .line : .stem
          drawPlots(
            inspection.kernels.map { Plot(series: [Plot.Series(y: $0, mark: mark)]) },
            styles: [], into: &canvas, in: place, theme: theme)
        })
    }
    let norms = view.state.gradientNorms
    if !norms.isEmpty {
      panels.append(
        Panel(title: "gradient norm, \(readable(norms.last ?? 0, digits: 3))") {
          canvas, place, theme in
          var series = Plot.Series(
            curve: Curve(y: norms, countingFrom: Double(view.state.epoch - norms.count + 1)))
          series.isSmoothed = true
          var plot = Plot(series: [series])
          plot.isYLogarithmic = true
          plot.xLimits = 0...Double(max(1, view.state.epochs))
          plot.draw(into: &canvas, in: place, theme: theme)
        })
    }
    if let inspection, !inspection.examples.isEmpty {
      panels.append(
        Panel(title: "examples: true>said") { canvas, place, theme in
          drawPlots(
            inspection.examples.map { Plot(series: [Plot.Series(y: $0.signal)]) },
            styles: inspection.examples.map { example in
              let isRight = example.label == example.predicted
              let glyphs = canvas.glyphs
              return Span(
                isRight
                  ? glyphs.checkMark + name(example.label)
                  : glyphs.crossMark + name(example.label) + ">" + name(example.predicted),
                isRight ? theme.success : theme.error)
            }, into: &canvas, in: place, theme: theme)
        })
    }
    return panels
  }

  private func confusion(_ counts: [[Int]]) -> TableView {
    TableView(
      headers: [""] + counts.indices.map(name),
      rows: counts.enumerated().map { label, row in [name(label)] + row.map(String.init) })
  }

  /// The class's name, else its number.
  private func name(_ label: Int) -> String {
    let names = view.state.classNames ?? []
    return names.indices.contains(label) ? names[label] : "\(label)"
  }

  private func draw(
    _ table: TableView, into canvas: inout Canvas, in place: Rectangle, theme: Theme
  ) {
    var table = table
    table.overflow = .scrolled(from: 0)
    let lines = table.fitted(toWidth: place.width, charset: canvas.charset).lines(theme: theme)
    for (row, line) in lines.prefix(place.height).enumerated() {
      canvas.put(line, x: place.x, y: place.y + row, maximumWidth: place.width)
    }
  }

  /// As many small plots as fit, in rows of three rows each.
  private func drawPlots(
    _ plots: [Plot], styles: [Span], into canvas: inout Canvas, in place: Rectangle, theme: Theme
  ) {
    // As wide as the longest label, where two fit side by side.
    let label = styles.map { displayWidth(of: $0.text, charset: canvas.charset) }.max() ?? 0
    let width = styles.isEmpty ? 5 : max(11, min(label, (place.width - 1) / 2))
    let height = styles.isEmpty ? 2 : 3
    let columns = max(1, (place.width + 1) / (width + 1))
    let rows = max(0, (place.height + 1) / (height + (styles.isEmpty ? 1 : 0)))
    for (index, plot) in plots.prefix(columns * rows).enumerated() {
      var box = Rectangle(
        x: place.x + index % columns * (width + 1),
        y: place.y + index / columns * (height + (styles.isEmpty ? 1 : 0)), width: width,
        height: height)
      if styles.indices.contains(index) {
        let style = styles[index]
        canvas.put(
          truncated(style.text, toWidth: width, charset: canvas.charset), x: box.x, y: box.y,
          style: style.style)
        box = box.inset(top: 1)
      }
      plot.drawWithoutFrame(into: &canvas, in: box, theme: theme)
    }
  }
}

extension TrainerView {
  /// This run and the earlier ones: their settings, as far as they differ, and how they came out.
  var comparedRuns: TableView {
    guard !state.earlier.isEmpty else { return TableView(headers: [String](), rows: []) }
    let current = TrainerState.EarlierRun(
      title: state.title, curves: state.curves, seconds: state.seconds)
    let runs = state.earlier + [current]
    let settings = runs.map { $0.title.split(separator: ", ").map(String.init) }
    let common = settings.dropFirst().reduce(Set(settings[0])) { $0.intersection($1) }
    let rows = zip(runs, settings).enumerated().map { index, pair -> [String] in
      let (run, settings) = pair
      let differing = settings.filter { !common.contains($0) }.joined(separator: ", ")
      func text(_ value: Double?) -> String { value.map { readable($0, digits: 3) } ?? "" }
      return [
        index + 1 == runs.count ? "now" : "\(index + 1)", differing, "\(run.curves.loss.count)",
        text(run.curves.testLoss.last ?? run.curves.loss.last),
        run.curves.testAccuracy.last.map { "\(fixed(100 * $0, decimals: 0)) %" } ?? "",
        "\(Quantity(seconds: run.seconds))",
      ]
    }
    let headers = ["run", "settings", "epochs", "loss", "right", "took"]
    // A column in which all agree says nothing.
    let telling = headers.indices.filter { column in
      column == 0 || Set(rows.map { $0[column] }).count > 1
    }
    return TableView(
      headers: telling.map { headers[$0] }, rows: rows.map { row in telling.map { row[$0] } })
  }
}
