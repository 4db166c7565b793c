import Interpreter
import Lessons
import Notebook
import Pages
import Terminal

/// Copying to the clipboard: code as it is, numbers as CSV.
extension Reader {
  mutating func copy() -> [Action] {
    guard let focus = state.focus else {
      guard let cell = firstVisibleCell else {
        notice = "there is nothing to copy here: Tab goes to a plot, a table or a cell"
        return []
      }
      return [.copy(cell.source, name: "the cell \(cell.id)")]
    }
    if case .code(let id) = focus, let cell = lesson.cell(id) {
      return [.copy(cell.source, name: "the cell \(id)")]
    }
    switch snapshot.output(for: focus) {
    case .figure(let figure):
      return [.copy(figure.commaSeparated, name: "the plot's numbers as CSV")]
    case .table(let headers, let rows):
      return [.copy(commaSeparated([headers] + rows), name: "the table as CSV")]
    case .trainer(let id):
      guard let trainer = snapshot.trainers[id], trainer.epoch > 0 else {
        notice = "this run has no numbers yet"
        return []
      }
      return [.copy(trainer.curves.commaSeparated, name: "the run's curves as CSV")]
    case .stepper(let stepper):
      return [.copy(stepper.commaSeparated, name: "signal and kernel as CSV")]
    case .widget:
      return widget(focus).map { [.copy($0.plainValue, name: $0.label)] } ?? []
    case .player:
      notice = "a sound cannot be copied; w writes it to a file"
    case .permission, nil:
      notice = "this cannot be copied; Esc leaves it, and y then copies the first visible cell"
    }
    return []
  }

  private var firstVisibleCell: LessonCell? {
    let screen = scroll..<(scroll + pageRows)
    let target = arrangement.targets.first { $0.target.isCode && $0.rows.overlaps(screen) }?.target
    return target.flatMap { lesson.cell($0.cell) }
  }
}

/// Rows of fields, quoted where it is necessary (RFC 4180), each with a line break at its end.
private func commaSeparated(_ rows: [[String]]) -> String {
  rows.map { row in
    row.map { field in
      field.contains { ",\"\n\r".contains($0) }
        ? "\"\(field.replacing("\"", with: "\"\""))\"" : field
    }.joined(separator: ",") + "\n"
  }.joined()
}

extension Figure {
  /// Series over the same x side by side, others one below the other; a spectrogram has a row for each
  /// time, an image one for each column.
  fileprivate var commaSeparated: String {
    if let heatmap {
      let count = heatmap.columns.first?.count ?? 0
      let frequencies = (0..<count).map {
        let share = Double($0) / Double(max(1, count - 1))
        return "\(heatmap.yRange.lowerBound + share * heatmap.yRange.length)"
      }
      let rows = heatmap.columns.enumerated().map { index, column in
        let share = Double(index) / Double(max(1, heatmap.columns.count))
        let x = heatmap.xRange.lowerBound + share * heatmap.xRange.length
        return ["\(x)"] + column.map { "\($0)" }
      }
      return EtudeApp.commaSeparated([[xUnit == "s" ? "seconds" : "x"] + frequencies] + rows)
    }
    let names = series.enumerated().map { $1.label ?? (series.count == 1 ? "y" : "y\($0 + 1)") }
    let x = series.first?.x ?? []
    guard series.allSatisfy({ $0.x == x }) else {
      let rows = zip(names, series).flatMap { name, series in
        zip(series.x, series.y).map { [name, "\($0)", "\($1)"] }
      }
      return EtudeApp.commaSeparated([["series", "x", "y"]] + rows)
    }
    let columns = series.map(\.y)
    let rows = x.indices.map { index in ["\(x[index])"] + columns.map { "\($0[index])" } }
    return EtudeApp.commaSeparated([["x"] + names] + rows)
  }
}

extension TrainerState.Curves {
  fileprivate var commaSeparated: String {
    let all = [("train_loss", loss), ("test_loss", testLoss), ("test_accuracy", testAccuracy)]
      .filter { !$0.1.isEmpty }
    let rows = loss.indices.map { index in
      ["\(index + 1)"] + all.map { index < $0.1.count ? "\($0.1[index])" : "" }
    }
    return EtudeApp.commaSeparated([["epoch"] + all.map(\.0)] + rows)
  }
}

extension Stepper {
  fileprivate var commaSeparated: String {
    let rows = (0..<max(signal.count, kernel.count)).map { index in
      [
        "\(index)", index < signal.count ? "\(signal[index])" : "",
        index < kernel.count ? "\(kernel[index])" : "",
      ]
    }
    return EtudeApp.commaSeparated([["n", "signal", "kernel"]] + rows)
  }
}

extension Widget {
  /// As Python writes it.
  fileprivate var plainValue: String {
    switch value {
    case .number(let number):
      if case .slider(_, _, _, let isInteger, _, _, _, _) = kind, isInteger {
        "\(Int(number))"
      } else {
        "\(number)"
      }
    case .option(let index, let text):
      if case .choice(let options, _, _) = kind, options.indices.contains(index) {
        options[index]
      } else {
        text ?? ""
      }
    case .isOn(let isOn): isOn ? "True" : "False"
    }
  }
}

extension ClosedRange<Double> {
  fileprivate var length: Double { upperBound - lowerBound }
}
