import Interpreter
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
      let view = TableView(headers: headers, rows: rows)
      var canvas = Canvas(width: 80, height: view.height(forWidth: 80))
      view.draw(into: &canvas, in: canvas.bounds, theme: .monochrome)
      var text = canvas.text
      while text.hasSuffix("\n") { text.removeLast() }
      return text
    case .check(let isPassed, let hint): return isPassed ? "done" : "not yet: \(hint)"
    case .widget, .stepper, .track, .trainer, .permission: return nil
    }
  }
}
