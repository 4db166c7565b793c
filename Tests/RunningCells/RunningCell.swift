import Builtins
import CellLanguage
import FileFormats
import Interpreter
import Messages
import Sounds

/// What a cell defined and showed when run by itself.
package struct RunningCell {
  package var values: [String: Value]
  package var outputs: [Output]

  /// - Throws: what the cell throws, as in the reader.
  package init(
    _ source: String, widgets: [String: WidgetValue] = [:],
    files: FileAccess = FileAccess(.everything)
  ) throws {
    let context = CellContext(files: files, vocabulary: .standard, widgetValues: widgets)
    var evaluator = Evaluator(context: context)
    try evaluator.run(Program(parsing: source))
    values = evaluator.definitions
    outputs = evaluator.context.outputs
  }

  /// The value of a name as JSON, for comparisons.
  package func json(_ name: String) -> String? { values[name].map { JSONText.text(of: $0.json) } }

  package var figures: [Figure] {
    outputs.compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
  }

  package var widgets: [Widget] {
    outputs.compactMap { if case .widget(let widget) = $0 { widget } else { nil } }
  }

  package var tracks: [Track] {
    outputs.compactMap { if case .track(let track) = $0 { track } else { nil } }
  }

  package var texts: [String] {
    outputs.compactMap { if case .text(let text) = $0 { text } else { nil } }
  }
}

/// The error of a cell; nil if it runs.
package func failure(of source: String) -> String? {
  do {
    _ = try RunningCell(source)
    return nil
  } catch {
    return "\(error)"
  }
}
