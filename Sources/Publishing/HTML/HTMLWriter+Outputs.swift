import Interpreter
import Lessons
import Messages
import Notebook
import Pages
import Sounds
import Terminal

extension HTMLWriter {
  // MARK: Cells

  /// The text of a cell; empty for one that is hidden.
  func code(_ cell: LessonCell) -> String {
    let text = cell.source.split(separator: "\n", omittingEmptySubsequences: false)
      .map(Self.highlighted).joined(separator: "\n")
    let remark =
      progress?.edits[cell.id] == nil ? "" : "\n<p class=\"note\">As the student edited it.</p>"
    let code = "<pre class=\"cell\"><code>\(text)</code></pre>\(remark)"
    switch cell.display {
    case .hidden: return ""
    case .shown: return code
    case .folded:
      let count = cell.source.split(separator: "\n").count
      return
        "<details><summary>Code, \(count) line\(count == 1 ? "" : "s")</summary>\n\(code)</details>"
    }
  }

  /// The colours of the reader, as classes.
  private static func highlighted(_ line: Substring) -> String {
    let theme = Theme(background: .dark, colors: 256)
    let names = [
      theme.dim: "comment", theme.keyword: "keyword", theme.literal: "literal",
      theme.code: "called",
    ]
    return pythonSpans(line, theme: theme).map { span in
      let text = span.text.escapedForMarkup
      return names[span.style].map { "<span class=\"\($0)\">\(text)</span>" } ?? text
    }.joined()
  }

  // MARK: Outputs

  /// What a cell shows, or why it shows nothing.
  mutating func outputs(of cell: LessonCell) -> String {
    guard !cell.isStatic, let result = snapshot.cells[cell.id] else { return "" }
    switch result.state {
    case .failed(let diagnostic):
      return ([diagnostic] + result.furtherErrors)
        .map { "\n<p class=\"error\">\("\($0)".escapedForMarkup)</p>" }.joined()
    case .waiting(let wait): return "\n<p class=\"note\">\(wait.text.escapedForMarkup)</p>"
    case .pending: return ""
    case .succeeded: break
    }
    var parts: [String] = []
    let outputs = result.pageOutputs(cell: cell.id)
    let levels = Self.commonLevels(outputs)
    var printed: [String] = []
    for output in outputs {
      if case .passive(.text(let text)) = output {
        printed.append(text)
        continue
      }
      if !printed.isEmpty { parts.append(Self.html(ofPrinted: printed)) }
      printed = []
      switch output {
      case .passive(let output): parts.append(html(of: output))
      case .focusable(_, let output): parts.append(html(of: output, levels: levels))
      }
    }
    if !printed.isEmpty { parts.append(Self.html(ofPrinted: printed)) }
    let body = parts.filter { !$0.isEmpty }.joined(separator: "\n")
    return body.isEmpty ? "" : "\n<div class=\"output\">\n\(body)\n</div>"
  }

  private static func html(ofPrinted lines: [String]) -> String {
    "<pre class=\"printed\">\(lines.joined(separator: "\n").escapedForMarkup)</pre>"
  }

  private func html(of output: PassiveOutput) -> String {
    switch output {
    case .text(let text), .arraySummary(let text, _): Self.html(ofPrinted: [text])
    case .grid(let grid): html(of: grid)
    // Shown with the task.
    case .check: ""
    }
  }

  private mutating func html(of output: FocusableOutput, levels: ClosedRange<Double>?) -> String {
    switch output {
    case .widget(let widget): html(of: widget)
    case .figure(let figure): figureElement(figure, levels: levels)
    case .stepper(let stepper): html(of: stepper)
    case .table(let headers, let rows): table(headers, rows)
    case .player(let tracks): html(ofPlayer: tracks)
    case .trainer(let id): snapshot.trainers[id].map(html(of:)) ?? ""
    case .permission: ""
    }
  }

  private func html(of widget: Widget) -> String {
    let label = widget.label.escapedForMarkup
    switch widget.kind {
    case .slider:
      let range = widget.rangeText.escapedForMarkup
      return "<p class=\"widget\">\(label): <strong>\(widget.valueText.escapedForMarkup)</strong> "
        + "<span class=\"note\">(a slider, \(range))</span></p>"
    case .choice(let options, let selected, _):
      let chosen = options.indices.contains(selected) ? options[selected] : ""
      let all = options.joined(separator: ", ").escapedForMarkup
      return "<p class=\"widget\">\(label): <strong>\(chosen.escapedForMarkup)</strong> "
        + "<span class=\"note\">(one of \(all))</span></p>"
    case .toggle(let isOn, _):
      return "<p class=\"widget\">\(label): <strong>\(isOn ? "on" : "off")</strong> "
        + "<span class=\"note\">(a switch)</span></p>"
    }
  }

  // MARK: Pictures

