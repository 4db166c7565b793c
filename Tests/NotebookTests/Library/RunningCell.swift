import Audio
import CellLanguage
import Notebook

/// What a cell defined and showed when it ran by itself.
struct RunningCell {
  var values: [String: Value]
  var outputs: [Notebook.Output]

  /// - Throws: what the cell throws, as in the reader.
  init(
    _ source: String, widgets: [String: WidgetValue] = [:],
    files: FileAccess = FileAccess(.everything)
  ) throws {
    let context = CellContext(files: files, vocabulary: .standard, widgetValues: widgets)
    var evaluator = Evaluator(context: context)
    try evaluator.run(Program(parsing: source))
    values = evaluator.definitions
    outputs = evaluator.context.outputs
  }

  /// The value of a name as JSON, which is easy to compare.
  func json(_ name: String) -> String? { values[name].map(JSONText.text(of:)) }

  var figures: [Figure] {
    outputs.compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
  }

  var widgets: [Widget] {
    outputs.compactMap { if case .widget(let widget) = $0 { widget } else { nil } }
  }

  var tracks: [Track] {
    outputs.compactMap { if case .track(let track) = $0 { track } else { nil } }
  }

  var texts: [String] {
    outputs.compactMap { if case .text(let text) = $0 { text } else { nil } }
  }
}

/// The message with which a cell fails; nil when it runs.
func failure(of source: String) -> String? {
  do {
    _ = try RunningCell(source)
    return nil
  } catch let error as CellError {
    return error.message + (error.mend.map { "; \($0)" } ?? "")
  } catch {
    return "\(error)"
  }
}
