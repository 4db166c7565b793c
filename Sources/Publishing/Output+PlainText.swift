import Interpreter
import Pages
import Terminal

extension Output {
  /// What `etude eval` prints for it; nil for outputs that only make sense in a lesson.
  package var plainText: String? {
    switch self {
    case .text(let text): return text
    case .arraySummary(let text, _): return text
    case .figure(let figure): return figure.summary
    case .grid(let grid): return grid.summary
    case .table(let headers, let rows):
      return TableView(headers: headers, rows: rows).fitted(toWidth: 80).lines()
        .map { $0.map(\.text).joined() }.joined(separator: "\n")
    case .check(let isPassed, let hint): return isPassed ? "done" : "not yet: \(hint)"
    case .track(let track): return track.remark
    case .widget, .stepper, .trainer, .permission: return nil
    }
  }
}