  /// The levels of all spectrograms of a cell, which are there to be compared.
  private static func commonLevels(_ outputs: [PageOutput]) -> ClosedRange<Double>? {
    let all = outputs.compactMap { output -> ClosedRange<Double>? in
      guard case .focusable(_, .figure(let figure)) = output, figure.kind == .spectrogram else {
        return nil
      }
      return figure.heatmap?.levels
    }
    guard let low = all.map(\.lowerBound).min(), let high = all.map(\.upperBound).max() else {
      return nil
    }
    return low...high
  }

  private func figureElement(_ figure: Figure, levels: ClosedRange<Double>?) -> String {
    let picture =
      if let heatmap = figure.heatmap {
        HeatmapPicture(
          figure: figure, heatmap: heatmap,
          levels: figure.kind == .spectrogram ? levels ?? heatmap.levels : heatmap.levels
        ).svg
      } else {
        PlotPicture(plot: figure.plot(PlotWindow()), description: figure.summary).svg
      }
    let remark =
      figure.undrawnPoints.map { "<figcaption>\($0.escapedForMarkup)</figcaption>" } ?? ""
    return "<figure>\(picture)\(remark)</figure>"
  }

  private func html(of grid: FigureGrid) -> String {
    let items = grid.items.map { item in
      var plot = item.figure.plot(PlotWindow())
      plot.title = nil
      var picture = PlotPicture(plot: plot, description: item.figure.summary)
      (picture.width, picture.height, picture.hasAxes) = (220, 90, false)
      let mark = item.verdict.map {
        $0 ? "<span class=\"done\">✓</span> " : "<span class=\"error\">✗</span> "
      }
      let title = (item.figure.title ?? "").escapedForMarkup
      return "<figure>\(picture.svg)<figcaption>\(mark ?? "")\(title)</figcaption></figure>"
    }
    return "<div class=\"grid\">\(items.joined(separator: "\n"))</div>"
  }

  // MARK: Tables

  private func table(_ headers: [String], _ rows: [[String]]) -> String {
    func isNumber(_ text: String) -> Bool {
      text.first.map { $0.isNumber || "+-−".contains($0) } ?? true
    }
    let columns = headers.indices.map { column in
      rows.allSatisfy { column >= $0.count || isNumber($0[column]) } ? " class=\"right\"" : ""
    }
    func row(_ cells: [String], _ tag: String) -> String {
      let texts = cells.enumerated().map { column, text in
        let name = columns.indices.contains(column) ? columns[column] : ""
        return "<\(tag)\(name)>\(text.escapedForMarkup)</\(tag)>"
      }
      return "<tr>\(texts.joined())</tr>"
    }
    return """
      <div class="wide"><table>
      <thead>\(row(headers, "th"))</thead>
      <tbody>
      \(rows.map { row($0, "td") }.joined(separator: "\n"))
      </tbody></table></div>
      """
  }

  /// All steps below each other.
  private func html(of stepper: Stepper) -> String {
    func text(_ value: Double) -> String { readable(value, digits: 4) }
    func list(_ values: [Double]) -> String { values.map(text).joined(separator: ", ") }
    let (signal, kernel) = (stepper.signal, stepper.kernel)
    let view = StepperView(stepper, step: 0)
    let rows = (0..<max(0, signal.count + kernel.count - 1)).map { n in
      let products = (0...n).compactMap { index -> String? in
        guard signal.indices.contains(index), kernel.indices.contains(n - index) else { return nil }
        let weight = stepper.flips ? kernel[n - index] : kernel[kernel.count - 1 - (n - index)]
        return "\(text(signal[index])) · \(text(weight))"
      }
      let sum = text(view.output(at: n, flips: stepper.flips))
      return ["\(n)", products.joined(separator: " + "), sum]
    }
    let name = stepper.flips ? "convolution" : "correlation"
    return "<p>Signal \(list(signal)); kernel \(list(kernel)). Their \(name), step by step:</p>\n"
      + table(["n", "products", "y[n]"], rows)
  }

  // MARK: Sounds

  private mutating func html(ofPlayer tracks: [Track]) -> String {
    let buttons = tracks.map { track in
      let id = sounds.id(of: track)
      let label = track.label.escapedForMarkup
      return
        "<button type=\"button\" class=\"track\" data-sound=\"\(id)\" aria-pressed=\"false\">\(label)</button>"
    }
    return """
      <div class="player" role="group" aria-label="Player">
      <p><button type="button" class="play" aria-label="Play">▶</button> \(buttons.joined(separator: " "))</p>
      <p><input type="range" class="seek" min="0" max="1" step="any" value="0" aria-label="Position"> \
      <output class="time">0:00.0</output></p>
      \(tracks.first.map { WaveformPicture(overview: $0.overview).svg } ?? "")
      </div>
      """
  }

  // MARK: Training

  private func html(of state: TrainerState) -> String {
    let run = TrainerPicture(state: state)
    return """
      <p class="widget"><strong>\(state.title.escapedForMarkup)</strong></p>
      <div class="pair">\(run.plots.map { "<figure>\($0.svg)</figure>" }.joined(separator: "\n"))</div>
      <p class="note">\(run.facts.escapedForMarkup)</p>
      """
  }
}
